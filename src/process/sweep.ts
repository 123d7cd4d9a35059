import { setTimeout as delay } from 'node:timers/promises'
import { removeControlGroups } from './control-group.ts'
import { isBelow, readMark } from './mark.ts'
import { newcomersSince, noteStranger, type Birth } from './newcomers.ts'
import { listPids } from './proc.ts'
import { monotonicMs } from './monotonic-time.ts'

/** How long a sweep goes on killing before it gives up on what will not die (a process stuck in the kernel). */
const giveUpAfterMs = 5000

/**
 * Kills every process that carries the mark or one below it (a run's mark finds all its attempts) and resolves, once none is
 * left, with how many there were. Linux reads the marks from /proc; elsewhere there is nothing to read them from
 * and the answer is 0 (see docs/limits.md). A process that replaced its whole environment is not found,
 * but in a control group, which goes as well.
 */
export async function sweepMarked(mark: string): Promise<number> {
  const count = await sweepAmong(mark, listPids)
  await removeControlGroups(mark)
  return count
}

/** As `sweepMarked` for what was born since then; in a short run that spares reading all of /proc. */
export async function sweepMarkedSince(birth: Birth, mark: string): Promise<number> {
  return await sweepAmong(mark, () => newcomersSince(birth), noteStranger)
}

/**
 * As `sweepMarked`, but looks only at the processes `candidates` names; asked again until it names none that is marked. `onStranger` is told of
 * those that carry no mark at all.
 */
export async function sweepAmong(
  mark: string,
  candidates: () => readonly number[],
  onStranger?: (pid: number) => void,
): Promise<number> {
  const killed = new Set<number>()
  const until = monotonicMs() + giveUpAfterMs
  for (let pauseMs = 1; ; pauseMs = Math.min(50, pauseMs * 2)) {
    let settled = true
    for (const pid of candidates()) {
      const value = readMark(pid)
      if (value === '') onStranger?.(pid)
      if (value !== undefined && !isBelow(value, mark)) continue
      settled = false
      if (value === undefined) continue
      killed.add(pid)
      signalProcess(pid, 'SIGKILL')
    }
    if (settled || monotonicMs() > until) return killed.size
    await delay(pauseMs)
  }
}

/** Sends a signal; a process (or with a negative id a group) that is gone or not ours is no error. True when it was there. */
export function signalProcess(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal)
    return true
  } catch {
    return false
  }
}
