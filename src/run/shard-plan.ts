import { createHash } from 'node:crypto'
import type { Instance } from '../core/instance.ts'
import type { JsonObject } from '../core/json.ts'
import { jsonPieces } from '../core/json-pieces.ts'
import type { Plan } from '../core/plan.ts'
import { createIsIn } from '../core/shard.ts'

/** What shards of one plan have in common: SHA-256 (hex) of the plan, as it was compiled, and of the values of its inputs. */
export function digestOf(plan: Plan, inputs: JsonObject): string {
  const hash = createHash('sha256').update('[')
  for (const piece of jsonPieces(plan)) hash.update(piece.trimEnd())
  return hash.update(`,${JSON.stringify(inputs)}]`).digest('hex')
}

/**
 * The part of a plan that a shard has to know: what it runs, all that this needs, and the groups around it. What is left out has no part in what the shard
 * decides, and would only be carried to and fro.
 */
export function planOfShard(plan: Plan, only: readonly string[]): Plan {
  const byId = new Map(plan.instances.map((instance) => [instance.id, instance]))
  const isOwn = createIsIn(only)
  const wanted = new Set<string>()
  const open = plan.instances.filter(({ id }) => isOwn(id))
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (wanted.has(next.id)) continue
    wanted.add(next.id)
    for (const id of upstreamsOf(next)) {
      const upstream = byId.get(id)
      if (upstream !== undefined) open.push(upstream)
    }
    for (let id = groupOf(next); id !== undefined; id = groupOf(byId.get(id))) wanted.add(id)
  }
  const reserve = Object.entries(plan.reserve).filter(([id]) => isOwn(id))
  return {
    ...plan,
    instances: plan.instances.filter(({ id }) => wanted.has(id)),
    reserve: Object.fromEntries(reserve),
  }
}

/** The group that it is a member, or the gate, of. */
export function groupOf(instance: Instance | undefined): string | undefined {
  return instance?.kind === 'gate' ? instance.group : instance?.parent
}

/** All that has to have ended before it may start, by its edges and by what it goes on with. */
export function upstreamsOf(instance: Instance): string[] {
  const ids = instance.needs.map(({ from }) => from)
  if (instance.kind === 'process' && instance.process.session !== undefined) ids.push(instance.process.session.from)
  if (instance.kind === 'gate' && instance.expansion !== undefined)
    ids.push(...instance.expansion.template.flatMap(upstreamsOf))
  return ids
}
