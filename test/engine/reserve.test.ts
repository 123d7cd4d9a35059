import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { freeAccounting, unknownAccounting, type Accounting } from '../../src/core/usage.ts'
import { agent, command, group, plan, tokens } from './plans.ts'
import {
  endOf,
  results,
  runEnd,
  simulate,
  spent,
  type Behaviour,
  type Simulation,
  type SimulationOptions,
} from './simulator.ts'

const start = 1_000_000
const eight = { maxParallel: { total: 8, agents: 8, commands: 8 } }
const dollars = (costUsd: number, onExceeded: 'stop' | 'cancel' | 'warn' = 'stop') => ({
  costUsd,
  warnAt: 1,
  onExceeded,
})
const notices = (run: Simulation) => run.journal.flatMap((event) => (event.type === 'notice' ? [event.message] : []))

/** What was recorded of the budget of the run. */
const ofRun = (run: Simulation) =>
  run.journal.flatMap((event) =>
    (event.type === 'budget.warned' || event.type === 'budget.exceeded') && event.scope === null
      ? [`${event.type} ${event.tokens} $${event.costUsd}`]
      : [],
  )

/** Virtual milliseconds from the start of the run to each start of an attempt. */
function startTimes(run: Simulation): Record<string, number> {
  const times: Record<string, number> = {}
  for (const event of run.journal)
    if (event.type === 'attempt.started')
      times[event.attempt === 1 ? event.id : `${event.id}#${event.attempt}`] = event.at - start
  return times
}

/** When each starts under a budget of the run; each declares what it may spend and says what it has spent when it ends. */
function admitted(
  options: Partial<Parameters<typeof plan>[1]>,
  instances: Parameters<typeof plan>[0],
  behave: SimulationOptions['behave'],
  script: SimulationOptions['script'] = [],
) {
  return startTimes(simulate({ plan: plan(instances, options), engine: eight, behave, script }))
}

/** An agent that declares what it may spend; over it, it is only told. */
const upTo = (id: string, limit: number, overrides: Parameters<typeof agent>[1] = {}) =>
  agent(id, { process: { budget: tokens(limit, 'warn') }, ...overrides })
const upToDollars = (id: string, limit: number, overrides: Parameters<typeof agent>[1] = {}) =>
  agent(id, { process: { budget: dollars(limit, 'warn') }, ...overrides })

describe('what is set aside for a running agent', () => {
  it('shrinks by what it says it has spent, in tokens and in dollars', () => {
    const behave = (amount: (share: number) => Accounting): SimulationOptions['behave'] => {
      return (task) =>
        task.id === 'a'
          ? { durationMs: 200, progress: [amount(0.25), amount(0.25)], accounting: amount(0.5) }
          : task.id === 'wait'
            ? { durationMs: 150 }
            : { accounting: amount(0.5) }
    }
    const times = { a: 0, wait: 0, b: 150 }
    const wait = command('wait')
    const b = { needs: ['wait'] }
    assert.deepEqual(
      admitted(
        { budget: tokens(1000) },
        [upTo('a', 500), wait, upTo('b', 500, b)],
        behave((share) => spent(share * 1000)),
      ),
      times,
    )
    assert.deepEqual(
      admitted(
        { budget: dollars(1) },
        [upToDollars('a', 0.5), wait, upToDollars('b', 0.5, b)],
        behave((share) => spent(1, share)),
      ),
      times,
    )
  })

  it('is given back when it ends without having spent it', () => {
    const first = { priority: 1 }
    const after = { needs: ['a'] }
    const behave: SimulationOptions['behave'] = () => ({ accounting: spent(250, 0.25) })
    const times = { a: 0, b: 10, c: 10 }
    assert.deepEqual(
      admitted({ budget: tokens(1250) }, [upTo('a', 500, first), upTo('b', 500, after), upTo('c', 500, after)], behave),
      times,
    )
    assert.deepEqual(
      admitted(
        { budget: dollars(1.25) },
        [upToDollars('a', 0.5, first), upToDollars('b', 0.5, after), upToDollars('c', 0.5, after)],
        behave,
      ),
      times,
    )
  })

  it('is nothing for a command, and a command that runs keeps no agent waiting', () => {
    const run = simulate({
      plan: plan([command('c', { priority: 1 }), agent('a')], { budget: tokens(10) }),
      engine: eight,
      behave: () => ({ durationMs: 100, accounting: spent(1) }),
    })
    assert.deepEqual(startTimes(run), { c: 0, a: 0 })
    const crowd = simulate({
      plan: plan([upTo('a', 9, { priority: 1 }), command('c1'), command('c2')], { budget: tokens(10) }),
      engine: eight,
    })
    assert.deepEqual(startTimes(crowd), { a: 0, c1: 0, c2: 0 })
    const priced = admitted({ budget: dollars(1) }, [upToDollars('a', 0.5, { priority: 1 }), command('c')], () => ({
      durationMs: 100,
    }))
    assert.deepEqual(priced, { a: 0, c: 0 })
  })

  it('begins anew with each attempt, and no attempt is counted twice', () => {
    const run = simulate({
      plan: plan([upTo('a', 100, { retry: { attempts: 3, on: ['failure'], backoffMs: 0 } })], {
        budget: tokens(1000, 'stop', 0.3),
      }),
      behave: (task) => ({
        progress: [spent(50, 0.5)],
        accounting: spent(100, 1),
        ...(task.attempt < 3 && { failure: { kind: 'exit', code: 1 } }),
      }),
      script: [
        {
          at: 200,
          event: { type: 'attempt.progress', id: 'a', attempt: 3, accounting: spent(900), model: null, activity: '' },
        },
      ],
    })
    assert.deepEqual(ofRun(run), ['budget.warned 300 $3'])
  })

  it('does not count what an earlier attempt says late', () => {
    const late = {
      type: 'attempt.progress',
      id: 'a',
      attempt: 1,
      accounting: spent(900),
      model: null,
      activity: '',
    } as const
    const run = simulate({
      plan: plan([upTo('a', 100, { retry: { attempts: 2, on: ['failure'], backoffMs: 0 } })], { budget: tokens(800) }),
      behave: (task) => ({
        durationMs: 100,
        accounting: spent(100),
        ...(task.attempt === 1 && { failure: { kind: 'exit', code: 1 } }),
      }),
      script: [{ at: 150, event: late }],
    })
    assert.equal(results(run)['a'], 'success')
    assert.deepEqual(ofRun(run), [])
  })
})

