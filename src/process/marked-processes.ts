import { isBelow, readMark } from './mark.ts'
import { listPids, readProcFile, readStat, type ProcStat } from './proc.ts'
import { monotonicMs } from './monotonic-time.ts'

/** A process of a tree. */
export interface MarkedProcess extends ProcStat {
  readonly pid: number
}

/** A listing this fresh serves every watch that asks. */
const freshMs = 40

/** Mark of each process seen, kept while it lives: an environment is read once. */
const marks = new Map<number, string>()
let listedAt = Number.NEGATIVE_INFINITY

/**
 * The living processes (and zombies) that carry a mark or one below it; empty where there is no /proc. The leader counts whatever was read:
 * before it became the program it carried the mark of its fork server.
 */
export function listMarked(mark: string, leader?: number): MarkedProcess[] {
  refresh()
  const found: MarkedProcess[] = []
  for (const [pid, value] of marks) {
    if (pid !== leader && (value === '' || !isBelow(value, mark))) continue
    const stat = readStat(pid)
    if (stat !== undefined) found.push({ pid, ...stat })
  }
  return found
}

function refresh(): void {
  const now = monotonicMs()
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

/** Resident memory; shared pages count in full. */
export function residentBytes(pid: number): number {
  return kibibytes(readProcFile(pid, 'status'), 'VmRSS:') ?? 0
}

/** Memory with shared pages divided among those who share them; costs a walk over its pages. */
export function proportionalBytes(pid: number): number {
  return kibibytes(readProcFile(pid, 'smaps_rollup'), 'Pss:') ?? residentBytes(pid)
}

function kibibytes(file: Buffer, field: string): number | undefined {
  const at = file.indexOf(field)
  return at === -1 ? undefined : Number.parseInt(file.toString('latin1', at + field.length, at + 40), 10) * 1024
}
