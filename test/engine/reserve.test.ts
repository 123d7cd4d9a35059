import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { freeAccounting, unknownAccounting, type Accounting } from '../../src/core/usage.ts'
import { admitted, dollars, ofRun, upTo, upToDollars } from './budget-runs.ts'
import { agent, command, group, plan, tokens } from './plans.ts'
import { endOf, results, simulate, spent, type Behaviour, type SimulationOptions } from './simulator.ts'

const one = { maxParallel: { total: 1, agents: 1, commands: 1 } }
const two = { maxParallel: { total: 2, agents: 2, commands: 2 } }
const small = { process: { budget: tokens(100, 'warn') } }

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

describe('a part of the budget that is reserved for a group', () => {
  const made = plan(
    [
      ...[0, 1, 2].map((index) => agent(`a${index}`, { priority: 1 })),
      group('g', 'parallel', [agent('g.x'), agent('g.y'), agent('g.z')]),
    ],
    { budget: tokens(4000), reserve: { g: { tokens: 2000 } } },
  )

  it('is for its members, together', () => {
    const run = simulate({ plan: made, engine: one, behave: () => ({ accounting: spent(1000) }) })
    assert.deepEqual(results(run), {
      a0: 'success',
      a1: 'success',
      a2: 'skipped (budget)',
      'g.x': 'success',
      'g.y': 'success',
      'g.z': 'skipped (budget)',
      g: 'success',
    })
    assert.match(endOf(run, 'a2').detail, /2000 of 4000 tokens spent, 2000 reserved/)
    assert.match(endOf(run, 'g.z').detail, /4000 of 4000 tokens spent\)/)
  })

  it('is given up when the group has ended', () => {
    const run = simulate({
      plan: plan([group('g', 'parallel', [agent('g.x', { if: 'false' })]), agent('a'), agent('b')], {
        budget: tokens(2000),
        reserve: { g: { tokens: 1500 } },
      }),
      engine: one,
      behave: () => ({ accounting: spent(1000) }),
    })
    assert.deepEqual([results(run)['a'], results(run)['b']], ['success', 'success'])
  })
})

describe('a reserved part of the budget', () => {
  it('is not waited for when a budget is used up for the second time', () => {
    const run = simulate({
      plan: plan(
        [
          agent('a', { priority: 1, process: { budget: tokens(40, 'warn') } }),
          agent('owner', { needs: ['a'], if: 'false' }),
          agent('b', { needs: ['owner'], if: 'always()', process: { budget: tokens(30, 'warn') } }),
          agent('c', { needs: ['owner'], if: 'always()', process: { budget: tokens(50, 'warn') } }),
        ],
        { budget: tokens(100), reserve: { owner: { tokens: 60 } } },
      ),
      engine: two,
      behave: ({ id }) =>
        id === 'a' ? { accounting: spent(45) } : { durationMs: 300, progress: [spent(60)], accounting: spent(60) },
    })
    assert.deepEqual(results(run), { a: 'success', owner: 'skipped (condition)', b: 'success', c: 'skipped (budget)' })
    assert.equal(endOf(run, 'c').at - 1_000_000, 160, 'with the word that used it up')
  })

  it('comes back when the last figures are lower than those before', () => {
    const run = simulate({
      plan: plan(
        [agent('other', { priority: 1 }), agent('owner', { retry: { attempts: 2, on: ['failure'], backoffMs: 0 } })],
        { budget: tokens(1000), reserve: { owner: { tokens: 600 } } },
      ),
      engine: one,
      behave: ({ id }) =>
        id === 'owner'
          ? { progress: [spent(600)], accounting: spent(200), failure: { kind: 'exit', code: 1 } }
          : { accounting: spent(900) },
    })
    assert.equal(run.tasks.filter(({ id }) => id === 'owner').length, 2, '400 of 600 are left after the first')
  })

  it('does not make what a group is expected to need look smaller', () => {
    let most = 0
    simulate({
      plan: plan([group('g', 'parallel', [agent('g.x', small), agent('g.y', small)], { budget: tokens(150) })], {
        budget: tokens(10_000),
        reserve: { g: { tokens: 5000 } },
      }),
      engine: two,
      behave: () => ({ accounting: spent(10) }),
      watch: ({ simulation }) => (most = Math.max(most, simulation.running.size)),
    })
    assert.equal(most, 1)
  })

  it('is drawn on before what its owner is expected to need beside it', () => {
    const starts: Record<string, number> = {}
    simulate({
      plan: plan(
        [
          agent('owner', { priority: 1, process: { budget: tokens(500, 'warn') } }),
          agent('other', { startAt: { afterMs: 60 }, process: { budget: tokens(100, 'warn') } }),
        ],
        { budget: tokens(590), reserve: { owner: { tokens: 300 } } },
      ),
      engine: two,
      behave: ({ id }, at) => {
        starts[id] = at - 1_000_000
        return id === 'owner' ? { durationMs: 100, progress: [spent(250)], accounting: spent(300) } : {}
      },
    })
    assert.equal(starts['other'], 100, '200 beside the reserved 300 are still expected of its owner')
  })
})
