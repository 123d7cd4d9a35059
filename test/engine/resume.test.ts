import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { RunEvent } from '../../src/core/event.ts'
import { agent, command, plan, tokens } from './plans.ts'
import { results, simulate, spent, startOrder, type Simulation, type SimulationOptions } from './simulator.ts'

const exit = { failure: { kind: 'exit', code: 1 } } as const
const one = { maxParallel: { total: 1, agents: 1, commands: 1 } }

/** Goes on from the events up to the first of this kind, included. */
function cutAfter(options: SimulationOptions, last: (event: RunEvent) => boolean): Simulation {
  const { journal } = simulate(options)
  return simulate({ ...options, script: [] }, journal.slice(0, journal.findIndex(last) + 1))
}

const startOf =
  (id: string) =>
  (event: RunEvent): boolean =>
    event.type === 'attempt.started' && event.id === id

describe('what was lost in a crash', () => {
  it('takes its mutex again', () => {
    let most = 0
    const run = cutAfter(
      {
        plan: plan([
          command('a', { concurrency: { group: 'm', cancelInProgress: false } }),
          command('b', { concurrency: { group: 'm', cancelInProgress: false } }),
        ]),
        watch: ({ simulation }) => (most = Math.max(most, simulation.running.size)),
      },
      startOf('a'),
    )
    assert.deepEqual(results(run), { a: 'success', b: 'success' })
    assert.equal(most, 1)
  })

  it('waits for what it needs when that runs again', () => {
    const options: SimulationOptions = {
      plan: plan([command('bad'), command('after', { needs: [{ from: 'bad', when: 'completed' }] })]),
      behave: (task) => (task.id === 'bad' && task.attempt === 1 ? exit : { durationMs: 20 }),
    }
    const { journal } = cutAfter(options, startOf('after'))
    const done = journal.findLastIndex((event) => event.type === 'instance.ended' && event.id === 'bad')
    const starts = journal.slice(done).flatMap((event) => (event.type === 'attempt.started' ? [event.id] : []))
    assert.deepEqual(starts, ['after'])
  })

  it('is not run again when what it was for has not happened this time', () => {
    const run = cutAfter(
      {
        plan: plan([command('flaky'), command('alarm', { needs: [{ from: 'flaky', when: 'failure' }] })]),
        behave: (task) => (task.id === 'flaky' && task.attempt === 1 ? exit : {}),
      },
      startOf('alarm'),
    )
    assert.deepEqual(results(run), { flaky: 'success', alarm: 'skipped (upstream)' })
  })

  it('does not use up an attempt, and what failed before has used its own', () => {
    const options: SimulationOptions = {
      plan: plan([command('a', { retry: { attempts: 3, on: ['failure'], backoffMs: 0 } })]),
      behave: () => exit,
    }
    const run = cutAfter(options, (event) => event.type === 'attempt.started' && event.attempt === 2)
    assert.deepEqual(
      run.tasks.map(({ attempt }) => attempt),
      [3, 4],
      'one attempt failed, one was lost, two are left',
    )
  })

  it('asks its provider where its earlier outcome was found, and lost again with the process', () => {
    const made = plan([agent('a')])
    const { journal } = simulate({ plan: made, behave: () => ({ restored: true }) })
    const found = journal.findIndex(({ type }) => type === 'instance.restored')
    const run = simulate(
      { plan: made, behave: () => ({ failure: { kind: 'rate-limit', detail: '429' } }) },
      journal.slice(0, found + 1),
    )
    assert.equal(run.journal.filter(({ type }) => type === 'provider.throttled').length, 1)
  })

  it('has spent what it last said', () => {
    const run = cutAfter(
      {
        plan: plan([agent('a'), agent('b')], { budget: tokens(1000) }),
        engine: one,
        behave: () => ({ progress: [spent(1000)], accounting: spent(1200) }),
      },
      ({ type }) => type === 'attempt.progress',
    )
    assert.deepEqual(startOrder(run), [])
    assert.deepEqual(results(run), { a: 'failure (lost)', b: 'skipped (budget)' })
  })
})

describe('what is known of a provider', () => {
  it('is not mixed up with that of a fallback an earlier process had come to', () => {
    const codex = { needs: ['a'], process: { runtime: 'codex' } }
    const options: SimulationOptions = {
      plan: plan([agent('a', { fallback: [{ runtime: 'codex' }] }), agent('b', codex), agent('c', codex)]),
      behave: ({ attempt, runtime }) =>
        attempt > 2
          ? {}
          : { failure: runtime === 'codex' ? { kind: 'overloaded', detail: '529' } : { kind: 'auth', detail: 'no' } },
    }
    const first = simulate(options)
    const second = simulate(options, first.journal)
    const done = second.journal.findIndex((event) => event.type === 'instance.ended' && event.result === 'success')
    let most = 0
    const behave = () => ({})
    const watch = ({ simulation }: { simulation: Simulation }) => (most = Math.max(most, simulation.running.size))
    const third = simulate({ ...options, behave, watch }, second.journal.slice(0, done + 1))
    assert.deepEqual(startOrder(third), ['b', 'c'])
    assert.equal(most, 1, 'codex had refused one at a time, and nothing of it has succeeded since')
  })

  it('counts what a fallback of an earlier process did for the provider that did it', () => {
    const codex = { process: { runtime: 'codex' } }
    const options: SimulationOptions = {
      plan: plan([
        agent('refused', { ...codex, continueOnError: true }),
        agent('a', { fallback: [{ runtime: 'codex' }] }),
        ...['b', 'c'].map((id) => agent(id, { ...codex, needs: ['a'] })),
      ]),
      behave: ({ id, runtime }) => {
        if (id === 'refused') return { failure: { kind: 'overloaded', detail: '529' } }
        return runtime === 'codex' ? {} : { failure: { kind: 'auth', detail: 'no' } }
      },
    }
    const { journal } = simulate(options)
    const done = journal.findIndex((event) => event.type === 'instance.ended' && event.id === 'a')
    let most = 0
    const watch = ({ simulation }: { simulation: Simulation }) => (most = Math.max(most, simulation.running.size))
    simulate({ ...options, watch }, journal.slice(0, done + 1))
    assert.equal(most, 2, 'codex had refused one at a time, and one of it has succeeded since')
  })
})
