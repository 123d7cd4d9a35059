import { closeSync, openSync, readdirSync, readSync } from 'node:fs'

/** The environment variable by which the descendants of an instance are recognised, whatever group or session they moved to. */
export const markVariable = 'ORCHESTRATOR_MARK'

/**
 * The value for a child: marks nest, so that an orchestrator which is itself an instance of another can be swept by it
 * with everything it started.
 */
export function nestMark(outer: string | undefined, mark: string): string {
  return outer === undefined || outer === '' ? mark : `${outer}:${mark}`
}

/** Looks for a mark in the environment a process was started with. */
export type MarkTest = (pid: number) => boolean

/**
 * A test for `mark` and for every mark below it (`run` finds `run.1`, `run.1` does not find `run.10`). A process that has ended, a
 * zombie and one whose environment we may not read (another user's, a setuid program) count as unmarked.
 */
export function createMarkTest(mark: string): MarkTest {
  const name = Buffer.from(`${markVariable}=`)
  const wanted = Buffer.from(mark)
  return (pid) => {
    const environ = readEnviron(pid)
    let at = environ.indexOf(name)
    while (at > 0 && environ[at - 1] !== 0) at = environ.indexOf(name, at + 1)
    if (at === -1) return false
    const stop = environ.indexOf(0, at)
    const value = environ.subarray(at + name.length, stop === -1 ? environ.length : stop)
    for (let from = value.indexOf(wanted); from !== -1; from = value.indexOf(wanted, from + 1)) {
      const before = from === 0 ? colon : value[from - 1]
      const after = from + wanted.length === value.length ? dot : value[from + wanted.length]
      if (before === colon && (after === dot || after === colon)) return true
    }
    return false
  }
}

/** Every process id there is, but our own. Empty where there is no /proc. */
export function listPids(): number[] {
  let names: string[]
  try {
    names = readdirSync('/proc')
  } catch {
    return []
  }
  const pids: number[] = []
  for (const name of names) {
    const first = name.charCodeAt(0)
    if (first >= 0x30 && first <= 0x39 && Number(name) !== process.pid) pids.push(Number(name))
  }
  return pids
}

const colon = 0x3a
const dot = 0x2e
const nothing = Buffer.alloc(0)
let scratch: Buffer | undefined

/** A view that is valid until the next call. */
function readEnviron(pid: number): Buffer {
  let fd: number | undefined
  try {
    fd = openSync(`/proc/${pid}/environ`, 'r')
    scratch ??= Buffer.allocUnsafeSlow(65_536)
    let length = 0
    for (;;) {
      if (length === scratch.length) scratch = Buffer.concat([scratch, Buffer.alloc(scratch.length)])
      const read = readSync(fd, scratch, length, scratch.length - length, null)
      if (read === 0) return scratch.subarray(0, length)
      length += read
    }
  } catch {
    return nothing
  } finally {
    if (fd !== undefined) closeSync(fd)
  }
}
