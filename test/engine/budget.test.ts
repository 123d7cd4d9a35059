import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { unknownAccounting } from '../../src/core/usage.ts'
import { explainExhausted } from '../../src/engine/enforce-budgets.ts'
import { agent, command, group, plan, tokens } from './plans.ts'
import { endOf, results, runEnd, simulate, spent, type Simulation } from './simulator.ts'

const agents = (count: number, overrides: Parameters<typeof agent>[1] = {}) =>
  Array.from({ length: count }, (_, index) => agent(`a${index}`, overrides))
const eight = { maxParallel: { total: Infinity, agents: 8, commands: 8 } }
const one = { maxParallel: { total: 1, agents: 1, commands: 1 } }
const crossings = (run: Simulation) =>
  run.journal.flatMap((event) => (event.type === 'budget.warned' || event.type === 'budget.exceeded' ? [event] : []))
const notices = (run: Simulation) => run.journal.flatMap((event) => (event.type === 'notice' ? [event.message] : []))

describe('a budget of the run', () => {
  it('starts nothing more once it is used up, and says so', () => {
    const run = simulate({
      plan: plan([...agents(4), command('c', { priority: -1 })], { budget: tokens(2000) }),
      engine: one,
      behave: () => ({ accounting: spent(1000) }),
    })
    assert.deepEqual(results(run), {
      a0: 'success',
      a1: 'success',
      a2: 'skipped (budget)',
      a3: 'skipped (budget)',
      c: 'skipped (budget)',
    })
    assert.equal(endOf(run, 'a2').detail, 'the budget of the run is used up (2000 of 2000 tokens spent)')
    assert.equal(runEnd(run).result, 'failure')
    assert.deepEqual(
      crossings(run).map(({ type, tokens: at, costUsd, action, scope }) => ({ type, at, costUsd, action, scope })),
      [
        { type: 'budget.warned', at: 2000, costUsd: null, action: 'stop', scope: null },
        { type: 'budget.exceeded', at: 2000, costUsd: null, action: 'stop', scope: null },
      ],
    )
  })

  it('warns once at its share', () => {
    const run = simulate({
      plan: plan(agents(3), { budget: tokens(10_000, 'stop', 0.2) }),
      engine: one,
      behave: () => ({ accounting: spent(1999, 0.5) }),
    })
    assert.deepEqual(
      crossings(run).map(({ type, tokens: at }) => `${type} ${at}`),
      ['budget.warned 3998'],
    )
    assert.equal(crossings(run)[0]?.costUsd, 1)
  })

  it('admits agents by what they are expected to need: the default, then the average of this run', () => {
    const parallel: number[] = []
    simulate({
      plan: plan(agents(9), { budget: tokens(50_000) }),
      engine: eight,
      behave: () => ({ accounting: spent(5000) }),
      watch: ({ event, simulation }) => {
        if (event.type === 'attempt.started') parallel.push(simulation.running.size)
      },
    })
    assert.deepEqual(parallel.slice(0, 2), [2, 2], 'two of 20,000 fit into 50,000')
    const exact = (limit: number): number => {
      let most = 0
      simulate({
        plan: plan(agents(4), { budget: tokens(limit) }),
        engine: eight,
        behave: () => ({ accounting: spent(20_000) }),
        watch: ({ simulation }) => (most = Math.max(most, simulation.running.size)),
      })
      return most
    }
    assert.deepEqual([exact(60_000), exact(59_999)], [3, 2])
    assert.equal(Math.max(...parallel.slice(2)), 7, 'with 5,000 each the rest fits at once')
  })

  it('admits by the budget an instance declares', () => {
    let most = 0
    simulate({
      plan: plan(agents(9, { process: { budget: tokens(10_000) } }), { budget: tokens(30_000) }),
      engine: eight,
      behave: () => ({ accounting: spent(100) }),
      watch: ({ simulation }) => (most = Math.max(most, simulation.running.size)),
    })
    assert.equal(most, 3)
  })

  it('lets one in when nothing is in flight, however little is left', () => {
    const run = simulate({
      plan: plan(agents(2), { budget: tokens(10) }),
      engine: eight,
      behave: () => ({ accounting: spent(25) }),
    })
    assert.deepEqual(results(run), { a0: 'success', a1: 'skipped (budget)' })
    assert.deepEqual(notices(run), [
      'the budget of the run was overshot: 15 tokens over 10, by what was still running when it was used up',
    ])
  })

  it('kills what runs with `cancel`, by what the streams say', () => {
    const run = simulate({
      plan: plan(agents(2, { process: { budget: tokens(900, 'warn') } }), { budget: tokens(1000, 'cancel') }),
      engine: { maxParallel: { total: 2, agents: 2, commands: 2 } },
      behave: (task) => ({
        durationMs: task.id === 'a0' ? 100 : 1000,
        progress: task.id === 'a0' ? [spent(600)] : [spent(100), spent(100)],
        accounting: spent(task.id === 'a0' ? 1000 : 300),
      }),
    })
    assert.deepEqual(results(run), { a0: 'success', a1: 'skipped (budget)' })
    const both = simulate({
      plan: plan(agents(2, { process: { budget: tokens(400, 'warn') } }), { budget: tokens(1000, 'cancel') }),
      engine: { maxParallel: { total: 2, agents: 2, commands: 2 } },
      behave: (task) => ({
        durationMs: task.id === 'a0' ? 100 : 1000,
        progress: [spent(300)],
        accounting: spent(task.id === 'a0' ? 1000 : 300),
      }),
    })
    assert.deepEqual(results(both), { a0: 'success', a1: 'failure (budget)' })
    assert.match(endOf(both, 'a1').detail, /^the budget of the run is used up \(1000 of 1000 tokens spent\)$/)
  })

  it('only tells with `warn`', () => {
    const run = simulate({
      plan: plan(agents(4), { budget: tokens(1000, 'warn') }),
      engine: eight,
      behave: () => ({ accounting: spent(1000) }),
    })
    assert.equal(runEnd(run).result, 'success')
    assert.equal(crossings(run).length, 2)
  })

  it('keeps a part for whom it is reserved', () => {
    const run = simulate({
      plan: plan([...agents(3), agent('last', { needs: [{ from: 'a2', when: 'always' }] })], {
        budget: tokens(3000),
        reserve: { last: { tokens: 1500 } },
      }),
      engine: one,
      behave: () => ({ accounting: spent(1000) }),
    })
    assert.deepEqual(results(run), { a0: 'success', a1: 'skipped (budget)', a2: 'success', last: 'success' })
    assert.match(endOf(run, 'a1').detail, /2000 of 3000 tokens spent, 1500 reserved/)
  })

  it('gives the reserved part to the others when its owner has ended', () => {
    const run = simulate({
      plan: plan([agent('owner', { if: 'false' }), ...agents(3)], {
        budget: tokens(2500),
        reserve: { owner: { tokens: 1500 } },
      }),
      engine: one,
      behave: () => ({ accounting: spent(1000) }),
    })
    assert.deepEqual(Object.values(results(run)).filter((word) => word === 'success').length, 3)
  })

  it('counts dollars', () => {
    const run = simulate({
      plan: plan(agents(3), { budget: { costUsd: 0.5, warnAt: 0.9, onExceeded: 'stop' } }),
      engine: one,
      behave: () => ({ accounting: spent(10, 0.3) }),
    })
    assert.deepEqual(results(run), { a0: 'success', a1: 'success', a2: 'skipped (budget)' })
    assert.equal(endOf(run, 'a2').detail, 'the budget of the run is used up ($0.6000 of $0.5 spent)')
    assert.deepEqual(notices(run), [
      'the budget of the run was overshot: $0.1000 over $0.5, by what was still running when it was used up',
    ])
    const within = simulate({
      plan: plan(agents(1), { budget: { tokens: 100, costUsd: 0.5, warnAt: 0.9, onExceeded: 'stop' } }),
      behave: () => ({ accounting: spent(10, 0.3) }),
    })
    assert.deepEqual([notices(within), crossings(within)], [[], []])
  })

  it('in dollars is not spent many times over by the first agents, whose price nobody knows yet', () => {
    const run = simulate({
      plan: plan(agents(8), { budget: { costUsd: 0.05, warnAt: 1, onExceeded: 'stop' } }),
      engine: eight,
      behave: () => ({ accounting: spent(10, 0.02) }),
    })
    assert.equal(Object.values(results(run)).filter((word) => word === 'success').length, 3)
    assert.deepEqual(notices(run), [
      'the budget of the run was overshot: $0.0100 over $0.05, by what was still running when it was used up',
    ])
  })

  it('admits by dollars where an instance declares them, and by the average after that', () => {
    let most = 0
    simulate({
      plan: plan(agents(6, { process: { budget: { costUsd: 0.5, warnAt: 1, onExceeded: 'stop' } } }), {
        budget: { costUsd: 1, warnAt: 1, onExceeded: 'stop' },
      }),
      engine: eight,
      behave: () => ({ accounting: spent(10, 0.1) }),
      watch: ({ simulation }) => (most = Math.max(most, simulation.running.size)),
    })
    assert.equal(most, 2)
    const parallel: number[] = []
    simulate({
      plan: plan([agent('first', { priority: 1 }), ...agents(6, { needs: ['first'] })], {
        budget: { costUsd: 1, warnAt: 1, onExceeded: 'stop' },
      }),
      engine: eight,
      behave: () => ({ accounting: spent(10, 0.3) }),
      watch: ({ simulation }) => parallel.push(simulation.running.size),
    })
    assert.equal(Math.max(...parallel), 2)
  })

  it('counts what streams say once, and dollars like tokens', () => {
    const run = simulate({
      plan: plan(agents(3), { budget: { tokens: 1000, costUsd: 1, warnAt: 0.5, onExceeded: 'stop' } }),
      engine: one,
      behave: () => ({ progress: [spent(100, 0.1), spent(200, 0.2)], accounting: spent(300, 0.3) }),
    })
    assert.deepEqual(
      crossings(run).map(({ type, tokens: at, costUsd }) => `${type} ${at} ${costUsd?.toFixed(2)}`),
      ['budget.warned 500 0.50'],
    )
  })

  it('lets commands start as long as anything is left', () => {
    const run = simulate({
      plan: plan([agent('a'), command('c')], { budget: tokens(100) }),
      behave: () => ({ accounting: spent(10) }),
    })
    assert.equal(run.journal.filter(({ type, at }) => type === 'attempt.started' && at === 1_000_000).length, 2)
  })

  it('keeps dollars for whom they are reserved', () => {
    const run = simulate({
      plan: plan([...agents(3), agent('last', { needs: [{ from: 'a2', when: 'always' }] })], {
        budget: { costUsd: 3, warnAt: 1, onExceeded: 'stop' },
        reserve: { last: { costUsd: 1.5 } },
      }),
      engine: one,
      behave: () => ({ accounting: spent(10, 1) }),
    })
    assert.deepEqual(results(run), { a0: 'success', a1: 'skipped (budget)', a2: 'success', last: 'success' })
    assert.match(endOf(run, 'a1').detail, /\$2\.0000 of \$3 spent, \$1\.5000 reserved/)
  })

  it('gives a reserved part up as its owner draws on it', () => {
    const refused = (budget: Parameters<typeof plan>[1], amount: (share: number) => ReturnType<typeof spent>) =>
      simulate({
        plan: plan(
          [
            agent('owner', { priority: 1, process: { budget: tokens(1, 'warn') } }),
            ...agents(2, { process: { budget: tokens(1, 'warn') } }),
          ],
          budget,
        ),
        engine: { maxParallel: { total: 2, agents: 2, commands: 2 } },
        behave: (task) =>
          task.id === 'owner'
            ? { durationMs: 300, progress: [amount(0.2), amount(0.4)], accounting: amount(0.5) }
            : { durationMs: 250, accounting: amount(2) },
      })
    const run = refused({ budget: tokens(3000), reserve: { owner: { tokens: 1000 } } }, (share) => spent(share * 1000))
    assert.match(endOf(run, 'a1').detail, /\(2400 of 3000 tokens spent, 600 reserved\)/)
    const dollars = refused(
      { budget: { costUsd: 3, warnAt: 1, onExceeded: 'stop' }, reserve: { owner: { costUsd: 1 } } },
      (share) => spent(1, share),
    )
    assert.match(endOf(dollars, 'a1').detail, /\(\$2\.4000 of \$3 spent, \$0\.6000 reserved\)/)
    const after = simulate({
      plan: plan([agent('owner', { priority: 1 }), ...agents(4)], {
        budget: tokens(3000),
        reserve: { owner: { tokens: 1000 } },
      }),
      engine: one,
      behave: (task) => ({ accounting: spent(task.id === 'owner' ? 100 : 1000) }),
    })
    assert.equal(after.tasks.length, 4)
    assert.match(endOf(after, 'a3').detail, /\(3100 of 3000 tokens spent\)/)
  })

  it('says what it cannot count, once', () => {
    const run = simulate({
      plan: plan(agents(3), { budget: tokens(1000) }),
      engine: one,
      behave: () => ({ accounting: unknownAccounting }),
    })
    assert.deepEqual(notices(run), ['a0 did not report its usage; the budget of the run does not include it'])
    assert.equal(runEnd(run).result, 'success')
  })

  it('says that more was spent than it could count', () => {
    const run = simulate({
      plan: plan(agents(4), { budget: tokens(1000) }),
      engine: one,
      behave: (task) => ({
        accounting:
          task.id === 'a0' ? unknownAccounting : task.id === 'a1' ? { ...spent(500), partial: true } : spent(600),
      }),
    })
    assert.match(endOf(run, 'a3').detail, /\(at least 1100 of 1000 tokens spent\)/)
    assert.deepEqual(notices(run), [
      'a0 did not report its usage; the budget of the run does not include it',
      'the budget of the run was overshot: at least 100 tokens over 1000, by what was still running when it was used up',
    ])
  })

  it('says when it could count only a part', () => {
    const run = simulate({
      plan: plan(agents(1), { budget: tokens(1000) }),
      engine: one,
      behave: () => ({ accounting: { ...spent(500), partial: true } }),
    })
    assert.deepEqual(notices(run), ['a0 reported only part of its usage; the budget of the run includes that part'])
  })

  it('says why an instance may spend nothing more, and nothing while it may', () => {
    const said: (string | undefined)[] = []
    simulate({
      plan: plan([agent('a')], { budget: tokens(100) }),
      behave: () => ({ progress: [spent(50), spent(100)], accounting: spent(100) }),
      watch: ({ event, simulation: { progress } }) => {
        if (event.type === 'attempt.progress')
          said.push(explainExhausted(progress, 'a'), explainExhausted(progress, 'b'))
      },
    })
    const why = 'the budget of the run is used up (100 of 100 tokens spent)'
    assert.deepEqual(said, [undefined, undefined, why, undefined])
  })
})

