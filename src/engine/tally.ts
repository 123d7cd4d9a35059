import type { InstanceEnded } from '../core/event.ts'
import type { Node } from './node.ts'
import type { Progress } from './progress.ts'

/** Counts an ended node for the result of its group; the first failure in a fail-fast group ends the rest. */
export function countEnd(progress: Progress, { parent, instance }: Node, { result }: InstanceEnded): void {
  if (parent?.instance.kind !== 'group' || instance.kind === 'gate') return
  parent.tally[result]++
  if (result === 'failure' && parent.instance.failFast && parent.tally.failure === 1)
    progress.work.cancel.push({ node: parent, cause: 'fail-fast', detail: `${instance.id} failed` })
}
