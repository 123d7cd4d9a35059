import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { agent, command, group, plan, type ProcessOverrides } from './plans.ts'
import { endOf, results, runEnd, simulate, startOrder, type SimulationOptions } from './simulator.ts'

const exit = { failure: { kind: 'exit', code: 1 } } as const

/** Three that take 10, 20 and 300 ms. */
const three = ['a', 'b', 'c'].map((id) => command(id))
const slowly: NonNullable<SimulationOptions['behave']> = ({ id }) => ({
  durationMs: { a: 10, b: 20, c: 300 }[id.split('.').at(-1) ?? ''] ?? 10,
})
const two = (overrides: ProcessOverrides = {}) => command('two', { needs: ['a', 'b', 'c'], ...overrides })

/** The same as members of a group, of which `two` asks for two. */
const reviewers = group('g', 'parallel', [agent('g.a'), agent('g.b'), agent('g.c')])

describe('join: { at-least: 2 }', () => {
  it('starts at the second edge taken and leaves the others to end', () => {
    const run = simulate({ plan: plan([...three, two({ join: { atLeast: 2, cancelRest: false } })]), behave: slowly })
    assert.equal(run.journal.find((event) => event.type === 'attempt.started' && event.id === 'two')?.at, 1_000_020)
    assert.deepEqual(results(run), { a: 'success', b: 'success', two: 'success', c: 'success' })
  })

  it('cancels them with cancel-rest, which is no failure and no cancellation of the run, and stays so when it is resumed', () => {
    const options: SimulationOptions = {
      plan: plan([
        ...three,
        two({ join: { atLeast: 2, cancelRest: true } }),
        command('asked', { needs: ['two'], if: '!cancelled()' }),
        command('last', { needs: ['two'] }),
      ]),
      behave: (task, at) => (task.id === 'last' && task.attempt === 1 ? exit : slowly(task, at)),
    }
    const run = simulate(options)
    assert.equal(results(run)['c'], 'cancelled (not-needed)')
    assert.equal(endOf(run, 'c').detail, 'two has as many as it needs')
    assert.equal(results(run)['asked'], 'success')
    assert.equal(runEnd(run).reason, '1 instance failed: last')
    const again = simulate(options, run.journal)
    assert.deepEqual(startOrder(again), ['last'])
    assert.equal(runEnd(again).result, 'success')
  })

  it('cancels a group of which nothing has started as a whole', () => {
    const run = simulate({
      plan: plan([
        command('a'),
        command('c'),
        group('g', 'parallel', [command('g.x')], { needs: ['c'] }),
        command('one', { needs: ['a', 'g'], join: { atLeast: 1, cancelRest: true } }),
      ]),
      behave: slowly,
    })
    const unneeded = 'cancelled (not-needed)'
    assert.deepEqual(results(run), { a: 'success', 'g.x': unneeded, g: unneeded, one: 'success', c: 'success' })
    assert.equal(endOf(run, 'g').detail, 'one has as many as it needs')
  })

  it('leaves to the end what of a group is not needed by an edge that was taken before', () => {
    const edge = { from: 'g', when: 'success', atLeast: 1 } as const
    const run = simulate({
      plan: plan([
        group('g', 'parallel', [command('g.a'), command('g.c')]),
        command('c'),
        command('one', { needs: [edge, 'c'], join: { atLeast: 1, cancelRest: true } }),
      ]),
      behave: slowly,
    })
    assert.deepEqual(results(run), {
      'g.a': 'success',
      one: 'success',
      c: 'cancelled (not-needed)',
      'g.c': 'success',
      g: 'success',
    })
  })

  it('counts a delay from the second end, whichever members they were', () => {
    const run = simulate({
      plan: plan([
        group(
          'g',
          'parallel',
          ['c', 'b', 'a'].map((key) => command(`g.${key}`)),
        ),
        command('two', { needs: [{ from: 'g', when: 'success', atLeast: 2, delayMs: 100 }] }),
      ]),
      behave: slowly,
    })
    assert.equal(run.journal.find((event) => event.type === 'attempt.started' && event.id === 'two')?.at, 1_000_120)
  })

  it('ends what was still to start without starting it', () => {
    const run = simulate({
      plan: plan([...three, two({ join: { atLeast: 2, cancelRest: true } })]),
      engine: { maxParallel: { total: 1, agents: 1, commands: 1 } },
    })
    assert.deepEqual(startOrder(run), ['a', 'b', 'two'])
    assert.equal(results(run)['c'], 'cancelled (not-needed)')
    assert.equal(runEnd(run).result, 'success')
  })

  it('says which edges keep it from ever starting', () => {
    const run = simulate({
      plan: plan([...three, two({ join: { atLeast: 2, cancelRest: false } })]),
      behave: ({ id }) => (id === 'c' ? { durationMs: 300 } : exit),
    })
    assert.equal(endOf(run, 'two').at, 1_000_010)
    const why = (id: string): string => `edge from ${id} not taken (${id} failed, edge wants success)`
    assert.equal(endOf(run, 'two').detail, `2 edges can no longer be taken: ${why('a')}; ${why('b')}`)
  })
})

