import type { InstanceEnded } from '../core/event.ts'
import { isUnneeded, type Result } from '../core/outcome.ts'
import { createTally, type Group, type Node } from './node.ts'
import type { Progress } from './progress.ts'
import { isSuperseded } from './rounds.ts'

/** Counts an ended node for the result of its group; the first failure in a fail-fast group ends the rest. */
export function countEnd(progress: Progress, node: Node, ended: Pick<InstanceEnded, 'result' | 'reason'>): void {
  const { parent, instance } = node
  if (parent?.group === undefined || instance.kind === 'gate' || isSuperseded(node) || isUnneeded(ended)) return
  const { group } = parent
  const { result } = ended
  group.tally[result]++
  if (result === 'failure' && group.instance.failFast && group.tally.failure === group.standing + 1)
    progress.work.cancel.push({ node: parent, cause: 'fail-fast', detail: `${instance.id} failed` })
}

/** Failure if any failed, cancelled if any was, skipped if all were, else success. */
export function foldResults(tally: Readonly<Record<Result, number>>): Result {
  if (tally.failure > 0) return 'failure'
  if (tally.cancelled > 0) return 'cancelled'
  return tally.success === 0 ? 'skipped' : 'success'
}

/** A round was decided on: the results of the one before count no more. */
export function beginRound(node: Node, group: Group, round: number): void {
  group.round = round
  group.previous = foldResults(group.tally)
  group.tally = createTally()
  node.settled = false
}
