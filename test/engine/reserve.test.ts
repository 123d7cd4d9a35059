import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { agent, group, plan, tokens } from './plans.ts'
import { endOf, results, simulate, spent } from './simulator.ts'

const one = { maxParallel: { total: 1, agents: 1, commands: 1 } }
const two = { maxParallel: { total: 2, agents: 2, commands: 2 } }
const small = { process: { budget: tokens(100, 'warn') } }

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

describe('the notice about an overshoot', () => {
  it('does not claim that a budget which only warns was overshot by what was in flight', () => {
    const run = simulate({
      plan: plan([agent('a'), agent('b')], { budget: tokens(1000, 'warn') }),
      engine: one,
      behave: () => ({ accounting: spent(1000) }),
    })
    const notices = run.journal.flatMap((event) => (event.type === 'notice' ? [event.message] : []))
    assert.deepEqual(notices, ['the budget of the run was overshot: 1000 tokens over 1000'])
  })
})
