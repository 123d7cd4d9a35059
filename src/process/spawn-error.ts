import { existsSync } from 'node:fs'
import { constants as system } from 'node:os'
import { getSystemErrorName } from 'node:util'
import type { ChildEnd, Exit, Spawn } from './spawn.ts'
import { messageOf } from '../core/message-of.ts'

/** What an error thrown or emitted instead of a process means to a user. */
export function explainSpawnError(error: unknown, spawn: Spawn): NonNullable<Exit['spawnError']> {
  const code = codeOf(error)
  return { code, detail: explain(code, error, spawn) }
}

/** The errno name of an error, or its class where it has none. */
export function codeOf(error: unknown): string {
  if (error instanceof Error) return 'code' in error && typeof error.code === 'string' ? error.code : error.name
  return 'Error'
}

/** The error of an `execve` that somebody else tried for us. */
export function systemError(errno: number): Error {
  const code = getSystemErrorName(-errno)
  return Object.assign(new Error(`exec ${code}`), { code })
}

/** What a status of wait(2) says. */
export function endOfStatus(status: number): ChildEnd {
  const number = status & 0x7f
  if (number === 0) return { code: status >> 8, signal: null }
  return { code: null, signal: signalNames.get(number) ?? `signal ${number}` }
}

const signalNames = new Map(Object.entries(system.signals).map(([name, number]) => [number, name]))

function explain(code: string, error: unknown, spawn: Spawn): string {
  const program = JSON.stringify(spawn.argv[0] ?? '')
  if ((code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES') && !existsSync(spawn.cwd))
    return `the working directory ${JSON.stringify(spawn.cwd)} does not exist`
  switch (code) {
    case 'ENOENT':
      return `the program ${program} was not found`
    case 'EACCES':
      return `the program ${program} cannot be executed, or the working directory ${JSON.stringify(spawn.cwd)} cannot be entered`
    case 'E2BIG':
      return `arguments and environment together are too long for this system (${sizeOf(spawn)} bytes); pass long text on standard input or in a file`
    case 'EAGAIN':
    case 'EMFILE':
    case 'ENFILE':
    case 'ENOMEM':
      return `the system could not start ${program}: it is out of processes, files or memory (${code})`
    default:
      return `${program} could not be started: ${messageOf(error)}`
  }
}

function sizeOf(spawn: Spawn): number {
  let bytes = 0
  for (const argument of spawn.argv) bytes += Buffer.byteLength(argument) + 1
  for (const [name, value] of Object.entries(spawn.env)) bytes += Buffer.byteLength(name) + Buffer.byteLength(value) + 2
  return bytes
}
