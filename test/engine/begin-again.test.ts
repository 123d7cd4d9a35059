import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Stamped } from '../../src/core/event.ts'
import { mendEvents } from '../../src/journal/mend-events.ts'
import { createOracle } from './oracle/oracle.ts'
import { command, group, plan } from './plans.ts'
import { randomResume, randomRun, seeded } from './random-plan.ts'
import { results, simulate, startOrder, type SimulationOptions } from './simulator.ts'

const runs = Number(process.env['ENGINE_RUNS'] ?? 300)

/** Runs some instances of a run that is over again, and what builds on them. */
function again(options: SimulationOptions, journal: readonly Stamped[], named: readonly string[]) {
  const { events, doubts } = mendEvents(journal, new Map(named.map((id) => [id, 'named'])))
  const mended = events.map(({ event, at }, seq) => ({ v: 2, seq, at, ...event }) as unknown as Stamped)
  return { doubts, mended, simulation: simulate({ ...options, again: [...doubts.keys()] }, mended) }
}

describe('what is named to be run again', () => {
  const exit = { failure: { kind: 'exit', code: 1 } } as const
  const failing: SimulationOptions = {
    plan: plan([
      command('one'),
      command('two'),
      command('sum', { needs: [{ from: 'one', when: 'completed' }] }),
      command('apart'),
    ]),
    behave: ({ id, attempt }) => (attempt === 1 && (id === 'one' || id === 'two') ? exit : {}),
  }

  it('is, with what needs it, and nothing else', () => {
    const first = simulate(failing)
    assert.deepEqual(results(first), {
      one: 'failure (exit:1)',
      two: 'failure (exit:1)',
      sum: 'success',
      apart: 'success',
    })
    const { simulation } = again(failing, first.journal, ['one'])
    assert.deepEqual(startOrder(simulation), ['one', 'sum'])
    assert.deepEqual(results(simulation), { one: 'success', two: 'failure (exit:1)', sum: 'success', apart: 'success' })
  })

  it('is also after it succeeded', () => {
    const { simulation } = again(failing, simulate(failing).journal, ['apart'])
    assert.deepEqual(startOrder(simulation), ['apart'])
  })

  it('is not cancelled again by a failure that ended its group before and stays', () => {
    const options: SimulationOptions = {
      plan: plan([group('g', 'parallel', [command('g.bad'), command('g.slow')], { failFast: true })]),
      behave: ({ id }) => (id === 'g.bad' ? exit : { durationMs: 100 }),
    }
    const first = simulate(options)
    assert.equal(results(first)['g.slow'], 'cancelled (cancelled)')
    const { simulation } = again(options, first.journal, ['g.slow'])
    assert.deepEqual(results(simulation), { 'g.bad': 'failure (exit:1)', 'g.slow': 'success', g: 'failure (exit:1)' })
  })

  it('asks what was cancelled among the cells of a matrix before it, as it did at first', () => {
    const gate = { from: 'm..open', when: 'success', delayMs: 0, plain: false } as const
    const cell = { ...command('m.*', { parent: 'm' }), needs: [gate] }
    const options: SimulationOptions = {
      plan: plan([
        group('m', 'matrix', [], { failFast: true, expansion: { matrix: { v: ['x', 'y'] }, template: [cell] } }),
        command('next', { needs: [{ from: 'm', when: 'completed' }] }),
        command('last', { needs: ['next'], if: '!cancelled()' }),
      ]),
      behave: ({ id }) => (id === 'm.x' ? exit : {}),
    }
    const first = simulate(options)
    assert.deepEqual(results(first), {
      'm.x': 'failure (exit:1)',
      'm.y': 'cancelled (cancelled)',
      m: 'failure (exit:1)',
      next: 'success',
      last: 'skipped (condition)',
    })
    assert.deepEqual(results(again(options, first.journal, ['next']).simulation), results(first))
  })

  it('is skipped when what it was for does not happen this time', () => {
    const options: SimulationOptions = {
      ...failing,
      plan: plan([command('one'), command('alarm', { needs: [{ from: 'one', when: 'failure' }] })]),
    }
    const { simulation } = again(options, simulate(options).journal, ['one'])
    assert.deepEqual(results(simulation), { one: 'success', alarm: 'skipped (upstream)' })
  })
})

describe(`${runs} runs of which something is run again`, () => {
  it('keep every rule, and leave alone what builds on none of it', () => {
    for (let seed = 0; seed < runs; seed++) {
      const { journal } = simulate(randomRun(seed))
      const random = seeded(seed + 11)
      const ended = journal.flatMap((event) => (event.type === 'instance.ended' ? [event.id] : []))
      if (ended.length === 0) continue
      const named = [0, 1].map(() => ended[Math.floor(random() * ended.length)] ?? '')
      const options = randomResume(randomRun(seed), seed + journal.length)
      const oracle = createOracle(options)
      const { doubts, mended } = again(options, journal, named)
      for (const event of mended) oracle.recall(event)
      oracle.problems.length = 0
      const { journal: resumed } = simulate({ ...options, again: [...doubts.keys()], watch: oracle.watch }, mended)
      const where = `seed ${seed}, ${named.join(' and ')} again`
      if (resumed.at(-1)?.type !== 'run.ended') oracle.problems.push('it does not end')
      assert.deepEqual(oracle.problems, [], `${where}:\n  ${oracle.problems.join('\n  ')}`)
      const since = resumed.slice(resumed.findLastIndex(({ type }) => type === 'run.resumed'))
      const had = new Set(journal.flatMap((event) => (event.type === 'instance.ended' ? [event.id] : [])))
      for (const event of since)
        if (event.type === 'attempt.started' && had.has(event.id))
          assert.ok(doubts.has(event.id) || isBelow(event.id, doubts, journal), `${where}: ${event.id} too`)
    }
  })
})

/** Whether it is a member of something that is done again. */
function isBelow(id: string, doubts: ReadonlyMap<string, string>, journal: readonly Stamped[]): boolean {
  const nodes = journal.flatMap((event) =>
    event.type === 'run.started' ? event.plan.instances : event.type === 'plan.expanded' ? event.instances : [],
  )
  const node = nodes.find((one) => one.id === id)
  const parent = node === undefined || node.kind === 'gate' ? undefined : node.parent
  return parent !== undefined && (doubts.has(parent) || isBelow(parent, doubts, journal))
}
