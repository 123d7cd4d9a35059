import { groupBy } from '../core/group-by.ts'
import { processesOf } from '../core/definitions.ts'
import type { ProcessInstance } from '../core/instance.ts'
import type { JobRules } from '../core/job-rules.ts'
import type { Plan } from '../core/plan.ts'
import { RefusalError } from '../core/refusal.ts'
import type { PlannedShard } from '../core/shard.ts'
import { joinLevels } from './join-levels.ts'
import { shareBudget, type BudgetShare, type Expectations } from './share-budget.ts'
import { findShardUnits, type ShardUnit } from './shard-units.ts'
import { groupOf, planOfShard } from './shard-plan.ts'

/**
 * By what instances of one level are put into shards: all into one, by runtime, by the labels of their runner, each alone, or into so many that take about the same time. What asks for
 * different jobs is never in one shard, so that `label` comes to the same as `level`.
 */
export type ShardBy = 'level' | 'runtime' | 'label' | 'instance' | number

/** GitHub's limit on the jobs of a matrix (docs.github.com/actions/reference/limits). */
export const mostShards = 256

/** How a plan is to be split. */
export interface ShardRules {
  readonly by: ShardBy
  /** In all. */
  readonly maxShards: number
  /** Levels beyond it are put together with others; absent: as many as the plan has. */
  readonly maxLevels?: number
  /** Ids to run, with what they need; null runs all. */
  readonly only: readonly string[] | null
  /** What earlier runs say. */
  readonly expected?: Expectations
}

/** A part of a plan that one job runs. */
export interface Shard extends PlannedShard {
  /** What people see. */
  readonly label: string
  /** Shards of a level need shards of lower levels alone. */
  readonly level: number
  /** What its instances ask of the job that runs it. */
  readonly job: JobRules
  /** Its part of the run's budget; absent where there is none. */
  readonly budget?: BudgetShare
}

/**
 * Splits a plan into shards, in the order of their levels. Instances that cannot be told apart in time by levels alone, because they must be together, are one unit. Throws RefusalError
 * where what jobs must have makes more of them than may be.
 */
export function makeShards(plan: Plan, { by, maxShards, maxLevels, only, expected }: ShardRules): Shard[] {
  const selected = only === null ? plan : planOfShard(plan, only)
  const units = joinLevels(selected, findShardUnits(selected), Math.min(maxLevels ?? maxShards, maxShards))
  const slots = [...groupBy(units, (unit) => JSON.stringify([unit.level, jobOf(unit)])).values()]
    .map((of) => ({
      level: of[0]?.level ?? 0,
      job: of[0] === undefined ? {} : jobOf(of[0]),
      bins: binsOf(of, by, expected),
    }))
    .toSorted((one, other) => one.level - other.level)
  if (slots.length > maxShards)
    throw new RefusalError(
      `the file needs ${slots.length} shards, at most ${maxShards} may be made: one for each level and what its jobs ask for`,
      'Let `max-levels` be less, or `max-shards` more.',
    )
  const total = slots.reduce((sum, { bins }) => sum + bins.length, 0)
  const shards: Omit<Shard, 'budget'>[] = []
  for (const { level, job, bins } of slots) {
    const most =
      total <= maxShards
        ? bins.length
        : 1 + Math.floor(((bins.length - 1) / (total - slots.length)) * (maxShards - slots.length))
    for (const bin of most < bins.length
      ? pack(
          bins.flatMap(({ units: of }) => of),
          most,
          expected,
        )
      : bins) {
      const name = String(shards.length + 1)
      const key = [bin.key, ...(job.runsOn ?? []), job.environment ?? ''].filter((part) => part !== '').join(', ')
      shards.push({
        name,
        label: `level ${level + 1}${key === '' ? '' : `: ${key}`}`,
        level,
        job,
        only: idsOf(bin.units, selected),
      })
    }
  }
  return shareBudget(plan, shards, expected)
}

interface Bin {
  readonly key: string
  readonly units: readonly ShardUnit[]
}

function binsOf(units: readonly ShardUnit[], by: ShardBy, expected: Expectations | undefined): Bin[] {
  if (by === 'level' || by === 'label') return [{ key: '', units }]
  if (by === 'instance') return units.map((unit) => ({ key: describe(unit), units: [unit] }))
  if (by === 'runtime') return [...groupBy(units, runtimeOf)].map(([key, of]) => ({ key, units: of }))
  return pack(units, by, expected)
}

/** So many bins that take about the same time: the longest first, each into the emptiest. */
function pack(units: readonly ShardUnit[], most: number, expected: Expectations | undefined): Bin[] {
  const bins = Array.from({ length: Math.min(most, units.length) }, () => ({ ms: 0, units: [] as ShardUnit[] }))
  const known = [...(expected?.durations.values() ?? [])]
  const usual = known.length === 0 ? 1 : known.reduce((sum, ms) => sum + ms, 0) / known.length
  const weighed = units.map((unit) => ({
    unit,
    ms: processesIn(unit).reduce((sum, { id }) => sum + (expected?.durations.get(id) ?? usual), 0),
  }))
  for (const { unit, ms } of weighed.toSorted((one, other) => other.ms - one.ms)) {
    const emptiest = bins.reduce((least, bin) => (bin.ms < least.ms ? bin : least))
    emptiest.ms += ms
    emptiest.units.push(unit)
  }
  const order = new Map(units.map((unit, index) => [unit, index]))
  return bins.map((bin, index) => ({
    key: `part ${index + 1} of ${bins.length}`,
    units: bin.units.toSorted((one, other) => (order.get(one) ?? 0) - (order.get(other) ?? 0)),
  }))
}

function processesIn({ atoms }: ShardUnit): ProcessInstance[] {
  return processesOf(atoms.flatMap(({ nodes }) => nodes))
}

/** What the processes of a unit ask for: where several say something, the first; where none does, any job will do. */
function jobOf(unit: ShardUnit): JobRules {
  const jobs = processesIn(unit).flatMap(({ job }) => job ?? [])
  const runsOn = jobs.find((each) => each.runsOn !== undefined)?.runsOn
  const environment = jobs.find((each) => each.environment !== undefined)?.environment
  return { ...(runsOn !== undefined && { runsOn }), ...(environment !== undefined && { environment }) }
}

function runtimeOf(unit: ShardUnit): string {
  return processesIn(unit).find(({ pool }) => pool === 'agents')?.process.runtime ?? 'commands'
}

function describe({ atoms }: ShardUnit): string {
  const [first, ...others] = atoms
  return `${first?.id ?? ''}${others.length === 0 ? '' : ` and ${others.length} more`}`
}

/** Its atoms; of a group that lies in it as a whole, the group. What was not selected of an atom is not in it. */
function idsOf(units: readonly ShardUnit[], { instances }: Plan): string[] {
  const ids = new Set(units.flatMap(({ atoms }) => atoms.flatMap(({ nodes }) => nodes.map(({ id }) => id))))
  const whole = new Set(ids)
  // Members stand before their group.
  for (const group of instances)
    if (group.kind === 'group' && group.members.length > 0 && group.members.every((id) => whole.has(id))) {
      whole.add(group.id)
      whole.add(group.gate)
    }
  const parents = new Map(instances.map((each) => [each.id, groupOf(each)]))
  return instances.filter(({ id }) => whole.has(id) && !whole.has(parents.get(id) ?? '')).map(({ id }) => id)
}
