import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { agent, command, plan } from './plans.ts'
import { endOf, results, simulate, type Behaviour, type Simulation } from './simulator.ts'

const start = 1_000_000
const one = { maxParallel: { total: Infinity, agents: 1, commands: 1 } }
const refusals = Array.from({ length: 3 }, (_, index) => agent(`a${index}`, { priority: 1 }))
const later = (id: string, afterMs: number) => agent(id, { startAt: { afterMs } })
const usedUp = (resetAt?: number): Behaviour => ({
  failure: { kind: 'quota', detail: 'used up', ...(resetAt !== undefined && { resetAt }) },
})
const throttles = (run: Simulation) =>
  run.journal.flatMap((event) =>
    event.type === 'provider.throttled' ? [`${event.at - start} ${event.open ? 'open' : event.limit}`] : [],
  )

describe('a circuit that opened for want of quota', () => {
  it('lets one attempt ask again at the time the quota is reset, and then the rest', () => {
    const run = simulate({
      plan: plan([...refusals, agent('ready'), later('early', 50), ...['x', 'y'].map((id) => later(id, 200))]),
      engine: { maxParallel: { total: Infinity, agents: 8, commands: 1 } },
      behave: ({ id }) => (id.startsWith('a') ? usedUp(start + 100) : { durationMs: id === 'ready' ? 5 : 10 }),
    })
    assert.deepEqual(throttles(run), ['10 open', '100 1'])
    assert.equal(results(run)['early'], 'skipped (quota)', 'nothing waits for it')
    assert.deepEqual([results(run)['x'], results(run)['y']], ['success', 'success'])
    const starts = run.journal.flatMap(({ type, at }) => (type === 'attempt.started' && at > start ? [at - start] : []))
    assert.deepEqual(starts, [200, 210], 'one after the other')
  })

  it('opens again when that one is refused', () => {
    const run = simulate({
      plan: plan([...refusals, ...['x', 'y', 'z'].map((id) => later(id, 200))]),
      engine: one,
      behave: ({ id }, at) => (id.startsWith('a') || id === 'x' ? usedUp(at + 100) : {}),
    })
    assert.deepEqual(throttles(run), ['30 open', '120 1', '210 open'])
    assert.deepEqual(
      ['x', 'y', 'z'].map((id) => results(run)[id]),
      ['failure (quota)', 'skipped (quota)', 'skipped (quota)'],
    )
    assert.match(endOf(run, 'y').detail, /resets at 1970-01-01 00:16:40 UTC$/)
  })

  it('keeps to the time that was named when it opened, whatever an older attempt hears', () => {
    const run = simulate({
      plan: plan([agent('slow', { priority: 2 }), ...refusals, later('x', 200)]),
      engine: { maxParallel: { total: Infinity, agents: 2, commands: 1 } },
      behave: ({ id }) =>
        id === 'x' ? {} : id === 'slow' ? { durationMs: 80, ...usedUp(start + 150) } : usedUp(start + 100),
    })
    assert.deepEqual(throttles(run), ['30 open', '100 1'])
    assert.equal(results(run)['x'], 'success')
  })

  it('does not keep a run whose other work is done', () => {
    const run = simulate({
      plan: plan([...refusals, command('c')]),
      engine: one,
      behave: ({ id }) => (id === 'c' ? { durationMs: 500 } : usedUp(start + 86_400_000)),
    })
    assert.equal((run.journal.at(-1)?.at ?? 0) - start, 500)
  })

  it('stays open when no time was named, when that was over, and for a key that is refused', () => {
    for (const behaviour of [
      usedUp(),
      usedUp(start - 1),
      { failure: { kind: 'auth', detail: 'no' } } as const satisfies Behaviour,
    ]) {
      const run = simulate({
        plan: plan([...refusals, later('x', 5000)]),
        engine: one,
        behave: ({ id }) => (id === 'x' ? {} : behaviour),
      })
      assert.deepEqual(throttles(run), ['30 open'])
      assert.match(results(run)['x'] ?? '', /^skipped/)
    }
  })

  it('is not closed by an overload that an older attempt reports', () => {
    const run = simulate({
      plan: plan([agent('slow', { priority: 2 }), ...refusals, later('x', 200)]),
      engine: { maxParallel: { total: Infinity, agents: 2, commands: 1 } },
      behave: ({ id }) =>
        id === 'slow' ? { durationMs: 100, failure: { kind: 'overloaded', detail: '529' } } : usedUp(start + 5000),
    })
    assert.deepEqual(throttles(run), ['30 open'])
    assert.equal(results(run)['x'], 'skipped (quota)')
  })
})
