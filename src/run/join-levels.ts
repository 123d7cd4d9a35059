import { groupBy } from '../core/group-by.ts'
import type { Plan } from '../core/plan.ts'
import type { ShardUnit } from './shard-units.ts'
import { upstreamIdsOf } from './shard-atoms.ts'
import { upstreamsOf } from './shard-plan.ts'

/**
 * The units of a plan in at most so many levels: neighbouring levels become one, in which whatever needs another is one unit with it, for shards of a level
 * run at the same time.
 */
export function joinLevels(plan: Plan, units: readonly ShardUnit[], most: number): ShardUnit[] {
  const count = units.reduce((max, { level }) => Math.max(max, level + 1), 0)
  if (count <= most) return [...units]
  const levelOf = (unit: ShardUnit): number => Math.floor((unit.level * most) / count)
  const byId = new Map(plan.instances.map((instance) => [instance.id, instance]))
  const unitOf = new Map(
    units.flatMap((unit) => unit.atoms.flatMap(({ nodes }) => nodes.map(({ id }) => [id, unit] as const))),
  )
  const leaders = new Map<object, ShardUnit>(units.map((unit) => [unit, unit]))
  const leaderOf = (unit: ShardUnit): ShardUnit => {
    let at = unit
    for (let next = leaders.get(at); next !== undefined && next !== at; next = leaders.get(at)) at = next
    leaders.set(unit, at)
    return at
  }
  for (const unit of units) {
    const seen = new Set<string>()
    const open = unit.atoms.flatMap((atom) => [...upstreamIdsOf(atom)])
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (seen.has(id)) continue
      seen.add(id)
      const upstream = unitOf.get(id)
      const instance = byId.get(id)
      if (upstream === undefined && instance !== undefined) open.push(...upstreamsOf(instance))
      else if (upstream !== undefined && levelOf(upstream) === levelOf(unit))
        leaders.set(leaderOf(upstream), leaderOf(unit))
    }
  }
  return [...groupBy(units, leaderOf)]
    .map(([, of]) => ({
      atoms: of.flatMap(({ atoms }) => atoms),
      level: levelOf(of[0] ?? { atoms: [], level: 0 }),
    }))
    .toSorted((one, other) => one.level - other.level)
}
