import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Failure } from '../../src/core/failure.ts'
import type { RetryPolicy } from '../../src/core/instance.ts'
import { classesOf, delayOf } from '../../src/engine/retry.ts'
import { agent, command, plan } from './plans.ts'
import { endOf, results, runEnd, simulate, startOrder, type Behaviour } from './simulator.ts'

const policy: RetryPolicy = { attempts: 3, on: ['overloaded'], backoffMs: 1000, maxBackoffMs: 3000 }
const overloaded: Failure = { kind: 'overloaded', detail: '529' }
const exit: Failure = { kind: 'exit', code: 2 }
const retries = (of: { journal: readonly { type: string }[] }) =>
  of.journal.filter(({ type }) => type === 'instance.retrying')

describe('retries', () => {
  it('know the class of each failure', () => {
    const classes = (failure: Failure) => classesOf(failure).join(' ')
    assert.equal(classes(exit), 'failure')
    assert.equal(classes({ kind: 'denied', detail: '' }), 'failure')
    assert.equal(classes({ kind: 'signal', signal: 'SIGKILL' }), 'crash')
    assert.equal(classes({ kind: 'limit', limit: 'memory', detail: '' }), 'crash')
    assert.equal(classes({ kind: 'crash', detail: '' }), 'crash')
    assert.equal(classes({ kind: 'crash', detail: '', beforeOutput: true }), 'crash crash-before-output')
    assert.equal(classes({ kind: 'spawn', code: 'ENOENT', detail: '' }), '')
    assert.equal(classes({ kind: 'spawn', code: 'EAGAIN', detail: '' }), 'crash crash-before-output')
    for (const kind of ['rate-limit', 'overloaded', 'no-output', 'invalid-output'] as const)
      assert.equal(classes({ kind, detail: '' }), kind)
    assert.equal(classes({ kind: 'timeout', limit: 'idle', afterMs: 1 }), 'timeout')
    for (const kind of ['quota', 'auth', 'budget'] as const) assert.equal(classes({ kind, detail: '' }), '')
    assert.equal(classes({ kind: 'lost' }), '')
  })

  it('back off exponentially with full jitter, under a cap, and never before the time asked for', () => {
    assert.deepEqual(
      [1, 2, 3, 4].map((tries) => delayOf(policy, tries, overloaded, 0.5)),
      [500, 1000, 1500, 1500],
    )
    assert.equal(delayOf(policy, 1, overloaded, 0), 0)
    assert.equal(delayOf(policy, 1, exit, 0), 0)
    assert.equal(delayOf(policy, 1, { ...overloaded, retryAfterMs: 9000 }, 0.5), 9000)
    assert.equal(delayOf(policy, 1, { kind: 'rate-limit', detail: '', retryAfterMs: 9000 }, 0.5), 9000)
    assert.equal(delayOf(policy, 2, { ...overloaded, retryAfterMs: 10 }, 0.5), 1000)
  })

  it('are made as often as the policy says and say why', () => {
    const run = simulate({
      plan: plan([command('a', { retry: { attempts: 3, on: ['failure'] } })]),
      behave: () => ({ failure: exit }),
    })
    assert.deepEqual(startOrder(run), ['a', 'a', 'a'])
    assert.deepEqual(
      run.tasks.map((task) => task.attempt),
      [1, 2, 3],
    )
    assert.deepEqual(results(run), { a: 'failure (exit:2)' })
    const [first] = retries(run)
    assert.deepEqual(first, {
      type: 'instance.retrying',
      id: 'a',
      attempt: 2,
      dueAt: 1_000_510,
      why: 'exit:2',
      v: 1,
      seq: 3,
      at: 1_000_010,
    })
    assert.equal(run.journal.at(-1)?.at, 1_000_010 + 500 + 10 + 1000 + 10)
  })

  it('are not made after a failure that is not named', () => {
    const run = simulate({
      plan: plan([command('a', { retry: { attempts: 3, on: ['timeout'] } })]),
      behave: () => ({ failure: { kind: 'exit', code: 2, detail: 'it broke' } }),
    })
    assert.equal(run.tasks.length, 1)
    assert.equal(endOf(run, 'a').detail, 'it broke')
  })

  it('are made when one of the classes of a failure is named, and none where it has no class', () => {
    const triesOf = (on: RetryPolicy['on'], failure: Failure): number =>
      simulate({
        plan: plan([command('a', { retry: { attempts: 3, on, backoffMs: 0 } })]),
        behave: () => ({ failure }),
      }).tasks.length
    const crash: Failure = { kind: 'crash', detail: '', beforeOutput: true }
    assert.equal(triesOf(['crash-before-output'], crash), 3)
    assert.equal(triesOf(['crash'], crash), 3)
    assert.equal(triesOf(['failure', 'crash', 'timeout'], { kind: 'auth', detail: '' }), 1)
  })

  it('wait for their own time, not for that of an earlier delay', () => {
    const run = simulate({
      plan: plan([
        command('a', { startAt: { afterMs: 100 }, retry: { attempts: 2, on: ['failure'], backoffMs: 1000 } }),
      ]),
      behave: (task) => (task.attempt === 1 ? { failure: exit } : {}),
    })
    assert.equal(run.journal.at(-1)?.at, 1_000_000 + 100 + 10 + 500 + 10)
  })

  it('end in success when one succeeds', () => {
    const run = simulate({
      plan: plan([command('a', { retry: { attempts: 2, on: ['failure'] } })]),
      behave: (task) => (task.attempt === 1 ? { failure: exit } : {}),
    })
    assert.deepEqual(results(run), { a: 'success' })
    assert.equal(runEnd(run).result, 'success')
  })

  it('do not count an attempt that was lost with us', () => {
    const lost: Behaviour = { failure: { kind: 'lost' } }
    const run = simulate({ plan: plan([command('a')]), behave: (task) => (task.attempt < 3 ? lost : {}) })
    assert.deepEqual(results(run), { a: 'success' })
    assert.equal(run.tasks.length, 3)
  })
})

