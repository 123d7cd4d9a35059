import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Failure } from '../../src/core/failure.ts'
import { agent, command, plan } from './plans.ts'
import { runEnd, simulate, type Simulation } from './simulator.ts'

const agents = (count: number, overrides: Parameters<typeof agent>[1] = {}) =>
  Array.from({ length: count }, (_, index) => agent(`a${index}`, overrides))
const throttles = (run: Simulation) => run.journal.filter((event) => event.type === 'provider.throttled')
const eight = { maxParallel: { total: Infinity, agents: 8, commands: 1 } }
const refused = (retryAfterMs?: number): Failure => ({
  kind: 'rate-limit',
  detail: '429',
  ...(retryAfterMs !== undefined && { retryAfterMs }),
})

describe('a provider that refuses', () => {
  it('is left alone by all its instances for the time it asks for', () => {
    const starts: number[] = []
    const run = simulate({
      plan: plan(agents(3, { retry: { attempts: 2, on: ['rate-limit'], backoffMs: 0 } })),
      engine: { maxParallel: { total: Infinity, agents: 1, commands: 1 } },
      behave: (task, at) => {
        starts.push(at - 1_000_000)
        return task.id === 'a0' && task.attempt === 1 ? { failure: refused(5000) } : {}
      },
    })
    assert.deepEqual(starts, [0, 5010, 5020, 5030])
    assert.equal(throttles(run)[0]?.until, 1_005_010)
    assert.equal(throttles(run)[0]?.why, 'rate-limit: 429')
  })

  it('is left alone for that time, and then asked by fewer, also after a crash right behind its refusal', () => {
    const made = plan(agents(2, { retry: { attempts: 2, on: ['rate-limit'], backoffMs: 0 } }))
    const first = simulate({ plan: made, behave: () => ({ failure: refused(5000) }) })
    const refusal = first.journal.findIndex(({ type }) => type === 'attempt.ended')
    const starts: number[] = []
    simulate(
      {
        plan: made,
        behave: (_task, at) => {
          starts.push(at - (first.journal[refusal]?.at ?? 0))
          return {}
        },
      },
      first.journal.slice(0, refusal + 1),
    )
    assert.deepEqual(starts, [5000, 5010])
  })

  it('is left alone by all runtimes that ask it', () => {
    const starts: Record<string, number> = {}
    const run = simulate({
      plan: plan([
        agent('a', { retry: { attempts: 2, on: ['rate-limit'] } }),
        agent('b', { process: { runtime: 'codex' } }),
      ]),
      engine: { maxParallel: { total: 1, agents: 1, commands: 1 }, provider: () => 'one account' },
      behave: (task, at) => {
        starts[`${task.id}${task.attempt}`] = at - 1_000_000
        return task.id === 'a' && task.attempt === 1 ? { failure: refused(5000) } : {}
      },
    })
    assert.deepEqual(starts, { a1: 0, a2: 5010, b1: 5020 })
    assert.equal(throttles(run)[0]?.provider, 'one account')
  })

  it('gives other providers no pause', () => {
    const starts: Record<string, number> = {}
    simulate({
      plan: plan([
        agent('a', { retry: { attempts: 2, on: ['rate-limit'] } }),
        agent('b', { process: { runtime: 'codex' } }),
      ]),
      engine: { maxParallel: { total: 1, agents: 1, commands: 1 } },
      behave: (task, at) => {
        starts[`${task.id}${task.attempt}`] = at - 1_000_000
        return task.id === 'a' && task.attempt === 1 ? { failure: refused(5000) } : {}
      },
    })
    assert.deepEqual(starts, { a1: 0, b1: 10, a2: 5010 })
  })

  it('without a time gets a pause between half and all of the backoff, growing while it refuses', () => {
    const run = simulate({
      plan: plan([agent('a', { retry: { attempts: 4, on: ['overloaded'], backoffMs: 1000, maxBackoffMs: 3000 } })]),
      engine: { random: () => 0.5 },
      behave: () => ({ failure: { kind: 'overloaded', detail: '529' } }),
    })
    assert.deepEqual(
      throttles(run).map(({ until, at }) => until - at),
      [750, 1500, 2250, 2250],
    )
  })

  it('without a time gets no pause while it serves others: who was refused waits, the next one starts', () => {
    const starts: Record<string, number> = {}
    const run = simulate({
      plan: plan(agents(3, { retry: { attempts: 2, on: ['overloaded'], backoffMs: 10_000 } })),
      engine: { maxParallel: { total: Infinity, agents: 2, commands: 1 } },
      behave: (task, at) => {
        starts[`${task.id}.${task.attempt}`] = at - 1_000_000
        if (task.id === 'a1' && task.attempt === 1) return { failure: { kind: 'overloaded', detail: '529' } }
        return { durationMs: 100 }
      },
    })
    assert.deepEqual(starts, { 'a0.1': 0, 'a1.1': 0, 'a2.1': 100, 'a1.2': 5010 })
    assert.deepEqual(
      throttles(run).map(({ limit, until, at }) => ({ limit, pauseMs: until - at })),
      [{ limit: 1, pauseMs: 0 }],
    )
  })

  it('is asked by half as many, not fewer than it serves, and by one more after as many successes', () => {
    const serving = new Set<string>()
    let most = 0
    let wasted = 0
    const run = simulate({
      plan: plan(agents(24, { retry: { attempts: 9, on: ['overloaded'], backoffMs: 10, maxBackoffMs: 50 } })),
      engine: eight,
      behave: (task) => {
        if (serving.size >= 3) {
          wasted++
          return { durationMs: 1, failure: { kind: 'overloaded', detail: '529' } }
        }
        serving.add(task.id)
        return { durationMs: 100 }
      },
      watch: ({ event, simulation }) => {
        if (event.type === 'attempt.ended' && event.failure === null) serving.delete(event.id)
        if (event.type === 'attempt.started' && event.at > 1_000_300) most = Math.max(most, simulation.running.size)
      },
    })
    assert.equal(runEnd(run).result, 'success')
    assert.equal(throttles(run)[0]?.limit, 7)
    assert.deepEqual(
      throttles(run)
        .slice(0, 5)
        .map(({ limit }) => limit),
      [7, 6, 5, 4, 4],
    )
    assert.ok(most <= 4, `${most} at once`)
    assert.ok(wasted <= 15, `${wasted} refused`)
    assert.ok(simulatedMs(run) <= 1400, `${simulatedMs(run)} ms`)
  })
})

