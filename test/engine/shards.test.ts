import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Stamped } from '../../src/core/event.ts'
import type { ProcessInstance } from '../../src/core/instance.ts'
import { createIsIn } from '../../src/core/shard.ts'
import { totalTokens } from '../../src/core/usage.ts'
import type { Fragment } from '../../src/journal/merge-fragments.ts'
import { agent, command, group, plan, tokens } from './plans.ts'
import { randomRun, seeded } from './random-plan.ts'
import { collect, runShards, type ShardRun } from './shard-runs.ts'
import {
  endOf,
  results,
  runEnd,
  simulate,
  spent,
  startOrder,
  type Simulation,
  type SimulationOptions,
} from './simulator.ts'

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

/** It ended, and started nothing that is for others. */
function assertRanItsOwn({ shard: { name, only }, simulation }: ShardRun, of: string): void {
  const isOwn = createIsIn(only)
  const open = simulation.progress.nodes.filter(({ state, isFrame }) => state.status !== 'ended' && !isFrame)
  assert.deepEqual(
    [
      simulation.journal.at(-1)?.type,
      ...open.map(({ instance: { id }, state }) => `${id} ${state.status}`),
      ...startOrder(simulation).filter((id) => !isOwn(id)),
    ],
    ['run.ended'],
    `${of}: shard ${name} of ${only.join()}`,
  )
}

/** A group ends when the last of its members has, whoever ran these. */
function assertEndWithMembers(whole: Simulation, of: string): void {
  const ends = new Map(
    whole.journal.flatMap((event) => (event.type === 'instance.ended' ? [[event.id, event.at] as const] : [])),
  )
  for (const { group: { members = [] } = {}, instance } of whole.progress.nodes) {
    const last = Math.max(...members.map((member) => ends.get(member.instance.id) ?? Infinity))
    if (members.length > 0) assert.equal(ends.get(instance.id), last, `${of}: ${instance.id}`)
  }
}

