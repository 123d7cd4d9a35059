import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises'
import { removeControlGroups } from './control-group.ts'
import { isBelow, readMark } from './mark.ts'
import { longAgo, newcomersSince, noteStranger, type Birth } from './newcomers.ts'
import { monotonicMs } from './monotonic-time.ts'

/**
 * Whose a process is that carries no mark: left behind by the program that is asked about (`ours`), by that or by another that still runs
 * (`unsure`), or nobody's of ours (`stranger`).
 */
export type Kinship = 'ours' | 'unsure' | 'stranger'

/** How long a sweep goes on killing before it gives up on what will not die (a process stuck in the kernel). */
const giveUpAfterMs = 5000

/**
 * Kills every process that carries the mark or one below it (a run's mark finds all its attempts) and resolves, once none is
 * left, with how many there were. Linux reads the marks from /proc; elsewhere there is nothing to read them from
 * and the answer is 0 (see docs/limits.md). A process that replaced its whole environment is not found,
 * but in a control group, which goes as well.
 */
export async function sweepMarked(mark: string): Promise<number> {
  const count = await sweepMarkedSince(longAgo, mark)
  await removeControlGroups(mark)
  return count
}

/**
 * As `sweepMarked` for what was born since then; in a short run that spares reading all of /proc. Looks again until there is none that is marked,
 * and none that is new and unmarked: it may have been marked, and have started another before it ended, which had not been listed yet. One that
 * has no mark is killed as well when `kinshipOf` knows it for ours.
 */
export async function sweepMarkedSince(
  birth: Birth,
  mark: string,
  kinshipOf: (pid: number) => Kinship = () => 'stranger',
): Promise<number> {
  const killed = new Set<number>()
  const strangers = new Set<number>()
  const until = monotonicMs() + giveUpAfterMs
  let pauseMs = 1
  for (;;) {
    const before = { killed: killed.size, strangers: strangers.size }
    let left = false
    for (const pid of newcomersSince(birth)) {
      if (strangers.has(pid)) continue
      const value = readMark(pid)
      const kinship = value === '' ? kinshipOf(pid) : undefined
      if (value === '' && kinship !== 'ours') {
        strangers.add(pid)
        if (kinship === 'stranger') noteStranger(pid)
      }
      if (kinship !== 'ours' && value !== undefined && !isBelow(value, mark)) continue
      left = true
      if (value === undefined) continue
      killed.add(pid)
      signalProcess(pid, 'SIGKILL')
    }
    const isOver = !left && strangers.size === before.strangers
    if (isOver || monotonicMs() > until) return killed.size
    pauseMs = killed.size > before.killed ? 1 : Math.min(50, pauseMs * 2)
    await (left ? delay(pauseMs) : nextTurn())
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
