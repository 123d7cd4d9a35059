import { readFileSync } from 'node:fs'
import { isBelow, listPids, readMark } from './mark.ts'

/** A process of a tree, as /proc tells. */
export interface MarkedProcess {
  readonly pid: number
  readonly parent: number
  /** It has ended and only waits to be asked for its status. */
  readonly zombie: boolean
  /** CPU time of itself and of the children it has waited for. */
  readonly cpuMs: number
}

/** The kernel counts CPU time for user space in hundredths of a second on every architecture Node runs on. */
const tickMs = 10
/** A listing this fresh serves every watch that asks. */
const freshMs = 40

/** Mark of each process seen, kept while it lives: an environment is read once. */
const marks = new Map<number, string>()
let listedAt = Number.NEGATIVE_INFINITY

/** The living processes (and zombies) that carry a mark or one below it; empty where there is no /proc. */
export function listMarked(mark: string): MarkedProcess[] {
  refresh()
  const found: MarkedProcess[] = []
  for (const [pid, value] of marks) {
    if (value === '' || !isBelow(value, mark)) continue
    const process = readStat(pid)
    if (process !== undefined) found.push(process)
  }
  return found
}

function refresh(): void {
  const now = performance.now()
  if (now - listedAt < freshMs) return
  listedAt = now
  const living = new Set(listPids())
  for (const pid of marks.keys()) if (!living.has(pid)) marks.delete(pid)
  for (const pid of living) {
    if (marks.has(pid)) continue
    const mark = readMark(pid)
    if (mark !== undefined) marks.set(pid, mark)
  }
}

function readStat(pid: number): MarkedProcess | undefined {
  const stat = readProc(pid, 'stat')
  if (stat === undefined) return undefined
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0)
  return { pid, parent: Number(fields[1]), zombie: fields[0] === 'Z' || fields[0] === 'X', cpuMs: ticks * tickMs }
}

/** Resident memory; shared pages count in full. */
export function residentBytes(pid: number): number {
  return kibibytes(readProc(pid, 'status'), 'VmRSS:')
}

/** Memory with shared pages divided among those who share them; costs a walk over its pages. */
export function proportionalBytes(pid: number): number {
  const rollup = readProc(pid, 'smaps_rollup')
  return rollup === undefined ? residentBytes(pid) : kibibytes(rollup, 'Pss:')
}

function kibibytes(text: string | undefined, field: string): number {
  const at = text?.indexOf(field) ?? -1
  return text === undefined || at === -1 ? 0 : Number.parseInt(text.slice(at + field.length), 10) * 1024
}

function readProc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1')
  } catch {
    return undefined
  }
}