describe('what an agent is expected to spend', () => {
  it('is nothing in dollars before the first has said its price, and their average after that', () => {
    const most = (price: (id: string) => Accounting): number => {
      let count = 0
      simulate({
        plan: plan(
          [
            agent('first', { priority: 2 }),
            agent('second', { priority: 1, needs: ['first'] }),
            ...Array.from({ length: 6 }, (_, index) => agent(`a${index}`, { needs: ['second'] })),
          ],
          { budget: dollars(4) },
        ),
        engine: eight,
        behave: (task) => ({ accounting: price(task.id) }),
        watch: ({ simulation }) => (count = Math.max(count, simulation.running.size)),
      })
      return count
    }
    assert.equal(
      most((id) => spent(1, id === 'first' ? 0.75 : 0.25)),
      6,
      'six of $0.50 fit into the $3 left',
    )
    assert.equal(
      most((id) => spent(1, id === 'first' ? null : 1)),
      3,
      'what has no price does not lower the average',
    )
    const untried = simulate({
      plan: plan([agent('a'), agent('b')], { budget: dollars(0.5) }),
      behave: () => ({ accounting: spent(1, 0.1) }),
    })
    assert.deepEqual(startTimes(untried), { a: 0, b: 0 })
  })

  it('is the average of what agents have used, to the token', () => {
    const most = (limit: number): number => {
      let count = 0
      simulate({
        plan: plan(
          [agent('first', { priority: 1 }), agent('b', { needs: ['first'] }), agent('c', { needs: ['first'] })],
          {
            budget: tokens(limit),
          },
        ),
        engine: eight,
        behave: () => ({ accounting: spent(100) }),
        watch: ({ simulation }) => (count = Math.max(count, simulation.running.size)),
      })
      return count
    }
    assert.deepEqual([most(300), most(299)], [2, 1])
  })

  it('leaves out what nobody counted', () => {
    let most = 0
    simulate({
      plan: plan(
        [
          agent('first', { priority: 2 }),
          agent('second', { priority: 1, needs: ['first'] }),
          ...[1, 2, 3].map((index) => agent(`a${index}`, { needs: ['second'] })),
        ],
        { budget: tokens(400) },
      ),
      engine: eight,
      behave: (task) => ({ accounting: task.id === 'first' ? unknownAccounting : spent(100) }),
      watch: ({ simulation }) => (most = Math.max(most, simulation.running.size)),
    })
    assert.equal(most, 3)
  })
})

