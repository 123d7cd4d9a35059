import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Budget } from '../../src/core/instance.ts'
import { unknownAccounting, type Accounting } from '../../src/core/usage.ts'
import { admitted, dollars, eight, notices, ofRun, startTimes, upTo, upToDollars } from './budget-runs.ts'
import { agent, command, group, plan, tokens } from './plans.ts'
import { endOf, results, runEnd, simulate, spent, type SimulationOptions } from './simulator.ts'

const start = 1_000_000
const one = { maxParallel: { total: 1, agents: 1, commands: 1 } }

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
  it('is a quarter of a dollar before the first has said its price, and their average after that', () => {
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
    const untried = (limit: number) =>
      startTimes(
        simulate({
          plan: plan([agent('a'), agent('b')], { budget: dollars(limit) }),
          behave: () => ({ accounting: spent(1, 0.1) }),
        }),
      )
    assert.deepEqual(untried(0.5), { a: 0, b: 0 })
    assert.deepEqual(untried(0.4), { a: 0, b: 10 })
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

  it('is as much of the budget of a group, in dollars and to the token', () => {
    const times = (budget: Budget, ...members: Parameters<typeof group>[2]) =>
      admitted({}, [group('g', 'parallel', members, { budget })], () => ({
        durationMs: 100,
        accounting: spent(10, 0.1),
      }))
    const [waits, both] = [
      { 'g.a': 0, 'g.b': 100 },
      { 'g.a': 0, 'g.b': 0 },
    ]
    assert.deepEqual(times(dollars(1), upToDollars('g.a', 0.5), upToDollars('g.b', 0.625)), waits)
    assert.deepEqual(times(dollars(1), upToDollars('g.a', 0.5), upToDollars('g.b', 0.5)), both)
    assert.deepEqual(times(tokens(1000), upTo('g.a', 500), upTo('g.b', 501)), waits)
    assert.deepEqual(times(tokens(1000), upTo('g.a', 500), upTo('g.b', 500)), both)
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
