import { killStopped } from './cancel.ts'
import { record, type Decision } from './decision.ts'
import { peekHeap, popHeap } from '../core/heap.ts'
import { enqueue } from './lanes.ts'
import type { Node } from './node.ts'
import type { Progress } from './progress.ts'

/** So long what cleans up may take when the run has reached its time limit. */
const cleanupAfterTimeoutMs = 300_000

/** Acts on all that is due. */
export function fireTimers(decision: Decision): void {
  const { progress, now } = decision
  for (let timer = peekHeap(progress.timers); timer !== undefined; timer = peekHeap(progress.timers)) {
    if (timer.at > now) return
    popHeap(progress.timers)
    const { target } = timer
    if (typeof target === 'string') {
      if (now >= progress.deadlines[target] && progress.remaining > 0) expire(decision, target)
    } else if ('kind' in target) {
      progress.work.freed.add(target)
      if (target.kind === 'provider') progress.work.providers.add(target)
    } else if (target.state.status === 'due') progress.work.settle.push(target)
    else if (target.state.status === 'backoff' && target.state.dueAt <= now) tryAgain(progress, target)
  }
}

/** Asks to be woken for the next thing that becomes due, unless a wake as early is out already. */
export function wakeNext({ progress, now, commands }: Decision): void {
  const next = peekHeap(progress.timers)
  if (next === undefined || progress.remaining === 0 || (progress.wakes.at(-1) ?? Number.POSITIVE_INFINITY) <= next.at)
    return
  const at = Math.max(next.at, now)
  progress.wakes.push(at)
  commands.push({ type: 'wake', key: String(at), at })
}

/** A deadline is over. */
function expire(decision: Decision, deadline: keyof Progress['deadlines']): void {
  const { interrupted, ending } = decision.progress
  if (deadline === 'kill') killStopped(decision)
  else if (deadline === 'run') {
    if (interrupted === undefined)
      record(decision, {
        type: 'run.interrupted',
        cause: 'run-timeout',
        by: 'limits.timeout-minutes',
        cleanupMs: cleanupAfterTimeoutMs,
      })
  } else if (interrupted !== undefined && ending === 'cleaning')
    record(decision, {
      type: 'run.interrupted',
      cause: interrupted.cause,
      by: 'the time limit for cleaning up',
      how: 'stop',
    })
}

/** What an earlier process had let start asks its edges again: its upstreams may be open anew, and nothing is held for it. */
function tryAgain(progress: Progress, node: Node): void {
  if (node.lane !== undefined) return enqueue(progress, node)
  node.state = { status: 'waiting' }
  progress.work.settle.push(node)
}
