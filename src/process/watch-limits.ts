import type { ProcessLimits } from '../core/instance.ts'
import { canLimitCores } from './control-group.ts'
import { listMarked, proportionalBytes, residentBytes, type MarkedProcess } from './marked-processes.ts'
import type { Termination } from './spawn.ts'
import { monotonicMs } from './monotonic-time.ts'

/** Watches what a process tree uses. */
export interface LimitWatch {
  stop(): void
}

/** Between two looks at a tree. */
const intervalMs = 100
/**
 * Looking may take this share of our time; on a machine with very many processes we look less often. Of two looks the shorter counts: the
 * first, which reads all of /proc, and one that was held up must not blind us for seconds.
 */
const greatestShare = 0.05

/** The limits that this system cannot enforce (see docs/limits.md), so that a user can be told: none is silently dropped. */
export function unenforceableLimits(limits: ProcessLimits): (keyof ProcessLimits)[] {
  const needProc = process.platform === 'linux' ? [] : (['memoryBytes', 'cpuMs', 'processes'] as const)
  const needGroup = limits.cpus === undefined || canLimitCores() ? [] : (['cpus'] as const)
  return [...needProc.filter((name) => limits[name] !== undefined), ...needGroup]
}

/**
 * Looks ten times a second at a process and all that carry its mark and calls `terminate` once when they are over a limit together. Memory and
 * number of processes are ended at once, without a grace: a tree that is taking the machine down would use it to go on.
 */
export function watchLimits(
  { pid, mark }: { readonly pid: number; readonly mark: string },
  limits: ProcessLimits,
  terminate: (why: Termination, how: 'term' | 'kill') => void,
): LimitWatch | undefined {
  const { memoryBytes, cpuMs, processes } = limits
  if (process.platform !== 'linux' || (memoryBytes === undefined && cpuMs === undefined && processes === undefined))
    return undefined
  const clock = createCpuClock()
  let timer: NodeJS.Timeout | undefined
  let costBeforeMs = 0

  const look = (): void => {
    const startedAt = monotonicMs()
    const tree = listMarked(mark, pid)
    const living = tree.filter(({ zombie }) => !zombie)
    if (processes !== undefined && living.length > processes)
      return end('processes', `${living.length} processes, ${processes} allowed`, 'kill')
    if (memoryBytes !== undefined) {
      const used = memoryOf(living, memoryBytes)
      if (used > memoryBytes)
        return end('memory', `${mebibytes(used)} of memory, ${mebibytes(memoryBytes)} allowed`, 'kill')
    }
    if (cpuMs !== undefined) {
      const used = clock(tree)
      if (used > cpuMs) return end('cpu', `${used} ms of CPU time, ${cpuMs} ms allowed`, 'term')
    }
    const costMs = monotonicMs() - startedAt
    timer = setTimeout(look, Math.max(intervalMs, Math.min(costMs, costBeforeMs) / greatestShare))
    costBeforeMs = costMs
  }

  const end = (limit: 'processes' | 'memory' | 'cpu', detail: string, how: 'term' | 'kill'): void => {
    terminate({ kind: 'limit', limit, detail }, how)
  }

  timer = setTimeout(look, intervalMs)
  return { stop: () => clearTimeout(timer) }
}

/** The sum of resident memory, and only where that is over the limit the dearer one that counts shared pages once. */
function memoryOf(tree: readonly MarkedProcess[], limit: number): number {
  const sum = (measure: (pid: number) => number): number => tree.reduce((total, { pid }) => total + measure(pid), 0)
  const resident = sum(residentBytes)
  return resident > limit ? Math.min(resident, sum(proportionalBytes)) : resident
}

/**
 * CPU time of a tree over several looks: what a process that is gone had used is in its parent's account when that waited for it, and is
 * remembered here when its parent is none of the tree's.
 */
function createCpuClock(): (tree: readonly MarkedProcess[]) => number {
  let before = new Map<number, MarkedProcess>()
  let orphanedMs = 0
  return (tree) => {
    const now = new Map(tree.map((process) => [process.pid, process]))
    for (const [pid, { parent, cpuMs }] of before) if (!now.has(pid) && !now.has(parent)) orphanedMs += cpuMs
    before = now
    return tree.reduce((total, { cpuMs }) => total + cpuMs, orphanedMs)
  }
}

/** A size as messages tell it. */
export function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 1_048_576)} MiB`
}
