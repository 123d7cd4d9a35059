import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Task } from '../../src/core/task.ts'
import { startTimes } from './budget-runs.ts'
import { agent, plan } from './plans.ts'
import { endOf, simulate, spent, type Behaviour } from './simulator.ts'

const eight = { maxParallel: { total: 8, agents: 8, commands: 8 } }
const sharing = (id: string, prefix = 'p') => agent(id, { process: { prefix } })

/** Answers for the first time after a third of its second. */
const answers: Behaviour = { durationMs: 900, progress: [spent(1, 0.01), spent(2, 0.02)] }

function timesOf(ids: readonly string[], behave: (task: Task) => Behaviour) {
  const run = simulate({ plan: plan(ids.map((id) => sharing(id))), engine: eight, behave })
  return { run, times: startTimes(run), leaders: run.tasks.filter((task) => task.leads).map((task) => task.id) }
}

describe('agents with the same prefix', () => {
  it('start when the first has begun to answer, all at once', () => {
    const { times, leaders } = timesOf(['a', 'b', 'c'], () => answers)
    assert.deepEqual(times, { a: 0, b: 300, c: 300 })
    assert.deepEqual(leaders, ['a'])
  })

  it('wait for an answer, not for a sign of life', () => {
    const { times } = timesOf(['a', 'b'], () => ({ durationMs: 900, progress: [spent(1)] }))
    assert.deepEqual(times, { a: 0, b: 900 })
  })

  it('of another prefix, or of none, wait for nobody', () => {
    const run = simulate({
      plan: plan([sharing('a'), sharing('b'), sharing('x', 'q'), agent('free')]),
      engine: eight,
      behave: () => answers,
    })
    assert.deepEqual(startTimes(run), { a: 0, b: 300, x: 0, free: 0 })
  })

  it('are led by the next when the first fails or is cancelled before it has answered', () => {
    const failing = timesOf(['a', 'b', 'c'], ({ id }) =>
      id === 'a' ? { durationMs: 50, failure: { kind: 'exit', code: 1 } } : answers,
    )
    assert.deepEqual(failing.times, { a: 0, b: 50, c: 350 })
    assert.deepEqual(failing.leaders, ['a', 'b'])
    const run = simulate({
      plan: plan([sharing('a'), sharing('b'), sharing('c')]),
      engine: eight,
      behave: () => answers,
      script: [{ at: 20, event: { type: 'instance.cancelled', id: 'a', by: 'someone' } }],
    })
    assert.deepEqual(startTimes(run), { a: 0, b: 21, c: 321 })
    assert.equal(endOf(run, 'c').result, 'success')
  })

  it('wait half a minute for one that does not answer, and no longer', () => {
    const { times } = timesOf(['a', 'b', 'c'], ({ id }) => (id === 'a' ? { durationMs: 90_000 } : answers))
    assert.deepEqual(times, { a: 0, b: 30_000, c: 30_000 })
  })

  it('are led again when the provider has forgotten: after five minutes in which nobody asked', () => {
    const late = (afterMs: number) => ({ startAt: { afterMs }, process: { prefix: 'p' } })
    const run = simulate({
      plan: plan([
        sharing('a'),
        agent('b', late(200_000)),
        agent('c', late(400_000)),
        agent('d', late(800_000)),
        agent('e', late(800_000)),
      ]),
      engine: eight,
      behave: () => answers,
    })
    assert.deepEqual(
      run.tasks.filter((task) => task.leads).map((task) => task.id),
      ['a', 'd'],
    )
    assert.equal(startTimes(run)['e'], 800_300)
    for (const [afterAnswer, leads] of [
      [299_999, false],
      [300_000, true],
    ] as const) {
      const next = agent('b', late(300 + afterAnswer))
      const { tasks } = simulate({ plan: plan([sharing('a'), next]), engine: eight, behave: () => answers })
      assert.equal(tasks.at(-1)?.leads === true, leads, `${afterAnswer} ms after the answer`)
    }
  })

  it('share nothing with one that falls back', () => {
    const run = simulate({
      plan: plan([
        agent('a', {
          process: { prefix: 'p' },
          fallback: [{ runtime: 'codex' }],
          retry: { attempts: 1, on: [], backoffMs: 1, maxBackoffMs: 1 },
        }),
        sharing('b'),
      ]),
      engine: eight,
      behave: ({ id, attempt }) =>
        id === 'a' && attempt === 1 ? { durationMs: 50, failure: { kind: 'exit', code: 1 } } : answers,
    })
    assert.deepEqual(
      run.tasks.filter((task) => task.leads).map(({ id, attempt }) => `${id} ${attempt}`),
      ['a 1', 'b 1'],
    )
  })
})
