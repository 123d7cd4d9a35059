import type { InstanceEnded } from '../core/event.ts'
import type { Node } from './node.ts'
import type { Progress } from './progress.ts'

/** Counts an ended node for the result of its group; the first failure in a fail-fast group ends the rest. */
export function countEnd(
  progress: Progress,
  { parent, instance }: Node,
  { result }: Pick<InstanceEnded, 'result'>,
): void {
  if (parent?.group === undefined || instance.kind === 'gate') return
  const { group } = parent
  group.tally[result]++
  if (result === 'failure' && group.instance.failFast && group.tally.failure === 1)
    progress.work.cancel.push({ node: parent, cause: 'fail-fast', detail: `${instance.id} failed` })
}
