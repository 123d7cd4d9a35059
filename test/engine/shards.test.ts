import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Stamped } from '../../src/core/event.ts'
import type { Plan } from '../../src/core/plan.ts'
import { findCovering } from '../../src/core/shard.ts'
import { unstamped } from '../../src/core/unstamped.ts'
import { totalTokens } from '../../src/core/usage.ts'
import { readFragmentEvents } from '../../src/journal/fragment-events.ts'
import { mergeFragments, type Fragment } from '../../src/journal/merge-fragments.ts'
import { makeShards, type Shard, type ShardBy } from '../../src/run/make-shards.ts'
import { planOfShard } from '../../src/run/shard-plan.ts'
import { randomRun, seeded } from './random-plan.ts'
import { results, runEnd, simulate, type Simulation, type SimulationOptions } from './simulator.ts'

/** Runs one shard after those before it, and gives its journal as a fragment. */
function runShard(options: SimulationOptions, shard: Shard, before: readonly Fragment[], attempt = 1): Fragment {
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
  const open = simulation.progress.nodes.filter(({ state, isFrame }) => state.status !== 'ended' && !isFrame)
  assert.deepEqual(
    [simulation.journal.at(-1)?.type, ...open.map(({ instance: { id }, state }) => `${id} ${state.status}`)],
    ['run.ended'],
    `shard ${name} of ${only.join()} does not end`,
  )
  return fragmentOf(simulation, { ...part, taken }, own)
}

function fragmentOf({ journal }: Simulation, shard: Fragment['shard'], own: Plan): Fragment {
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

function collect(options: SimulationOptions, fragments: readonly Fragment[], planned?: readonly Shard[]): Simulation {
  const { taken, events } = mergeFragments(fragments)
  const part = { attempt: 1, only: [], digest: 'd', taken, ...(planned && { planned }) }
  const startAt = Math.min(1_000_000, ...fragments.map(({ startedAt }) => startedAt))
  return simulate({ ...options, startAt, shard: { part, events } })
}

function runAll(options: SimulationOptions, by: ShardBy, maxLevels?: number) {
  const shards = makeShards(options.plan, { by, maxShards: 256, only: null, ...(maxLevels && { maxLevels }) })
  const fragments: Fragment[] = []
  for (const level of new Set(shards.map((shard) => shard.level))) {
    const before = [...fragments]
    for (const shard of shards) if (shard.level === level) fragments.push(runShard(options, shard, before))
  }
  return { shards, fragments }
}

const shuffled = <T>(values: readonly T[], seed: number): T[] => {
  const random = seeded(seed)
  return values
    .map((value) => ({ value, order: random() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ value }) => value)
}

const tokensOf = (events: readonly (Stamped | Fragment['events'][number])[]): number =>
  events.reduce((sum, each) => {
    const event = 'load' in each ? each.load() : each
    if (event.type !== 'attempt.ended' || event.accounting.usage === null) return sum
    return sum + totalTokens(event.accounting.usage)
  }, 0)

/** Without what stops a run from outside, and what one machine alone can hold: these are not the same over many. */
function steady(seed: number): SimulationOptions {
  const { script: _, only: __, ...options } = randomRun(seed)
  const { budget: ___, timeoutMs: ____, ...rest } = options.plan
  return { ...options, plan: { ...rest, reserve: {} } }
}

describe('a plan split into shards', () => {
  const runs = Number(process.env['SHARD_RUNS'] ?? 150)

  it(`ends, and is collected as its shards ended it, in any order, in ${runs} random plans`, () => {
    for (let seed = 0; seed < runs; seed++) {
      const options = steady(seed)
      const by = (['level', 'runtime', 'instance', 2, 3] as const)[seed % 5] ?? 'level'
      const { fragments } = runAll(options, by, seed % 3 === 0 ? 2 : undefined)
      const whole = collect(options, fragments)
      assert.equal(whole.journal.at(-1)?.type, 'run.ended', `seed ${seed} does not end`)
      assert.equal(whole.tasks.length, 0, `seed ${seed} starts something`)
      const times = whole.journal.map(({ at }) => at)
      assert.deepEqual(
        times.toSorted((a, b) => a - b),
        times,
        `seed ${seed}: goes back in time`,
      )
      assert.deepEqual(collect(options, shuffled(fragments, seed)).journal, whole.journal, `seed ${seed}`)
      const paid = fragments.reduce((sum, { events }) => sum + tokensOf(events), 0)
      assert.equal(tokensOf(whole.journal), paid, `seed ${seed}`)
      const found = results(whole)
      for (const { events, shard } of fragments)
        for (const each of events) {
          const event = each.load()
          if (event.type !== 'instance.ended' || event.id.endsWith('.open')) continue
          const expected = event.reason === '' ? event.result : `${event.result} (${event.reason})`
          assert.equal(found[event.id], expected, `seed ${seed}: ${event.id} of shard ${shard.name}`)
        }
      const ends = new Map<string, number>()
      for (const event of whole.journal)
        if (event.type === 'instance.ended') ends.set(event.id, (ends.get(event.id) ?? 0) + 1)
      assert.deepEqual(
        [...ends].filter(([, count]) => count > 1),
        [],
        `seed ${seed}: ends twice`,
      )
      assert.equal(Object.values(found).filter((each) => each === 'failure (lost)').length, 0, `seed ${seed}: lost`)
    }
  })

  it('is never green where a shard is missing that had something to run', () => {
    for (let seed = 0; seed < runs; seed++) {
      const options = steady(seed)
      const { fragments, shards } = runAll(options, 3)
      const missing = fragments[Math.floor(seeded(seed)() * fragments.length)]
      if (missing === undefined) continue
      const ran = missing.events.some(({ type }) => type === 'attempt.ended')
      const rest = fragments.filter((each) => each !== missing)
      const whole = collect(options, rest, shards)
      assert.deepEqual(collect(options, shuffled(rest, seed), shards).journal, whole.journal, `seed ${seed}`)
      if (ran) assert.notEqual(runEnd(whole).result, 'success', `seed ${seed}`)
    }
  })
})
