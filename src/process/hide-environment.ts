import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { readProcFile, readStat } from './proc.ts'

/**
 * Takes variables out of the block that a process is started with, which every process of the same user can read in `/proc/<pid>/environ` as
 * long as it lives. `env` is that of this process, and keeps its values: setting one copies it elsewhere, and the block is then overwritten
 * through `/proc/self/mem`. Nothing happens where there is no `/proc`.
 */
export function hideEnvironment(env: NodeJS.ProcessEnv, names: readonly string[]): void {
  const present = names.filter((name) => env[name] !== undefined)
  if (present.length === 0) return
  try {
    const memory = openSync('/proc/self/mem', 'r+')
    try {
      const block = readFileSync('/proc/self/environ')
      const start = startOfBlock()
      for (const name of present) {
        const value = env[name]
        for (const [from, to] of assignmentsOf(block, name)) {
          env[name] = value
          writeSync(memory, Buffer.alloc(to - from), 0, to - from, start + from)
        }
      }
    } finally {
      closeSync(memory)
    }
  } catch {
    // Without /proc, or where the kernel forbids it, the block stays as it is.
  }
}

/** Where the environment begins in memory: field 50 of proc(5)'s stat, counted after the program's name. */
function startOfBlock(): number {
  const stat = readFileSync('/proc/self/stat', 'latin1')
  const start = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[47])
  if (!Number.isSafeInteger(start) || start <= 0) throw new Error('the environment is nowhere')
  return start
}

/** Where `name=value` stands in a block, as `[start, end)`. */
function assignmentsOf(block: Buffer, name: string): [number, number][] {
  const found: [number, number][] = []
  const prefix = Buffer.from(`${name}=`)
  for (let at = block.indexOf(prefix); at !== -1; at = block.indexOf(prefix, at + 1)) {
    if (at > 0 && block[at - 1] !== 0) continue
    const end = block.indexOf(0, at)
    found.push([at, end === -1 ? block.length : end])
  }
  return found
}

/** A process above us, or ourselves, whose environment tells a variable. */
export interface Holder {
  readonly pid: number
  readonly name: string
  readonly program: string
}

/** The processes from us upwards that show one of these variables to all of the same user. */
export function findHolders(names: readonly string[]): Holder[] {
  const found: Holder[] = []
  for (let pid = process.pid, depth = 0; pid > 0 && depth < 64; pid = readStat(pid)?.parent ?? 0, depth++) {
    const block = readProcFile(pid, 'environ')
    const name = names.find((each) => assignmentsOf(block, each).some(([from, to]) => to - from > each.length + 1))
    if (name === undefined) continue
    const program = readProcFile(pid, 'comm').toString('utf8').trim()
    found.push({ pid, name, program })
  }
  return found
}