describe('fallbacks', () => {
  const fallback = [
    { runtime: 'codex' },
    { model: 'haiku' },
    { process: agent('x', { process: { runtime: 'gemini' } }).process },
  ]

  it('follow the retries, each with attempts of its own, counted on', () => {
    const run = simulate({
      plan: plan([agent('a', { retry: { attempts: 2, on: ['failure'] }, fallback, process: { model: 'opus' } })]),
      behave: () => ({ failure: exit }),
    })
    assert.deepEqual(
      run.tasks.map(({ attempt, runtime, model }) => `${attempt} ${runtime} ${model}`),
      [
        '1 claude opus',
        '2 claude opus',
        '3 codex undefined',
        '4 codex undefined',
        '5 claude haiku',
        '6 claude haiku',
        '7 gemini undefined',
        '8 gemini undefined',
      ],
    )
    const moves = retries(run).flatMap((event) => ('fallback' in event ? [event.fallback] : []))
    assert.deepEqual(moves, [0, 1, 2])
  })

  it('mend what retries cannot', () => {
    const kinds: Failure[] = [
      { kind: 'auth', detail: '' },
      { kind: 'quota', detail: '' },
      { kind: 'spawn', code: 'ENOENT', detail: '' },
    ]
    for (const failure of kinds) {
      const run = simulate({
        plan: plan([agent('a', { fallback: [{ runtime: 'codex', agent: 'other' }] })]),
        behave: (task) => (task.runtime === 'claude' ? { failure } : {}),
      })
      assert.deepEqual(results(run), { a: 'success' })
      assert.equal(run.tasks[1]?.agent, 'other')
    }
  })

  it('do not follow a budget that is used up', () => {
    const run = simulate({
      plan: plan([agent('a', { fallback })]),
      behave: () => ({ failure: { kind: 'budget', detail: 'enough' } }),
    })
    assert.deepEqual(results(run), { a: 'failure (budget)' })
  })
})