describe('a plan split into shards', () => {
  const runs = Number(process.env['SHARD_RUNS'] ?? 150)

  it(`ends, and is collected as its shards ended it, in any order, in ${runs} random plans`, () => {
    for (let seed = 0; seed < runs; seed++) {
      const options = steady(seed)
      const by = (['level', 'runtime', 'instance', 2, 3] as const)[seed % 5] ?? 'level'
      const shardRuns = runShards(options, by, seed % 3 === 0 ? 2 : undefined)
      for (const each of shardRuns) assertRanItsOwn(each, `seed ${seed}`)
      const fragments = shardRuns.map(({ fragment }) => fragment)
      const whole = collect(options, fragments)
      assert.equal(whole.journal.at(-1)?.type, 'run.ended', `seed ${seed} does not end`)
      assert.equal(whole.tasks.length, 0, `seed ${seed} starts something`)
      const times = whole.journal.map(({ at }) => at)
      assert.deepEqual(
        times.toSorted((a, b) => a - b),
        times,
        `seed ${seed}: goes back in time`,
      )
      const last = Math.max(...fragments.flatMap(({ events, startedAt }) => [startedAt, ...events.map(({ at }) => at)]))
      assert.ok((times.at(-1) ?? 0) <= last, `seed ${seed}: waits for something`)
      assertEndWithMembers(whole, `seed ${seed}`)
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
      const shardRuns = runShards(options, 3)
      const [fragments, shards] = [shardRuns.map(({ fragment }) => fragment), shardRuns.map(({ shard }) => shard)]
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

const exit = { failure: { kind: 'exit', code: 1 } } as const
const fragmentsOf = (runs: readonly ShardRun[]): Fragment[] => runs.map(({ fragment }) => fragment)
const howItEnded = (run: Simulation): string => `${runEnd(run).result} ${runEnd(run).reason}`.trim()

describe('a shard', () => {
  it('is judged by what it runs itself, the whole by all', () => {
    const options: SimulationOptions = {
      plan: plan([command('a'), command('b', { needs: ['a'], if: 'always()' })]),
      behave: ({ id }) => (id === 'a' ? exit : {}),
    }
    const runs = runShards(options, 'level')
    assert.deepEqual(
      runs.map(({ simulation }) => howItEnded(simulation)),
      ['failure 1 instance failed: a', 'success'],
    )
    assert.equal(howItEnded(collect(options, fragmentsOf(runs))), 'failure 1 instance failed: a')
  })

  it('spends from its own part of the budget, of which the whole is the sum', () => {
    const options: SimulationOptions = {
      plan: plan([agent('a'), agent('b', { needs: ['a'] })], { budget: tokens(1000) }),
      behave: () => ({ accounting: spent(900) }),
    }
    const runs = runShards(options, 'level')
    const exceeded = (run: Simulation): unknown[] => run.journal.filter(({ type }) => type === 'budget.exceeded')
    assert.deepEqual(
      runs.map(({ simulation }) => [howItEnded(simulation), exceeded(simulation).length]),
      [
        ['success', 0],
        ['success', 0],
      ],
    )
    const whole = collect(options, fragmentsOf(runs))
    assert.equal(exceeded(whole).length, 1)
    const told = whole.journal.findLast(({ type }) => type === 'notice')
    assert.equal(
      told?.type === 'notice' && told.message,
      'the budget of the run was overshot: 800 tokens over 1000, by what shards still had running when their parts of it were used up',
    )
  })

  it('names its part of the budget where that is used up', () => {
    const options: SimulationOptions = {
      plan: plan([agent('a'), agent('b')], { budget: tokens(1000) }),
      engine: { maxParallel: { total: 1, agents: 1, commands: 1 } },
      behave: () => ({ accounting: spent(1000) }),
    }
    const [only] = runShards(options, 'level')
    assert.ok(only)
    assert.equal(
      endOf(only.simulation, 'b').detail,
      'the part of the budget that shard 1 has is used up (1000 of 1000 tokens spent)',
    )
  })

  it('tells no end of a group of which others run a part', () => {
    const options = { plan: plan([group('g', 'parallel', [command('g.a'), command('g.b')])]) }
    const runs = runShards(options, 'instance')
    assert.deepEqual(
      runs.map(({ simulation }) => results(simulation)),
      [{ 'g.a': 'success' }, { 'g.b': 'success' }],
    )
    assert.deepEqual(results(collect(options, fragmentsOf(runs))), { 'g.a': 'success', 'g.b': 'success', g: 'success' })
  })

  it('runs again what failed of its own when it is resumed, and nothing of what others ran', () => {
    const options: SimulationOptions = {
      plan: plan([command('a'), command('b', { needs: ['a'], if: 'always()' }), command('c', { needs: ['b'] })]),
      behave: ({ attempt }) => (attempt === 1 ? exit : {}),
    }
    const second = runShards(options, 'level').find(({ shard }) => shard.only.includes('b'))
    assert.ok(second)
    const resumed = simulate(options, second.simulation.journal)
    assert.deepEqual([startOrder(second.simulation), startOrder(resumed)], [['b'], ['b']])
    assert.deepEqual(results(resumed), { a: 'failure (exit:1)', b: 'success' })
    assert.equal(howItEnded(resumed), 'success')
  })

  it('waits for its own times, and ends at its own time limit; the whole has neither', () => {
    const options = (timeoutMs: number): SimulationOptions => ({
      plan: plan(
        [
          command('a', { startAt: { afterMs: 400 } }),
          group('g', 'parallel', [command('g.b')], { needs: [{ from: 'a', delayMs: 400 }] }),
        ],
        { timeoutMs },
      ),
      behave: () => ({ durationMs: 10 }),
    })
    const runs = runShards(options(500), 'level')
    const startOf = ({ simulation: { journal } }: ShardRun): number =>
      (journal.find(({ type }) => type === 'attempt.started')?.at ?? 0) - (journal[0]?.at ?? 0)
    assert.equal(runs.map(startOf)[0], 400)
    const whole = collect(options(500), fragmentsOf(runs))
    assert.equal(howItEnded(whole), 'success')
    assert.deepEqual(results(whole), { a: 'success', 'g.b': 'success', g: 'success' })
    const short = runShards(options(300), 'level')
    assert.equal(short[0] && howItEnded(short[0].simulation).split(':')[0], 'failure timeout')
  })
})

describe('what another shard should have run', () => {
  const options: SimulationOptions = {
    plan: plan([command('a', { retry: { attempts: 2, on: ['failure'], backoffMs: 60_000 } }), command('b')]),
    behave: ({ id }) => (id === 'a' ? { durationMs: 20, ...exit } : {}),
  }
  const runs = runShards(options, 'instance')
  const [first, second] = runs as [ShardRun, ShardRun]
  const planned = runs.map(({ shard }) => shard)

  it('is lost, and says where', () => {
    const killed = first.killedAfter('run.started')
    const whyLost = (whole: Simulation): string => `${results(whole)['a']}: ${endOf(whole, 'a').detail}`
    const rest = second.fragment
    assert.equal(whyLost(collect(options, [killed, rest], planned)), 'failure (lost): shard 1 ended before it')
    assert.equal(whyLost(collect(options, [rest], planned)), 'failure (lost): shard 1 left no result')
    assert.equal(whyLost(collect(options, [rest])), 'failure (lost): no shard left a result of it')
    const [instance, ...others] = options.plan.instances as [ProcessInstance]
    const guarded = { ...options, plan: plan([{ ...instance, job: { environment: 'production' } }, ...others]) }
    assert.equal(
      whyLost(collect(guarded, [rest], planned)),
      'failure (lost): shard 1 left no result; the environment production may not have let its job begin',
    )
  })

  it('is lost also where enough others have ended: whether it was needed nobody knows here', () => {
    const join = { atLeast: 1, cancelRest: true } as const
    const made: SimulationOptions = {
      plan: plan([command('a'), command('b'), command('c', { needs: ['a', 'b'], join })]),
    }
    const [only] = runShards(made, 'instance')
    assert.ok(only)
    const whole = collect(made, [only.killedAfter('instance.ended')])
    assert.deepEqual(results(whole), { a: 'success', b: 'failure (lost)', c: 'failure (lost)' })
  })

  it('is lost at once where it was to be tried again, and only once all that is left is known', () => {
    const left = [first.killedAfter('instance.retrying'), second.fragment]
    const whole = collect(options, left)
    assert.equal(results(whole)['a'], 'failure (lost)')
    assert.equal(runEnd(whole).at, Math.max(...left.flatMap(({ events }) => events.map(({ at }) => at))))
    const types = collect(options, [second.fragment]).journal.map((event) =>
      'id' in event ? `${event.type} ${event.id}` : event.type,
    )
    assert.ok(types.indexOf('instance.ended a') > types.indexOf('fragments.taken'))
  })
})