describe('a provider that had refused', () => {
  it('gets one more at a time after as many successes as its limit', () => {
    let most = 0
    const run = simulate({
      plan: plan(agents(20, { retry: { attempts: 2, on: ['overloaded'], backoffMs: 0 } })),
      engine: { maxParallel: { total: Infinity, agents: 4, commands: 1 } },
      behave: (task) =>
        task.attempt === 1 && Number(task.id.slice(1)) < 4
          ? { durationMs: 10, failure: { kind: 'overloaded', detail: '529' } }
          : { durationMs: 100 },
      watch: ({ simulation }) => {
        if (simulation.now > 1_000_020) most = Math.max(most, simulation.running.size)
      },
    })
    assert.deepEqual(
      throttles(run).map(({ limit }) => limit),
      [3, 2, 2, 2],
    )
    const at = (ms: number): number =>
      run.journal.filter(({ type, at: time }) => type === 'attempt.started' && time === 1_000_000 + ms).length
    assert.deepEqual([at(10), at(110), at(210), at(310)], [2, 3, 4, 4])
    assert.equal(most, 4)
  })

  it('counts the successes since its limit last changed, by a refusal or by success', () => {
    const lasting = [50, 100, 100, 60, 80]
    let started = 0
    const run = simulate({
      plan: plan(agents(11, { retry: { attempts: 2, on: ['overloaded'], backoffMs: 0 } })),
      engine: { maxParallel: { total: Infinity, agents: 4, commands: 1 } },
      behave: ({ id, attempt }) =>
        attempt === 1 && Number(id.slice(1)) < 4
          ? { failure: { kind: 'overloaded', detail: '529' } }
          : { durationMs: lasting[started++] ?? 1000 },
    })
    const starts = run.journal.filter(({ type, at }) => type === 'attempt.started' && at > 1_000_000)
    assert.deepEqual(
      [...Map.groupBy(starts, ({ at }) => at - 1_000_000)].map(([at, all]) => `${all.length} at ${at}`).slice(0, 6),
      ['2 at 10', '1 at 60', '2 at 110', '1 at 160', '1 at 170', '2 at 190'],
    )
  })

  it('is not asked by more for a refusal that comes late, of one that was under way when the first came', () => {
    const late = Array.from({ length: 200 }, (_, index) => agent(`b${index}`, { startAt: { afterMs: 20 } }))
    const run = simulate({
      plan: plan([...agents(8), ...late]),
      engine: { maxParallel: { total: Infinity, agents: 16, commands: 1 } },
      behave: ({ id }) =>
        id === 'a0' || id === 'a1'
          ? { durationMs: id === 'a0' ? 10 : 200, failure: { kind: 'overloaded', detail: '529' } }
          : { durationMs: 20 },
    })
    assert.deepEqual(
      throttles(run).map(({ limit }) => limit),
      [7, 7],
    )
  })

  it('is asked by half of those that ran when the first of many was refused', () => {
    const run = simulate({
      plan: plan(agents(5)),
      engine: eight,
      behave: () => ({ failure: { kind: 'overloaded', detail: '529' } }),
    })
    assert.deepEqual(
      throttles(run).map(({ limit }) => limit),
      [4, 3, 2, 2, 2],
    )
  })
})