describe('a budget of a group or an instance', () => {
  it('holds over the attempts of an instance together: each is given what is left', () => {
    const given: (number | undefined)[] = []
    const run = simulate({
      plan: plan([
        agent('a', {
          process: { budget: { costUsd: 1, warnAt: 1, onExceeded: 'stop' } },
          retry: { attempts: 5, on: ['crash'], backoffMs: 0 },
        }),
      ]),
      behave: (task) => {
        given.push(task.budget?.costUsd)
        return { failure: { kind: 'crash', detail: 'broke' }, accounting: spent(10, 0.4) }
      },
    })
    assert.deepEqual(
      given.map((left) => left?.toFixed(2)),
      ['1.00', '0.60', '0.20'],
    )
    assert.equal(results(run)['a'], 'failure (crash)')
  })

  it('stops the group and nothing else', () => {
    const run = simulate({
      plan: plan([
        group('g', 'parallel', [agent('g.a'), agent('g.b'), agent('g.c')], { budget: tokens(1500) }),
        agent('z', { priority: -1 }),
      ]),
      engine: one,
      behave: () => ({ accounting: spent(1000) }),
    })
    assert.deepEqual(results(run), {
      'g.a': 'success',
      'g.b': 'success',
      'g.c': 'skipped (budget)',
      g: 'success',
      z: 'success',
    })
    assert.equal(crossings(run)[0]?.scope, 'g')
  })

  it('kills in the group and nothing else, and tells what it was overshot by', () => {
    const run = simulate({
      plan: plan([
        group('g', 'parallel', [command('g.quick', { pool: 'agents' }), agent('g.slow')], {
          budget: tokens(100, 'cancel'),
        }),
        agent('outside'),
      ]),
      engine: eight,
      behave: (task) => ({
        durationMs: task.id === 'g.quick' ? 10 : 100,
        accounting: spent(task.id === 'g.quick' ? 120 : 5),
      }),
    })
    assert.deepEqual(results(run), {
      'g.quick': 'success',
      'g.slow': 'skipped (budget)',
      g: 'success',
      outside: 'success',
    })
    const both = simulate({
      plan: plan([
        group(
          'g',
          'parallel',
          [
            agent('g.quick', { process: { budget: tokens(10, 'warn') } }),
            agent('g.slow', { process: { budget: tokens(10, 'warn') } }),
          ],
          {
            budget: tokens(100, 'cancel'),
          },
        ),
        agent('outside'),
      ]),
      engine: eight,
      behave: (task) => ({
        durationMs: task.id === 'g.quick' ? 10 : 100,
        accounting: spent(task.id === 'g.quick' ? 120 : 5),
      }),
    })
    assert.deepEqual(results(both), {
      'g.quick': 'success',
      'g.slow': 'failure (budget)',
      g: 'failure (budget)',
      outside: 'success',
    })
    assert.deepEqual(
      notices(both).filter((message) => message.includes(' g ')),
      ['the budget of g was overshot: 25 tokens over 100, by what was still running when it was used up'],
    )
  })

  it("does not kill who has a part of the run's budget to itself", () => {
    const run = simulate({
      plan: plan(agents(2, { process: { budget: tokens(10, 'warn') } }), {
        budget: tokens(100, 'cancel'),
        reserve: { a1: { tokens: 50 } },
      }),
      engine: eight,
      behave: (task) => ({ durationMs: task.id === 'a0' ? 10 : 100, accounting: spent(task.id === 'a0' ? 80 : 20) }),
    })
    assert.deepEqual(results(run), { a0: 'success', a1: 'success' })
    assert.equal(crossings(run).filter(({ type, scope }) => type === 'budget.exceeded' && scope === null).length, 1)
  })

  it('only tells of the one instance with `warn`', () => {
    const own = (onExceeded: 'stop' | 'warn') =>
      results(
        simulate({
          plan: plan([agent('a', { process: { budget: tokens(100, onExceeded) } })]),
          behave: () => ({ durationMs: 100, progress: [spent(200)], accounting: spent(200) }),
        }),
      )
    assert.deepEqual([own('stop'), own('warn')], [{ a: 'failure (budget)' }, { a: 'success' }])
  })

  it('is that of a fallback where that has one', () => {
    const { tasks } = simulate({
      plan: plan([
        agent('a', { fallback: [{ process: { ...agent('a').process, runtime: 'codex', budget: tokens(500) } }] }),
      ]),
      behave: ({ runtime }) => (runtime === 'claude' ? { failure: { kind: 'exit', code: 1 } } : {}),
    })
    assert.deepEqual(
      tasks.map(({ runtime, budget }) => [runtime, budget?.tokens]),
      [
        ['claude', undefined],
        ['codex', 500],
      ],
    )
  })

  it('kills the one instance also under `stop`, and does not try again', () => {
    const run = simulate({
      plan: plan([agent('a', { process: { budget: tokens(100) }, retry: { attempts: 3, on: ['failure'] } })]),
      behave: () => ({ durationMs: 100, progress: [spent(150), spent(160)], accounting: spent(170) }),
    })
    assert.deepEqual(results(run), { a: 'failure (budget)' })
    assert.equal(run.commands.filter(({ type }) => type === 'stop').length, 1)
    const failing = simulate({
      plan: plan([agent('a', { process: { budget: tokens(100) }, retry: { attempts: 3, on: ['failure'] } })]),
      behave: () => ({ failure: { kind: 'exit', code: 1 }, accounting: spent(170) }),
    })
    assert.equal(failing.tasks.length, 1)
    assert.match(endOf(failing, 'a').detail, /^no other attempt: the budget of a is used up/)
  })
})
