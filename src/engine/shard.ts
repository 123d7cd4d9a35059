import { findCovering } from '../core/shard.ts'
import type { Node } from './node.ts'
import type { Progress } from './progress.ts'
import type { Shard } from './shard-scope.ts'

/** Whether another shard runs what has this id. */
export function isElsewhere(shard: Shard | undefined, id: string): boolean {
  return shard?.isOwn(id) === false
}

/** Whether it runs nothing and waits for nothing: its time is that of what others left. */
export function isCollecting({ shard }: Progress): boolean {
  return shard !== undefined && shard.name === undefined
}

/** Whether what became of a node is a shard's own, by which alone it is judged; all is of a run that has no shards, or collects them. */
export function isOwn({ shard }: Progress, { elsewhere }: Node): boolean {
  return shard?.name === undefined || !elsewhere
}

/** Whether nothing may be decided of a node yet: what others left, or what follows from it, says what became of it. */
export function isAwaited({ taking, shard }: Progress, { elsewhere, instance: { id, kind } }: Node): boolean {
  return taking && (kind === 'process' || !elsewhere || findCovering(shard?.taken, id) !== undefined)
}

/** What others left is all there is: what of theirs has not ended is lost, what is ours may begin. */
export function endTaking(progress: Progress): void {
  progress.taking = false
  for (const node of progress.nodes) {
    if (node.elsewhere && node.state.status === 'backoff') node.state = { status: 'waiting' }
    progress.work.settle.push(node)
  }
}

/** Why what should have run elsewhere did not. */
export function explainLost({ shard }: Progress, { instance }: Node): string {
  const { id } = instance
  const environment = instance.kind === 'process' ? instance.job?.environment : undefined
  const waits = environment === undefined ? '' : `; the environment ${environment} may not have let its job begin`
  const taken = findCovering(shard?.taken, id)
  if (taken !== undefined) return `shard ${taken.name} ended before it`
  const planned = findCovering(shard?.planned, id)
  return `${planned === undefined ? 'no shard left a result of it' : `shard ${planned.name} left no result`}${waits}`
}
