import { isLink } from '../core/is-link.ts'
import type { LinkedRun } from '../core/link.ts'
import type { RunOptions } from './run-options.ts'

/**
 * What the runs came to that the plan's links name, asked for once as the run begins; what a shard before found out is not asked again. Undefined where it has
 * none. `root` has the runs of a desk.
 */
export async function linksOf(
  { plan, simulation, findRun, before, shard }: RunOptions,
  root: string,
): Promise<Readonly<Record<string, LinkedRun>> | undefined> {
  if (!plan.instances.some(isLink)) return undefined
  const simulated = simulation !== undefined
  const { readLinkedRuns } = await import('./linked-runs.ts')
  const find = findRun ?? (await import('./local-links.ts')).findLocally(root, simulated)
  return readLinkedRuns(plan, simulated, find, { known: shard?.links ?? {}, now: Date.now, ...(before && { before }) })
}