describe('an attempt that is refused while others of its provider run', () => {
  /** Of three agents the second is always refused, and asks again beside the third once the first has ended. */
  const givingWay = (attempts: number, on: readonly ('rate-limit' | 'overloaded')[]): string[] =>
    simulate({
      plan: plan([...agents(3, { retry: { attempts, on } }), agent('other', { process: { runtime: 'codex' } })]),
      engine: eight,
      behave: ({ id }) => (id === 'a1' ? { failure: refused() } : { durationMs: id === 'a0' ? 1000 : 100_000 }),
    }).tasks.flatMap(({ id, attempt, givesWay }) => (givesWay ? [`${id}.${attempt}`] : []))

  it('gives way, but for its last', () => {
    assert.deepEqual(givingWay(3, ['rate-limit', 'overloaded']), ['a1.1', 'a2.1', 'a1.2'])
    assert.deepEqual(givingWay(2, ['rate-limit', 'overloaded']), ['a1.1', 'a2.1'])
  })

  it('does not where its policy would let it fail', () => {
    assert.deepEqual(givingWay(3, ['rate-limit']), [])
    assert.deepEqual(givingWay(3, ['overloaded']), [])
  })
})

describe('starts of agents', () => {
  it('of one provider are spaced, those of others and of commands are not', () => {
    const starts: Record<string, number> = {}
    simulate({
      plan: plan([...agents(3), agent('codex', { process: { runtime: 'codex' } }), command('c0'), command('c1')]),
      engine: { maxParallel: { total: Infinity, agents: 8, commands: 8 }, spacingMs: 250 },
      behave: (task, at) => {
        starts[task.id] = at - 1_000_000
        return { durationMs: 1000 }
      },
    })
    assert.deepEqual(starts, { a0: 0, a1: 250, a2: 500, codex: 0, c0: 0, c1: 0 })
  })

  it('do not wait for one that takes up an earlier outcome, for which nobody is asked', () => {
    const starts: number[] = []
    simulate({
      plan: plan(agents(3)),
      engine: { maxParallel: { total: Infinity, agents: 8, commands: 8 }, spacingMs: 250 },
      behave: (task, at) => {
        starts.push(at - 1_000_000)
        return { durationMs: 1000, restored: task.id === 'a0' }
      },
    })
    assert.deepEqual(starts, [0, 0, 250])
  })
})

describe('the pause of a provider', () => {
  it('is as long as it asked for, once', () => {
    const run = simulate({
      plan: plan(agents(3, { retry: { attempts: 3, on: ['rate-limit'], backoffMs: 100 } })),
      engine: { maxParallel: { total: 1, agents: 1, commands: 1 }, random: () => 0 },
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

  it('is none while one other is served', () => {
    const run = simulate({
      plan: plan(agents(2)),
      behave: ({ id }) => (id === 'a0' ? { failure: { kind: 'overloaded', detail: '529' } } : { durationMs: 100 }),
    })
    assert.deepEqual(
      throttles(run).map(({ until, at }) => until - at),
      [0],
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

function simulatedMs(run: Simulation): number {
  return (run.journal.at(-1)?.at ?? 0) - (run.journal[0]?.at ?? 0)
}
