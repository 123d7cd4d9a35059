import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Failure } from '../../src/core/failure.ts'
import { agent, plan } from './plans.ts'
import { endOf, results, simulate, type Simulation } from './simulator.ts'

const agents = (count: number, overrides: Parameters<typeof agent>[1] = {}) =>
  Array.from({ length: count }, (_, index) => agent(`a${index}`, overrides))
const one = { maxParallel: { total: 1, agents: 1, commands: 1 } }
const throttles = (run: Simulation) => run.journal.filter((event) => event.type === 'provider.throttled')
const quota = (resetAt?: number): Failure => ({
  kind: 'quota',
  detail: 'none',
  ...(resetAt !== undefined && { resetAt }),
})
const reset = Date.UTC(2026, 0, 1)

describe('the circuit of a provider', () => {
  it('sends those to their fallback who were not tried yet, and says so', () => {
    const run = simulate({
      plan: plan(agents(4, { fallback: [{ runtime: 'codex' }] })),
      engine: one,
      behave: (task) => (task.runtime === 'codex' ? {} : { failure: { kind: 'auth', detail: 'no' } }),
    })
    assert.deepEqual(results(run), { a0: 'success', a1: 'success', a2: 'success', a3: 'success' })
    const moved = run.journal.flatMap((event) =>
      event.type === 'instance.retrying' && event.id === 'a3' ? [event] : [],
    )
    assert.deepEqual(
      moved.map(({ attempt, fallback, why }) => ({ attempt, fallback, why })),
      [{ attempt: 1, fallback: 0, why: 'claude is not asked any more (3 times in a row: auth: no)' }],
    )
    assert.deepEqual(
      run.tasks.filter(({ id }) => id === 'a3').map(({ runtime, attempt }) => `${attempt} ${runtime}`),
      ['1 codex'],
    )
  })

  it('tells the time of the reset that was told once, and none where none was', () => {
    const told = (...failures: readonly Failure[]) => {
      const run = simulate({
        plan: plan(agents(4)),
        engine: one,
        behave: ({ id }) => ({ failure: failures[Number(id.slice(1))] ?? null }),
      })
      return { until: throttles(run)[0]?.until, detail: endOf(run, 'a3').detail }
    }
    assert.deepEqual(told(quota(reset), quota(), quota()), {
      until: reset,
      detail: 'claude is not asked any more (3 times in a row: quota: none); resets at 2026-01-01 00:00:00 UTC',
    })
    assert.deepEqual(told(quota(), quota(), quota()), {
      until: 0,
      detail: 'claude is not asked any more (3 times in a row: quota: none)',
    })
  })

  it('ends those at once that wait for the end of a pause', () => {
    const run = simulate({
      plan: plan(agents(6, { retry: { attempts: 2, on: ['rate-limit'] } })),
      engine: { maxParallel: { total: 4, agents: 4, commands: 1 } },
      behave: ({ id }) =>
        id === 'a0'
          ? { durationMs: 10, failure: { kind: 'rate-limit', detail: '429', retryAfterMs: 60_000 } }
          : { durationMs: 20, failure: quota() },
    })
    assert.deepEqual(results(run)['a5'], 'skipped (quota)')
    assert.equal(endOf(run, 'a5').at, 1_000_020)
  })
})

describe('the pause of a provider', () => {
  it('is as long as it asked for, once', () => {
    const run = simulate({
      plan: plan(agents(3, { retry: { attempts: 3, on: ['rate-limit'], backoffMs: 100 } })),
      engine: { ...one, random: () => 0 },
      behave: ({ id, attempt }) => {
        if (id === 'a2' || attempt > 1) return {}
        return { failure: { kind: 'rate-limit', detail: '429', ...(id === 'a0' && { retryAfterMs: 5000 }) } }
      },
    })
    assert.deepEqual(
      throttles(run).map(({ until, at }) => until - at),
      [5000, 50],
      'a success between begins with the first backoff again',
    )
  })

  it('may be a single millisecond', () => {
    const run = simulate({
      plan: plan(agents(1, { retry: { attempts: 2, on: ['rate-limit'], backoffMs: 0 } })),
      behave: ({ attempt }) => (attempt === 1 ? { failure: { kind: 'rate-limit', detail: '', retryAfterMs: 1 } } : {}),
    })
    assert.deepEqual(
      throttles(run).map(({ until, at }) => until - at),
      [1],
    )
  })
})
