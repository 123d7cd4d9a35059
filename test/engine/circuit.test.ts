import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Failure } from '../../src/core/failure.ts'
import { agent, command, plan } from './plans.ts'
import { endOf, results, runEnd, simulate, type Behaviour, type Simulation } from './simulator.ts'

const start = 1_000_000
const reset = Date.UTC(2026, 0, 1)
const one = { maxParallel: { total: Infinity, agents: 1, commands: 1 } }
const agents = (count: number, overrides: Parameters<typeof agent>[1] = {}) =>
  Array.from({ length: count }, (_, index) => agent(`a${index}`, overrides))
const refusals = agents(3, { priority: 1 })
const later = (id: string, afterMs: number) => agent(id, { startAt: { afterMs } })
const quota = (resetAt?: number): Failure => ({
  kind: 'quota',
  detail: 'used up',
  ...(resetAt !== undefined && { resetAt }),
})
const usedUp = (resetAt?: number): Behaviour => ({ failure: quota(resetAt) })
const throttles = (run: Simulation) => run.journal.filter((event) => event.type === 'provider.throttled')
const changes = (run: Simulation) =>
  throttles(run).map(({ at, open, limit }) => `${at - start} ${open ? 'open' : limit}`)

describe('the circuit of a provider', () => {
  it('opens at the third refusal in a row for want of quota, and the rest does not start', () => {
    const run = simulate({
      plan: plan(agents(6)),
      engine: one,
      behave: () => ({ failure: { kind: 'quota', detail: 'used up', resetAt: reset } }),
    })
    assert.equal(run.tasks.length, 3)
    assert.deepEqual(Object.values(results(run)), [
      ...Array(3).fill('failure (quota)'),
      ...Array(3).fill('skipped (quota)'),
    ])
    assert.equal(
      endOf(run, 'a5').detail,
      'claude is paused (3 times in a row: quota: used up); resets at 2026-01-01 00:00:00 UTC',
    )
    assert.deepEqual(
      throttles(run).map(({ open, limit, until }) => ({ open, limit, until })),
      [{ open: true, limit: 0, until: reset }],
    )
    assert.equal(runEnd(run).result, 'failure')
  })

  it('stays closed when one succeeds between', () => {
    const run = simulate({
      plan: plan(agents(6)),
      engine: one,
      behave: (task) => (task.id === 'a2' ? {} : { failure: { kind: 'auth', detail: 'no' } }),
    })
    assert.equal(run.tasks.length, 6)
    assert.equal(throttles(run).length, 1)
  })

  it('does not open for a refusal that follows one for want of quota', () => {
    const run = simulate({
      plan: plan(agents(2, { retry: { attempts: 2, on: ['rate-limit'] } })),
      engine: one,
      behave: (task) => {
        if (task.id === 'a0') return { failure: { kind: 'quota', detail: '' } }
        return task.attempt === 1 ? { failure: { kind: 'rate-limit', detail: '429', retryAfterMs: 10 } } : {}
      },
    })
    assert.deepEqual(results(run), { a0: 'failure (quota)', a1: 'success' })
    assert.deepEqual(
      throttles(run).map(({ open, limit }) => ({ open, limit })),
      [{ open: false, limit: 1 }],
    )
  })

  it('fails who has tried before', () => {
    const run = simulate({
      plan: plan([
        agent('tried', { priority: 1, retry: { attempts: 2, on: ['failure'], backoffMs: 1000 } }),
        ...agents(3),
        agent('other', { needs: [{ from: 'a2', when: 'always' }], process: { runtime: 'codex' } }),
      ]),
      engine: one,
      behave: (task) => {
        if (task.id === 'tried') return { failure: { kind: 'exit', code: 1 } }
        return task.id === 'other' ? {} : { failure: { kind: 'auth', detail: 'no' } }
      },
    })
    assert.equal(results(run)['tried'], 'failure (auth)')
    assert.equal(results(run)['other'], 'success')
    assert.equal(run.tasks.filter(({ id }) => id === 'tried').length, 1)
  })

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
      [{ attempt: 1, fallback: 0, why: 'claude is paused (3 times in a row: auth: no)' }],
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
      detail: 'claude is paused (3 times in a row: quota: used up); resets at 2026-01-01 00:00:00 UTC',
    })
    const refused: Failure = { kind: 'auth', detail: 'no' }
    assert.equal(told(refused, refused, refused).until, 0)
    assert.deepEqual(told(quota(), quota(), quota()), {
      until: 0,
      detail: 'claude is paused (3 times in a row: quota: used up)',
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
    assert.equal(endOf(run, 'a5').at, start + 20)
  })

  it('makes a run fail whose failures were all forgiven', () => {
    const run = simulate({
      plan: plan([...agents(3, { continueOnError: true }), agent('last')]),
      engine: one,
      behave: () => ({ failure: { kind: 'auth', detail: 'no' } }),
    })
    assert.deepEqual(results(run)['last'], 'skipped (auth)')
    assert.equal(runEnd(run).result, 'failure')
    assert.equal(runEnd(run).reason, '1 instance could not run because the budget or quota ran out')
  })
})

describe('a circuit that opened for want of quota', () => {
  it('lets one attempt ask again at the time the quota is reset, and then the rest', () => {
    const run = simulate({
      plan: plan([...refusals, agent('ready'), later('early', 50), ...['x', 'y'].map((id) => later(id, 200))]),
      engine: { maxParallel: { total: Infinity, agents: 8, commands: 1 } },
      behave: ({ id }) => (id.startsWith('a') ? usedUp(start + 100) : { durationMs: id === 'ready' ? 5 : 10 }),
    })
    assert.deepEqual(changes(run), ['10 open', '100 1'])
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
    assert.deepEqual(changes(run), ['30 open', '120 1', '210 open'])
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
    assert.deepEqual(changes(run), ['30 open', '100 1'])
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
      usedUp(start + 30),
      { failure: { kind: 'auth', detail: 'no' } } as const satisfies Behaviour,
    ]) {
      const run = simulate({
        plan: plan([...refusals, later('x', 5000)]),
        engine: one,
        behave: ({ id }) => (id === 'x' ? {} : behaviour),
      })
      assert.deepEqual(changes(run), ['30 open'])
      assert.match(results(run)['x'] ?? '', /^skipped/)
      const resetAt = behaviour.failure?.kind === 'quota' ? behaviour.failure.resetAt : undefined
      assert.equal(throttles(run)[0]?.until, resetAt ?? 0)
      const wakes = run.commands.flatMap((each) => (each.type === 'wake' ? [each.at - start] : []))
      assert.deepEqual(wakes, [5000])
    }
  })

  it('is not closed by an overload that an older attempt reports', () => {
    const run = simulate({
      plan: plan([agent('slow', { priority: 2 }), ...refusals, later('x', 200)]),
      engine: { maxParallel: { total: Infinity, agents: 2, commands: 1 } },
      behave: ({ id }) =>
        id === 'slow' ? { durationMs: 100, failure: { kind: 'overloaded', detail: '529' } } : usedUp(start + 5000),
    })
    assert.deepEqual(changes(run), ['30 open'])
    assert.equal(results(run)['x'], 'skipped (quota)')
  })
})