describe('a reserve', () => {
  it('is what its owner draws on first: only what it may need beyond it is set aside', () => {
    const behave: SimulationOptions['behave'] = () => ({ durationMs: 100, accounting: spent(1, 0) })
    const both = { owner: 0, other: 0 }
    const of = (owner: number, other: number, part: number): Record<string, number> =>
      admitted(
        { budget: tokens(500), reserve: { owner: { tokens: part } } },
        [upTo('owner', owner, { priority: 1 }), upTo('other', other)],
        behave,
      )
    assert.deepEqual(of(200, 300, 150), both, '50 beyond the reserve of 150, 300 for the other')
    assert.deepEqual(of(200, 301, 150), { owner: 0, other: 100 })
    assert.deepEqual(of(200, 300, 200), both, 'the whole need is reserved')
    assert.deepEqual(of(100, 300, 200), both, 'a reserve larger than the need frees nothing for others')
    assert.deepEqual(of(100, 301, 200), { owner: 0, other: 100 })
    const inDollars = (owner: number, other: number): Record<string, number> =>
      admitted(
        { budget: dollars(5), reserve: { owner: { costUsd: 1.5 } } },
        [upToDollars('owner', owner, { priority: 1 }), upToDollars('other', other)],
        behave,
      )
    assert.deepEqual(inDollars(2, 3), both)
    assert.deepEqual(inDollars(2, 3.125), { owner: 0, other: 100 })
    assert.deepEqual(inDollars(1, 3.5), both)
    assert.deepEqual(inDollars(1, 3.625), { owner: 0, other: 100 })
  })

  it('lets its owner start in front of others that wait for what is in flight', () => {
    const times = admitted(
      { budget: tokens(1000), reserve: { owner: { tokens: 200 } } },
      [upTo('busy', 500, { priority: 3 }), upTo('big', 500, { priority: 2 }), upTo('owner', 500), upTo('more', 500)],
      () => ({ durationMs: 100, accounting: spent(10) }),
    )
    assert.deepEqual([times['busy'], times['owner'], times['big']], [0, 0, 100])
  })

  it('lets its owner start with the budget used up, however small it is, until it is spent itself', () => {
    const owners = (part: { tokens?: number; costUsd?: number }, used: Accounting) => {
      const run = simulate({
        plan: plan(
          [
            agent('eats', { priority: 1 }),
            agent('owner', { needs: ['eats'], retry: { attempts: 3, on: ['failure'], backoffMs: 0 } }),
          ],
          { budget: { tokens: 100, costUsd: 1, warnAt: 1, onExceeded: 'stop' }, reserve: { owner: part } },
        ),
        behave: (task) =>
          task.id === 'eats' ? { accounting: spent(100, 1) } : { accounting: used, failure: { kind: 'exit', code: 1 } },
      })
      return run.tasks.filter(({ id }) => id === 'owner').length
    }
    assert.equal(owners({ tokens: 1 }, spent(1, 0)), 1)
    assert.equal(owners({ tokens: 10 }, spent(5, 0)), 2)
    assert.equal(owners({ costUsd: 0.5 }, spent(0, 0.5)), 1)
    assert.equal(owners({ costUsd: 0.5 }, spent(0, 0.25)), 2)
  })

  it('of one unit keeps nothing of the other', () => {
    const detailOf = (reserve: { tokens?: number; costUsd?: number }): string => {
      const run = simulate({
        plan: plan(
          [agent('eats', { priority: 1 }), agent('late', { needs: ['eats'] }), agent('owner', { needs: ['late'] })],
          {
            budget: { tokens: 100, costUsd: 1, warnAt: 1, onExceeded: 'stop' },
            reserve: { owner: reserve },
          },
        ),
        behave: () => ({ accounting: spent(100, 1) }),
      })
      return endOf(run, 'late').detail
    }
    assert.equal(
      detailOf({ tokens: 30 }),
      'the budget of the run is used up (100 of 100 tokens spent, 30 reserved, $1.0000 of $1 spent)',
    )
    assert.equal(
      detailOf({ costUsd: 0.25 }),
      'the budget of the run is used up (100 of 100 tokens spent, $1.0000 of $1 spent, $0.2500 reserved)',
    )
  })

  it('is free for those who wait as soon as its owner will not run', () => {
    const times = (unit: 'tokens' | 'costUsd') =>
      admitted(
        {
          budget: unit === 'tokens' ? tokens(3000) : dollars(3),
          reserve: { owner: unit === 'tokens' ? { tokens: 1000 } : { costUsd: 1 } },
        },
        [
          ...['a', 'b'].map((id) => (unit === 'tokens' ? upTo(id, 1500) : upToDollars(id, 1.5))),
          agent('owner', { needs: ['a'] }),
        ],
        () => ({ durationMs: 100, accounting: spent(100, 0.1) }),
        [{ at: 50, event: { type: 'instance.cancelled', id: 'owner', by: 'me' } }],
      )
    assert.deepEqual(times('tokens'), { a: 0, b: 50 })
    assert.deepEqual(times('costUsd'), { a: 0, b: 50 })
  })

  it('does not count towards the warning, and what is left of the budget is what others may cross', () => {
    const run = simulate({
      plan: plan([...[0, 1, 2, 3].map((index) => agent(`a${index}`)), agent('owner', { needs: ['a3'] })], {
        budget: tokens(1000, 'stop', 0.8),
        reserve: { owner: { tokens: 500 } },
      }),
      engine: { maxParallel: { total: 1, agents: 1, commands: 1 } },
      behave: () => ({ accounting: spent(250) }),
    })
    assert.deepEqual(ofRun(run), ['budget.exceeded 500 $null'])
  })

  it('after a resume is less by what its owner had spent of it', () => {
    const detailOf = (reserve: { tokens?: number; costUsd?: number }, used: Accounting): string => {
      const always = (from: string) => ({ needs: [{ from, when: 'always' as const }] })
      const made = plan(
        [command('before'), agent('owner', always('before')), agent('eats'), agent('late', always('eats'))],
        { budget: { tokens: 1000, costUsd: 10, warnAt: 1, onExceeded: 'stop' }, reserve: { owner: reserve } },
      )
      const first = simulate({
        plan: made,
        behave: (task) => ({
          failure: { kind: 'exit', code: 1 },
          accounting: task.id === 'owner' ? used : freeAccounting,
        }),
      })
      const behave = (task: { id: string }): Behaviour =>
        task.id === 'before' ? { durationMs: 500 } : { accounting: spent(1000, 10) }
      return endOf(simulate({ plan: made, behave }, first.journal), 'late').detail
    }
    assert.match(detailOf({ tokens: 400 }, spent(150, 0)), /tokens spent, 250 reserved, \$\d+\.0000 of \$10 spent\)/)
    assert.match(
      detailOf({ costUsd: 4 }, spent(0, 1.5)),
      /tokens spent, \$\d+\.\d+ of \$10 spent, \$2\.5000 reserved\)/,
    )
    assert.match(detailOf({ tokens: 400 }, unknownAccounting), /tokens spent, 400 reserved/)
    assert.match(detailOf({ costUsd: 4 }, unknownAccounting), /spent, \$4\.0000 reserved/)
  })
})

