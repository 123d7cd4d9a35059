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

/** Whether a value of the variable names the mark or one below it: `run` finds `run.1`, `run.1` does not find `run.10`. */
export function isBelow(value: string, mark: string): boolean {
  return value.split(':').some((part) => part === mark || (part.startsWith(mark) && part[mark.length] === '.'))
}

/**
 * The marks a process was started with, empty when it has none or has ended. Undefined while they cannot be told: a process that is
 * just becoming another program (`execve`) has no environment for a moment. One whose environment we may not read (another user's, a
 * setuid program) counts as unmarked.
 */
export function readMark(pid: number): string | undefined {
  let environ = readProcFile(pid, 'environ')
  if (environ.length === 0) {
    if (isBetweenPrograms(pid)) return undefined
    // It may have become the new program between the two looks.
    environ = readProcFile(pid, 'environ')
  }
  let at = environ.indexOf(assignment)
  while (at > 0 && environ[at - 1] !== 0) at = environ.indexOf(assignment, at + 1)
  if (at === -1) return ''
  const stop = environ.indexOf(0, at)
  return environ.toString('latin1', at + assignment.length, stop === -1 ? environ.length : stop)
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

const assignment = Buffer.from(`${markVariable}=`)
const nothing = Buffer.alloc(0)
let scratch: Buffer | undefined

/** Neither environment nor arguments, and yet no kernel thread and no zombie. */
function isBetweenPrograms(pid: number): boolean {
  if (readProcFile(pid, 'cmdline').length > 0) return false
  const stat = readProcFile(pid, 'stat').toString('latin1')
  if (stat === '') return false
  const [state = '', , , , , , flags = ''] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return state !== 'Z' && state !== 'X' && (Number(flags) & kernelThread) === 0
}

/** `PF_KTHREAD` of the kernel's `sched.h`. */
const kernelThread = 0x200000

/** A view that is valid until the next call; empty when the file cannot be read. */
function readProcFile(pid: number, name: string): Buffer {
  let fd: number | undefined
  try {
    fd = openSync(`/proc/${pid}/${name}`, 'r')
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