describe('needs: { instance: reviewers, at-least: 2 }', () => {
  const merge = (more: { cancelRest?: true } = {}) => command('merge', { needs: [{ from: 'g', atLeast: 2, ...more }] })

  it('starts at the second success of a member', () => {
    const run = simulate({ plan: plan([reviewers, merge()]), behave: slowly })
    assert.equal(run.journal.find((event) => event.type === 'attempt.started' && event.id === 'merge')?.at, 1_000_020)
    assert.equal(results(run)['g.c'], 'success')
  })

  it('cancels the members that still run, after which the group is what the others were', () => {
    const run = simulate({ plan: plan([reviewers, merge({ cancelRest: true })]), behave: slowly })
    assert.equal(results(run)['g.c'], 'cancelled (not-needed)')
    assert.equal(results(run)['g'], 'success')
    assert.equal(runEnd(run).result, 'success')
  })

  it('is skipped as soon as so many can no longer succeed', () => {
    const run = simulate({
      plan: plan([reviewers, merge()]),
      behave: (task, at) => ({ ...slowly(task, at), ...(task.id !== 'g.c' && exit) }),
    })
    assert.equal(endOf(run, 'merge').at, 1_000_020)
    assert.match(endOf(run, 'merge').detail, /\(0 of its members did, edge wants success of at least 2\)/)
  })

  it('counts the cells of a matrix that is known only while running', () => {
    const gate = { from: 'm..open', when: 'success', delayMs: 0, plain: false } as const
    const matrix = group('m', 'matrix', [], {
      expansion: { matrix: { v: ['a', 'b', 'c'] }, template: [{ ...command('m.*', { parent: 'm' }), needs: [gate] }] },
    })
    const run = simulate({
      plan: plan([matrix, command('merge', { needs: [{ from: 'm', atLeast: 2, cancelRest: true }] })]),
      behave: slowly,
    })
    assert.deepEqual(results(run), {
      'm.a': 'success',
      'm.b': 'success',
      'm.c': 'cancelled (not-needed)',
      m: 'success',
      merge: 'success',
    })
  })

  it('goes on from every prefix of its journal with no success run twice', () => {
    const options: SimulationOptions = { plan: plan([reviewers, merge({ cancelRest: true })]), behave: slowly }
    const { journal } = simulate(options)
    for (let length = 1; length < journal.length; length++) {
      const earlier = journal.slice(0, length)
      const done = new Set(
        earlier.map((event) => (event.type === 'instance.ended' && event.result === 'success' ? event.id : '')),
      )
      const resumed = simulate(options, earlier)
      assert.deepEqual(
        startOrder(resumed).filter((id) => done.has(id)),
        [],
        `after the first ${length} events`,
      )
      assert.equal(runEnd(resumed).result, 'success', `after the first ${length} events`)
    }
  })

  it('counts what had ended before the instance joined the plan', () => {
    const gate = { from: 'm..open', when: 'success', delayMs: 0, plain: false } as const
    const cells = (atLeast: number) => {
      const asks = { from: 'g', when: 'failure', delayMs: 0, plain: false, atLeast } as const
      const template = [{ ...command('m.*', { parent: 'm' }), needs: [gate, asks] }]
      return group('m', 'matrix', [], { needs: ['late'], expansion: { matrix: { v: ['x'] }, template } })
    }
    const of = (atLeast: number): string | undefined =>
      results(
        simulate({
          plan: plan([reviewers, command('late', { startAt: { afterMs: 1000 } }), cells(atLeast)]),
          behave: ({ id }) => (id === 'g.a' || id === 'g.b' ? exit : {}),
        }),
      )['m.x']
    assert.deepEqual([of(1), of(2), of(3)], ['success', 'success', 'skipped (upstream)'])
  })
})
