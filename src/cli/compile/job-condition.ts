import { onlyOrders } from '../../core/edges.ts'
import type { Edge, Instance } from '../../core/instance.ts'
import type { Plan } from '../../core/plan.ts'
import type { Job } from './split-jobs.ts'

/**
 * The condition of a job. It runs whatever jobs before it came to, because the shard decides what of it runs; where GitHub can see that nothing of it would, it need not start:
 * an edge that asks for the success, or the failure, of an instance which is alone in its job. A job that left no outputs is no reason not to.
 */
export function conditionOf({ shards, needs }: Job, jobs: readonly Job[], plan: Plan): string | undefined {
  if (needs.length === 0) return undefined
  const conditions = ['!cancelled()']
  const [shard, ...others] = shards
  const entrance = others.length === 0 && shard?.only.length === 1 ? entranceOf(shard.only[0] ?? '', plan) : undefined
  if (entrance?.join === 'all')
    for (const edge of entrance.needs) {
      const job = jobs.find((each) => each.shards.length === 1 && each.shards[0]?.only.join() === edge.from)
      const asked = job !== undefined && needs.includes(job.key) ? edgeCondition(edge, entrance, job, plan) : undefined
      if (asked !== undefined) conditions.push(asked)
    }
  return `\${{ ${conditions.join(' && ')} }}`
}

/** The node that has the edges of what is called this: of a group its gate. */
function entranceOf(id: string, plan: Plan): Instance | undefined {
  const instance = plan.instances.find((each) => each.id === id)
  return instance?.kind === 'group' ? plan.instances.find((each) => each.id === instance.gate) : instance
}

function edgeCondition(edge: Edge, to: Instance, job: Job, plan: Plan): string | undefined {
  const { from, when, atLeast } = edge
  const upstream = plan.instances.find(({ id }) => id === from)
  if (upstream?.kind !== 'process' || atLeast !== undefined || onlyOrders(edge, to)) return undefined
  const outputs = `needs.${job.key}.outputs`
  const has = (list: string): string => `contains(${outputs}.${list}, '"${from}"')`
  if (when === 'success') return `!${has('failed')}`
  if (when === 'failure') return `(${outputs}.failed == '' || ${has('failed')} || ${has('forgiven')})`
  return undefined
}

/** Whether some condition reads what a job came to. */
export function isRead({ key }: Job, conditions: readonly (string | undefined)[]): boolean {
  return conditions.some((condition) => condition?.includes(`needs.${key}.outputs.`) === true)
}
