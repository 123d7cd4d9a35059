import { readProcFile, readStat } from './proc.ts'

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

const assignment = Buffer.from(`${markVariable}=`)

/** Neither environment nor arguments, and yet no kernel thread and no zombie. */
function isBetweenPrograms(pid: number): boolean {
  if (readProcFile(pid, 'cmdline').length > 0) return false
  const stat = readStat(pid)
  return stat !== undefined && !stat.zombie && !stat.kernelThread
}
