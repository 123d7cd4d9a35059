import { constants as system } from 'node:os'
import { getSystemErrorName } from 'node:util'
import type { ChildEnd } from './spawn.ts'

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