describe('a budget under way', () => {
  it('that stops lets what runs come to its end', () => {
    for (const onExceeded of ['stop', 'warn'] as const) {
      const run = simulate({
        plan: plan([
          group(
            'g',
            'parallel',
            [upTo('g.quick', 10), upTo('g.slow', 10), upTo('g.next', 10, { needs: [{ from: 'g.quick' }] })],
            { budget: tokens(100, onExceeded) },
          ),
        ]),
        engine: eight,
        behave: (task) => ({
          durationMs: task.id === 'g.slow' ? 100 : 10,
          progress: [spent(1), spent(2), spent(3)],
          accounting: spent(task.id === 'g.quick' ? 120 : 5),
        }),
      })
      assert.equal(results(run)['g.slow'], 'success')
      assert.equal(run.commands.filter(({ type }) => type === 'stop').length, 0)
    }
  })

  it('that kills asks each process once, and leaves alone what waits for its next attempt', () => {
    const run = simulate({
      plan: plan([
        group(
          'g',
          'parallel',
          [
            upTo('g.again', 10, { retry: { attempts: 2, on: ['failure'], backoffMs: 400 } }),
            upTo('g.eats', 10),
            upTo('g.eats-more', 10),
          ],
          { budget: tokens(100, 'cancel') },
        ),
      ]),
      engine: eight,
      behave: (task) =>
        task.id === 'g.again'
          ? { durationMs: 1, failure: { kind: 'exit', code: 1 } }
          : { durationMs: 100, stopMs: 50, progress: [spent(60), spent(70)], accounting: spent(80) },
    })
    assert.deepEqual(results(run), {
      'g.eats': 'failure (budget)',
      'g.eats-more': 'failure (budget)',
      'g.again': 'failure (budget)',
      g: 'failure (budget)',
    })
    assert.equal(endOf(run, 'g.again').at, start + 201, 'at its time, not when the budget was crossed')
    assert.equal(run.commands.filter(({ type }) => type === 'stop').length, 2)
  })

  it('spent to the last token or cent is not overshot', () => {
    for (const budget of [tokens(100), dollars(0.5)]) {
      const run = simulate({ plan: plan([agent('a')], { budget }), behave: () => ({ accounting: spent(100, 0.5) }) })
      assert.deepEqual(notices(run), [])
      assert.equal(runEnd(run).result, 'success')
    }
  })

  it('of a group keeps no other group waiting', () => {
    const times = startTimes(
      simulate({
        plan: plan([
          group('g', 'parallel', [upTo('g.a', 60, { priority: 3 }), upTo('g.b', 60, { priority: 2 })], {
            budget: tokens(100),
          }),
          group('h', 'parallel', [upTo('h.a', 60), upTo('h.b', 60)], { budget: tokens(200) }),
        ]),
        engine: eight,
        behave: () => ({ durationMs: 100, accounting: spent(10) }),
      }),
    )
    assert.deepEqual(times, { 'g.a': 0, 'h.a': 0, 'h.b': 0, 'g.b': 100 })
  })
})
