import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createMakespan } from '../../src/engine/rehearse.ts'
import { agent, command, group, plan } from './plans.ts'
import { simulate, startOrder } from './simulator.ts'

type Limits = { readonly total: number; readonly agents: number; readonly commands: number }

/** How many random numbers the rehearsal of a plan draws: none when the first order is as good as any can be. */
function drawn(limits: Limits, lasting: Record<string, number>, ...instances: Parameters<typeof plan>[0]): number {
  let count = 0
  simulate({
    plan: plan(instances),
    engine: { maxParallel: limits, durations: new Map(Object.entries(lasting)), random: () => (count++, 0.5) },
    behave: ({ id }) => ({ durationMs: lasting[id] ?? 0 }),
  })
  return count
}

const many = 8
const chain = [command('a'), command('b', { needs: ['a'] }), command('c')]
const each = (make: typeof command, ...ids: string[]) => ids.map((id) => make(id))
const ten = { a: 10, b: 10, c: 10, d: 10 }

describe('a rehearsal with earlier durations', () => {
  it('looks for no other order where none takes less than the longest way', () => {
    assert.equal(drawn({ total: 2, agents: many, commands: many }, { a: 20, b: 20, c: 10 }, chain), 0)
    assert.equal(drawn({ total: many, agents: many, commands: many }, ten, chain), 0)
  })

  it('nor where all slots are at work until the end, be it those of a pool or all', () => {
    assert.equal(
      drawn({ total: 2, agents: many, commands: many }, ten, each(agent, 'a', 'b'), each(command, 'c', 'd')),
      0,
    )
    assert.equal(drawn({ total: many, agents: 2, commands: many }, ten, each(agent, 'a', 'b', 'c', 'd')), 0)
    assert.equal(drawn({ total: many, agents: many, commands: 2 }, ten, each(command, 'a', 'b', 'c', 'd')), 0)
    assert.equal(drawn({ total: many, agents: 1, commands: 1 }, ten, each(agent, 'a', 'b'), each(command, 'c', 'd')), 0)
  })

  it('nor for the last hundredth', () => {
    const of = (longest: number): number =>
      drawn({ total: 2, agents: many, commands: many }, { a: longest, b: 500, c: 500 }, each(command, 'a', 'b', 'c'))
    assert.equal(of(990), 0, '1000 where nothing beats 995')
    assert.notEqual(of(960), 0, '1000 where nothing beats 980')
  })

  it('nor where there is less than a millisecond of work for each', () => {
    const of = (ms: number): number =>
      drawn({ total: 2, agents: 2, commands: 2 }, { a: ms, b: ms, c: ms }, each(command, 'a', 'b', 'c'))
    assert.equal(of(1.9), 0)
    assert.notEqual(of(2), 0)
  })

  it('looks for one where slots of a pool, or of both, stay empty, but not for long', () => {
    for (const [limits, make] of [
      [{ total: 2, agents: many, commands: many }, command],
      [{ total: 2, agents: many, commands: many }, agent],
      [{ total: many, agents: 2, commands: many }, agent],
      [{ total: many, agents: many, commands: 2 }, command],
    ] as const) {
      const count = drawn(limits, ten, each(make, 'a', 'b', 'c'))
      assert.ok(count > 3900 && count <= 4000, `${count} for 3 instances, 6 at a time`)
    }
    const of = (lasting: Record<string, number>): number =>
      drawn({ total: 2, agents: 2, commands: 2 }, lasting, each(command, 'a', 'b', 'c'))
    assert.notEqual(of({ a: 10 }), 0, 'a single duration stands for all')
    assert.equal(of({}), 0, 'without durations')
  })

  it('looks at 4000 nodes in all, and draws nothing for the first ten', () => {
    const five = ['a', 'b', 'c', 'd', 'e']
    const lasting = Object.fromEntries(five.map((id) => [id, 10]))
    assert.equal(drawn({ total: 2, agents: many, commands: many }, lasting, each(command, ...five)), 4000 - 10)
  })

  it('is over after one look at a large plan', () => {
    const ids = Array.from({ length: 2001 }, (_, index) => `i${index}`)
    const lasting = Object.fromEntries(ids.map((id) => [id, 10]))
    const long = { ...lasting, i0: 50_000, i1: 50_000, i2: 50_000 }
    assert.equal(drawn({ total: 2, agents: 2, commands: 2 }, long, each(command, ...ids)), 0)
  })

  it('lets groups take no time, from either end', () => {
    const lasting: Record<string, number> = { a: 40, b: 30, 'g.c': 10, z: 30 }
    const run = simulate({
      plan: plan([
        command('a'),
        command('b'),
        ...group('g', 'sequence', [command('g.c')]),
        command('z', { needs: ['g'] }),
      ]),
      engine: {
        maxParallel: { total: 2, agents: 2, commands: 2 },
        durations: new Map([...Object.entries(lasting), ['g', 500], ['g..open', 500]]),
      },
      behave: ({ id }) => ({ durationMs: lasting[id] ?? 0 }),
    })
    assert.deepEqual(startOrder(run), ['b', 'g.c', 'a', 'z'])
  })
})

describe('how long a plan takes', () => {
  const gated = group('g', 'matrix', [], { expansion: { matrix: { v: '${{ fromJSON(inputs.list) }}' }, template: [] } })
  const of = (total: number, lasting: Record<string, number>): number =>
    createMakespan(plan([gated, command('b', { needs: ['g'] }), command('c'), command('d')]), {
      random: () => 0.5,
      timeZone: 'UTC',
      maxParallel: { total, agents: total, commands: total },
    })(new Map(Object.entries(lasting)))

  it('is that of its longest way, or of what waits for a slot', () => {
    assert.equal(of(3, { b: 30, c: 20, d: 10 }), 30)
    assert.equal(of(1, { b: 30, c: 20, d: 10 }), 60)
    assert.equal(of(2, { b: 30, c: 20 }), 30, 'what is not named takes no time')
    assert.equal(of(2, {}), 0)
  })

  it('has the time of a matrix whose cells are not known yet, which takes no slot', () => {
    assert.equal(of(1, { g: 100, b: 30, c: 20, d: 10 }), 130)
    assert.equal(of(1, { g: 10, b: 30, c: 20, d: 10 }), 60)
  })
})
