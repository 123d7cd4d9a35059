import type { RunEvent, Stamped } from '../../src/core/event.ts'
import { findCovering, type ShardPart } from '../../src/core/shard.ts'
import type { Plan } from '../../src/core/plan.ts'
import { unstamped } from '../../src/core/unstamped.ts'
import { readFragmentEvents } from '../../src/journal/fragment-events.ts'
import { mergeFragments, type Fragment } from '../../src/journal/merge-fragments.ts'
import { makeShards, type Shard, type ShardBy } from '../../src/run/make-shards.ts'
import { planOfShard } from '../../src/run/shard-plan.ts'
import { simulate, type Simulation, type SimulationOptions } from './simulator.ts'

/** What one shard did, and what it leaves for others. */
export interface ShardRun {
  readonly shard: Shard
  readonly simulation: Simulation
  readonly fragment: Fragment
  /** What it leaves when it is killed after its first event of this type. */
  readonly killedAfter: (type: RunEvent['type']) => Fragment
}

/** Runs one shard after those before it, a second later. */
export function runShard(options: SimulationOptions, shard: Shard, before: readonly Fragment[], attempt = 1): ShardRun {
  const { name, only } = shard
  const own = planOfShard(options.plan, only)
  const part = { name, attempt, only, digest: 'd' }
  const others = before.filter((each) => each.shard.name !== name)
  const claim = {
    directory: '',
    runId: '',
    startedAt: Infinity,
    shard: { ...part, attempt: Infinity, taken: [] },
    events: [],
  }
  const merged = mergeFragments([...others, claim])
  const taken = merged.taken.filter((each) => each.name !== name)
  const known = new Set(own.instances.map(({ id }) => id))
  const events = merged.events.filter(({ id, load }) => {
    const event = load()
    if (id === undefined || !known.has(id)) return false
    if (event.type === 'plan.expanded') for (const each of event.instances) known.add(each.id)
    return true
  })
  const startAt = Math.max(1_000_000, ...merged.events.map(({ at }) => at + 1000))
  const simulation = simulate({ ...options, plan: own, startAt, shard: { part: { ...part, taken }, events } })
  const { journal } = simulation
  const leave = (length: number): Fragment => fragmentOf(journal.slice(0, length), { ...part, taken }, own)
  return {
    shard,
    simulation,
    fragment: leave(journal.length),
    killedAfter: (last) => leave(journal.findIndex(({ type }) => type === last) + 1),
  }
}

function fragmentOf(journal: readonly Stamped[], shard: Fragment['shard'], own: Plan): Fragment {
  const covered = new Map(shard.only.map((id) => [id, true]))
  const events = readFragmentEvents(
    journal.map((event) => ({ event, load: () => unstamped(event) })),
    {
      instances: own.instances,
      isOwn: (id) => findCovering(covered, id) !== undefined,
    },
  )
  const runId = `run-${shard.name}-${shard.attempt}`
  return { directory: '', runId, startedAt: journal[0]?.at ?? 0, shard, events }
}

/** The run that puts together what shards left. */
export function collect(
  options: SimulationOptions,
  fragments: readonly Fragment[],
  planned?: ShardPart['planned'],
): Simulation {
  const { taken, events } = mergeFragments(fragments)
  const part = { attempt: 1, only: [], digest: 'd', taken, ...(planned && { planned }) }
  const startAt = Math.min(1_000_000, ...fragments.map(({ startedAt }) => startedAt))
  return simulate({ ...options, startAt, shard: { part, events } })
}

/** Splits a plan and runs its shards, level by level. */
export function runShards(options: SimulationOptions, by: ShardBy, maxLevels?: number): ShardRun[] {
  const shards = makeShards(options.plan, { by, maxShards: 256, only: null, ...(maxLevels && { maxLevels }) })
  const runs: ShardRun[] = []
  for (const level of new Set(shards.map((shard) => shard.level))) {
    const before = runs.map(({ fragment }) => fragment)
    for (const shard of shards) if (shard.level === level) runs.push(runShard(options, shard, before))
  }
  return runs
}
