import type { Node } from './node.ts'
import type { Progress } from './progress.ts'

/** Reasons for which work that should have been done was not. */
const denials: ReadonlySet<string> = new Set(['budget', 'quota', 'auth'])

/** Counts an ended node for the results of the run and of its group; the first failure in a fail-fast group ends the rest. */
export function countEnd(progress: Progress, node: Node): void {
  const { result, parent, ended, instance } = node
  if (result === undefined) return
  if (instance.kind === 'process') {
    progress.tally[result]++
    if (node.attempt > 0) progress.tally.attempted++
    if (result === 'skipped' && denials.has(ended?.reason ?? '')) progress.tally.denied++
  }
  if (parent === undefined || instance.kind === 'gate') return
  parent.tally[result]++
  if (result !== 'failure' || parent.instance.kind !== 'group' || !parent.instance.failFast) return
  if (parent.tally.failure === 1)
    progress.work.cancel.push({ node: parent, cause: 'fail-fast', detail: `${instance.id} failed` })
}
