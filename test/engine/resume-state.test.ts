import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { RunEvent, Stamped } from '../../src/core/event.ts'
import type { Failure } from '../../src/core/failure.ts'
import type { Budget } from '../../src/core/instance.ts'
import { agent, command, group, plan } from './plans.ts'
import { endOf, results, runEnd, simulate, spent, startOrder, type Behaviour, type Simulation } from './simulator.ts'
import { expression } from '../rig/conditions.ts'

const one = { maxParallel: { total: 1, agents: 1, commands: 1 } }
const exit: Behaviour = { failure: { kind: 'exit', code: 1 } }
const failing =
  (...ids: string[]) =>
  (task: { id: string }): Behaviour =>
    ids.includes(task.id) ? exit : {}

/** The journal up to the first event of this type about this instance, that event included. */
function upTo(run: Simulation, type: RunEvent['type'], id: string, attempt?: number): Stamped[] {
  const index = run.journal.findIndex(
    (event) =>
      event.type === type &&
      'id' in event &&
      event.id === id &&
      (attempt === undefined || ('attempt' in event && event.attempt === attempt)),
  )
  assert.notEqual(index, -1, `no ${type} of ${id}`)
  return run.journal.slice(0, index + 1)
}

/** What happened from the resume on: `type id`. */
function since(run: Simulation, prefix: readonly Stamped[], type: RunEvent['type']): string[] {
  return run.journal
    .slice(prefix.length)
    .flatMap((event) => (event.type === type && 'id' in event ? [String(event.id)] : []))
}

describe('a resumed instance', () => {
  it('waits for all its upstreams again', () => {
    const made = plan([command('a'), command('b'), command('c', { needs: ['a', 'b'] })])
    const behave = (task: { id: string }) => ({ durationMs: task.id === 'b' ? 100 : 10 })
    const prefix = upTo(simulate({ plan: made, behave }), 'instance.ended', 'a')
    assert.deepEqual(startOrder(simulate({ plan: made, behave }, prefix)), ['b', 'c'])
  })

  it('waits for one that is taken when one is enough', () => {
    const made = plan([command('a', { if: 'false' }), command('b'), command('c', { join: 'any', needs: ['a', 'b'] })])
    const behave = () => ({ durationMs: 100 })
    const prefix = upTo(simulate({ plan: made, behave }), 'attempt.started', 'b')
    const run = simulate({ plan: made, behave }, prefix)
    assert.deepEqual(startOrder(run), ['b', 'c'])
    const none = simulate({ plan: made, behave: failing('b') }, prefix)
    assert.equal(results(none)['c'], 'skipped (upstream)')
  })

  it('waits for its group to open, whatever else it has', () => {
    for (const join of ['all', 'any'] as const) {
      const made = plan([
        command('x'),
        command('slow'),
        ...group('g', 'parallel', [command('g.a', { join, needs: ['x'] })], { needs: ['slow'] }),
      ])
      const behave = (task: { id: string }) => ({ durationMs: task.id === 'slow' ? 100 : 10 })
      const whole = simulate({ plan: made, behave })
      assert.deepEqual(startOrder(whole), ['x', 'slow', 'g.a'])
      assert.equal(whole.journal.at(-1)?.at, 1_000_110)
      const prefix = upTo(whole, 'instance.ended', 'x')
      const run = simulate({ plan: made, behave }, prefix)
      const starts = run.journal
        .slice(prefix.length)
        .flatMap((event) => (event.type === 'attempt.started' ? [`${event.id} ${event.at}`] : []))
      assert.deepEqual(starts, ['slow 1000010', 'g.a 1000110'])
    }
  })

  it('stays out of a group that is closed, also with an upstream that could still be taken', () => {
    const made = plan([
      ...group('g', 'parallel', [command('g.a', { join: 'any', needs: ['never', 'y'] })], { if: 'false' }),
      command('never', { if: 'false' }),
      command('y'),
    ])
    const behave = () => ({ durationMs: 100 })
    const first = simulate({ plan: made, behave })
    const prefix = upTo(first, 'attempt.started', 'y').filter(
      (event) => event.type !== 'instance.ended' || !['g.a', 'g'].includes(event.id),
    )
    const run = simulate({ plan: made, behave }, prefix)
    assert.deepEqual(startOrder(run), ['y'])
    assert.equal(results(run)['g.a'], 'skipped (upstream)')
    assert.equal(endOf(run, 'g.a').at, prefix.at(-1)?.at)
  })

  it('waits for the delay of its edge, counted from the end that stands', () => {
    const made = plan([
      command('a'),
      command('b'),
      command('all', { needs: [{ from: 'a', delayMs: 500 }, 'b'] }),
      command('any', {
        join: 'any',
        needs: [
          { from: 'a', delayMs: 500 },
          { from: 'b', delayMs: 900 },
        ],
      }),
    ])
    const first = simulate({ plan: made })
    const run = simulate({ plan: made }, upTo(first, 'instance.ended', 'b'))
    const at = (id: string) => run.journal.find((event) => event.type === 'attempt.started' && event.id === id)?.at
    assert.deepEqual([at('all'), at('any')], [1_000_510, 1_000_510])
  })

  it('waits for the delay of its edge anew when its upstream runs again', () => {
    const made = plan([
      command('a'),
      command('c', { join: 'any', needs: [{ from: 'a', when: 'always', delayMs: 500 }] }),
    ])
    const first = simulate({ plan: made, behave: failing('a') })
    const second = simulate({ plan: made, behave: () => ({ durationMs: 300 }) }, upTo(first, 'instance.ended', 'a'))
    const start = second.journal.find((event) => event.type === 'attempt.started' && event.id === 'c')
    assert.equal(start?.at, 1_000_010 + 300 + 500)
  })

  it('does not wait for a time that a clock told which was put back meanwhile', () => {
    const made = plan([command('a'), command('c', { needs: [{ from: 'a', when: 'always', delayMs: 500 }] })])
    const first = upTo(simulate({ plan: made, behave: failing('a') }), 'instance.ended', 'a')
    const ahead = first.map((event, index) => (index === first.length - 1 ? { ...event, at: 9_000_000 } : event))
    const back: Stamped = { v: 1, seq: first.length, at: 1_000_020, type: 'notice', level: 'notice', message: 'back' }
    const second = simulate({ plan: made }, [...ahead, back])
    const start = second.journal.find((event) => event.type === 'attempt.started' && event.id === 'c')
    assert.equal(start?.at, 1_000_020 + 10 + 500)
  })

  it('that had failed runs once its upstream succeeds, not before, and is not held by what failed then', () => {
    const made = plan([
      command('a'),
      command('b', { needs: ['a'], join: 'any' }),
      command('c', { needs: [{ from: 'a', when: 'always' }], if: 'failure()' }),
      command('d', { needs: [{ from: 'a', when: 'always' }], if: 'cancelled()' }),
    ])
    const first = simulate({ plan: made, behave: failing('a') })
    assert.deepEqual([results(first)['b'], results(first)['c']], ['skipped (upstream)', 'success'])
    const second = simulate({ plan: made }, first.journal)
    assert.deepEqual(startOrder(second), ['a', 'b'])
    const stopped = simulate({
      plan: made,
      behave: () => ({ durationMs: 100 }),
      script: [{ at: 50, event: { type: 'instance.cancelled', id: 'a', by: 'me' } }],
    })
    const again = simulate({ plan: made }, upTo(stopped, 'instance.ended', 'a'))
    assert.deepEqual(startOrder(again), ['a', 'b'])
    assert.equal(results(again)['d'], 'skipped (condition)')
  })

  it('has neither result nor outcome while it runs again', () => {
    const made = plan([
      command('quick'),
      command('bad'),
      command('z', {
        join: 'any',
        needs: [
          { from: 'quick', when: 'always' },
          { from: 'bad', when: 'success' },
        ],
        process: { env: { SEEN: '[${{ needs.bad.result }}|${{ needs.bad.outcome }}|${{ needs.bad.reason }}]' } },
      }),
    ])
    const first = simulate({ plan: made, behave: failing('quick', 'bad', 'z') })
    const second = simulate(
      { plan: made, behave: ({ id }) => ({ durationMs: id === 'bad' ? 500 : 10 }) },
      first.journal,
    )
    assert.equal(second.tasks.find(({ id }) => id === 'z')?.env['SEEN'], '[||]')
  })

  it('has its retries back after it was stopped, and can be stopped again', () => {
    const made = plan([command('a', { retry: { attempts: 2, on: ['failure'], backoffMs: 0 } })])
    const slow = (): Behaviour => ({ durationMs: 100 })
    const cancel = { type: 'instance.cancelled', id: 'a', by: 'me' } as const
    const first = simulate({ plan: made, behave: slow, script: [{ at: 50, event: cancel }] })
    const retried = simulate({ plan: made, behave: (task) => (task.attempt === 2 ? exit : {}) }, first.journal)
    assert.deepEqual([retried.tasks.length, results(retried)['a']], [2, 'success'])
    const again = simulate({ plan: made, behave: slow, script: [{ at: 51 + 40, event: cancel }] }, first.journal)
    assert.equal(again.commands.filter(({ type }) => type === 'stop').length, 1)
    assert.equal(results(again)['a'], 'cancelled (cancelled)')
  })

  it('counts its time from its first start to its last end', () => {
    const made = plan([command('a', { outputs: { ms: '${{ result.duration-ms }}' } })])
    const first = simulate({ plan: made, behave: () => ({ ...exit, durationMs: 100 }) })
    const second = simulate({ plan: made, behave: () => ({ durationMs: 30 }) }, first.journal)
    assert.deepEqual(endOf(second, 'a').outputs, { ms: 130 })
  })

  it('keeps to the time of its retry', () => {
    const made = plan([command('a', { retry: { attempts: 4, on: ['failure'], backoffMs: 1000 } })])
    const first = simulate({ plan: made, behave: () => exit })
    const prefix = upTo(first, 'instance.retrying', 'a', 3)
    const due = prefix.at(-1)
    assert.equal(due?.type, 'instance.retrying')
    const second = simulate({ plan: made }, prefix)
    const started = second.journal.slice(prefix.length).find(({ type }) => type === 'attempt.started')
    assert.equal(started?.at, due?.type === 'instance.retrying' ? due.dueAt : undefined)
  })

  it('is judged once, however many attempts it had', () => {
    const made = plan([command('a', { retry: { attempts: 4, on: ['failure'], backoffMs: 10 } })])
    const prefix = upTo(simulate({ plan: made, behave: () => exit }), 'attempt.ended', 'a', 2)
    const second = simulate({ plan: made }, prefix)
    assert.deepEqual(since(second, prefix, 'instance.retrying'), ['a'])
    assert.equal(second.tasks[0]?.attempt, 3)
  })

  it('is not started for being downstream of what runs again when it was not selected', () => {
    const options = { plan: plan([command('a'), command('b'), command('c', { needs: ['a'] })]), only: ['a', 'b'] }
    const first = simulate({ ...options, behave: ({ id }) => (id === 'a' ? exit : { durationMs: 100 }) })
    const second = simulate(options, upTo(first, 'instance.ended', 'a'))
    assert.deepEqual(startOrder(second), ['a', 'b'])
    assert.equal(results(second)['c'], 'skipped (not-selected)')
  })
})

describe('an edge with an expression, after a resume', () => {
  const made = plan([
    command('good'),
    command('bad'),
    command('slow'),
    command('alarm', { needs: [{ from: 'bad', when: expression('failure()') }, 'slow'] }),
    command('next', { needs: [{ from: 'good', when: expression("needs.good.text == 'first'") }, 'slow'] }),
    command('no', { join: 'any', needs: [{ from: 'good', when: expression('false') }, 'slow'] }),
  ])
  const behave =
    (text: string, bad: Behaviour) =>
    ({ id }: { id: string }): Behaviour =>
      id === 'bad' ? bad : { text, durationMs: id === 'slow' ? 100 : 10 }
  const first = simulate({ plan: made, behave: behave('first', exit) })
  const prefix = upTo(first, 'attempt.started', 'slow')
  const cut = first.journal.slice(0, first.journal.findLastIndex(({ type }) => type === 'edge.decided') + 1)
  const asked = (run: Simulation) =>
    run.journal.flatMap((event) => (event.type === 'edge.decided' ? [`${event.from}-${event.to} ${event.taken}`] : []))

  it('is not asked again where its upstream stays as it is, and is where that runs again', () => {
    const second = simulate({ plan: made, behave: behave('second', {}) }, cut)
    assert.deepEqual(asked(second).toSorted(), ['bad-alarm false', 'bad-alarm true', 'good-next true', 'good-no false'])
    assert.equal(results(second)['alarm'], 'skipped (upstream)')
    assert.equal(results(second)['next'], 'success')
    assert.equal(results(second)['no'], 'success')
    const whole = simulate({ plan: made, behave: behave('first', exit) }, prefix)
    assert.equal(new Set(asked(whole)).size, asked(whole).length)
  })
})

describe('a resumed group', () => {
  const members = [command('g.a'), command('g.b'), command('g.c', { if: 'false' })]

  it('ends as its members end now', () => {
    const made = plan(group('g', 'parallel', members, { failFast: true }))
    const first = simulate({ plan: made, behave: failing('g.a') })
    assert.equal(results(first)['g'], 'failure (exit:1)')
    assert.equal(results(simulate({ plan: made }, first.journal))['g'], 'success')
    const again = simulate(
      { plan: made, behave: ({ id }) => (id === 'g.a' ? exit : { durationMs: 100 }) },
      upTo(first, 'instance.ended', 'g.a'),
    )
    assert.equal(results(again)['g.b'], 'cancelled (cancelled)', 'the first failure of this run counts')
  })

  it('none of whose members ran is skipped, and so is the run', () => {
    const made = plan([
      ...group(
        'g',
        'parallel',
        members.map((member) => ({ ...member, if: 'false' })),
      ),
    ])
    const first = simulate({ plan: made })
    const second = simulate({ plan: made }, upTo(first, 'instance.ended', 'g.b'))
    assert.equal(results(second)['g'], 'skipped (condition)')
    assert.equal(runEnd(second).result, 'skipped')
  })

  it('none of whose members was stopped has succeeded', () => {
    const made = plan(group('g', 'parallel', members))
    const second = simulate({ plan: made }, upTo(simulate({ plan: made }), 'instance.ended', 'g.a'))
    assert.equal(results(second)['g'], 'success')
  })

  it('counts the members that had ended', () => {
    const made = plan(group('g', 'parallel', [command('g.a'), command('g.b', { needs: ['g.a'], if: 'false' })]))
    const second = simulate({ plan: made }, upTo(simulate({ plan: made }), 'instance.ended', 'g.a'))
    assert.deepEqual(results(second), { 'g.a': 'success', 'g.b': 'skipped (condition)', g: 'success' })
  })

  it('leaves members alone that have ended when it is cancelled', () => {
    const made = plan(group('g', 'parallel', [command('g.a'), command('g.b', { needs: [{ from: 'g.a' }] })]))
    const prefix = upTo(simulate({ plan: made }), 'instance.ended', 'g.a')
    const second = simulate(
      {
        plan: made,
        behave: () => ({ durationMs: 100 }),
        script: [{ at: 50, event: { type: 'instance.cancelled', id: 'g', by: 'me' } }],
      },
      prefix,
    )
    assert.deepEqual(since(second, prefix, 'instance.ended'), ['g.b', 'g'])
  })
})

describe('a resumed run', () => {
  it('starts first what was running when it was lost', () => {
    const made = plan(['a', 'b', 'c'].map((id) => command(id)))
    const engine = { maxParallel: { total: 2, agents: 2, commands: 2 } }
    const prefix = upTo(simulate({ plan: made, engine }), 'attempt.started', 'b')
    assert.deepEqual(startOrder(simulate({ plan: made, engine }, prefix)), ['a', 'b', 'c'])
  })

  it('runs again what an interruption had begun to stop, or stopped, with no end between', () => {
    const made = plan([command('a', { retry: { attempts: 2, on: ['failure'], backoffMs: 0 } })])
    const first = simulate({
      plan: made,
      behave: () => ({ durationMs: 100, stopMs: 50 }),
      script: [{ at: 50, event: { type: 'run.interrupted', cause: 'cancelled', by: 'SIGINT' } }],
    })
    for (const last of ['run.interrupted', 'attempt.ended']) {
      const prefix = first.journal.slice(0, first.journal.findIndex(({ type }) => type === last) + 1)
      const second = simulate({ plan: made, behave: ({ attempt }) => (attempt === 2 ? exit : {}) }, prefix)
      assert.deepEqual(since(second, prefix, 'instance.ended'), ['a'])
      assert.deepEqual([startOrder(second), runEnd(second).result], [['a', 'a'], 'success'], last)
    }
  })

  it('is paused by nothing any more, and can be paused again', () => {
    const made = plan(['a', 'b', 'c'].map((id) => command(id)))
    const paused = (id: string | null, at: number, type: 'run.paused' | 'run.unpaused' = 'run.paused') => ({
      at,
      event: { type, id } as const,
    })
    const first = simulate({
      plan: made,
      engine: one,
      behave: () => ({ durationMs: 100 }),
      script: [paused('b', 5), paused(null, 6)],
    })
    assert.deepEqual(startOrder(first), ['a'])
    const script = [
      paused('c', 101),
      paused('b', 102),
      paused('b', 301, 'run.unpaused'),
      paused('c', 302, 'run.unpaused'),
    ]
    const second = simulate({ plan: made, engine: one, behave: () => ({ durationMs: 100 }), script }, first.journal)
    assert.deepEqual(startOrder(second), ['b', 'c'])
    assert.equal(runEnd(second).result, 'success')
  })

  it('without a time limit has none, and with one it is counted from the resume alone', () => {
    const made = plan([command('a'), command('b', { needs: ['a'] })], { timeoutMs: 500 })
    const first = simulate({ plan: made, behave: () => ({ durationMs: 300 }) })
    const prefix = upTo(first, 'instance.ended', 'a')
    const second = simulate({ plan: made, behave: () => ({ durationMs: 450 }) }, prefix)
    assert.equal(runEnd(second).result, 'success')
  })

  it('asks a provider again as if it had never refused for good', () => {
    const quota = (resetAt?: number): Failure => ({
      kind: 'quota',
      detail: 'used up',
      ...(resetAt !== undefined && { resetAt }),
    })
    const made = plan(Array.from({ length: 6 }, (_, index) => agent(`a${index}`)))
    const first = simulate({ plan: made, engine: one, behave: () => ({ failure: quota(Date.UTC(2026, 0, 1)) }) })
    assert.equal(first.tasks.length, 3)
    const second = simulate({ plan: made, engine: one, behave: () => ({ failure: quota() }) }, first.journal)
    assert.equal(second.tasks.length, 3, 'three refusals in a row again')
    assert.equal(endOf(second, 'a5').detail, 'claude is paused (3 times in a row: quota: used up)')
  })

  it('counts what was spent before it', () => {
    const made = plan([agent('a'), agent('b', { needs: ['a'] }), agent('c', { needs: ['b'] })], {
      budget: { tokens: 200, warnAt: 1, onExceeded: 'stop' },
    })
    const behave = () => ({ durationMs: 100, accounting: spent(100) })
    const prefix = upTo(simulate({ plan: made, behave }), 'attempt.started', 'b')
    const second = simulate({ plan: made, behave }, prefix)
    assert.deepEqual(results(second), { a: 'success', b: 'success', c: 'skipped (budget)' })
  })

  it('gives back nothing for an attempt that never started', () => {
    const apart = (
      budget: Omit<Budget, 'warnAt' | 'onExceeded'>,
      each: Omit<Budget, 'warnAt' | 'onExceeded'>,
    ): number => {
      const needsOne = (id: string) =>
        agent(id, { needs: ['a'], process: { budget: { ...each, warnAt: 1, onExceeded: 'warn' } } })
      const made = plan(
        [agent('a', { retry: { attempts: 3, on: ['crash'], backoffMs: 0 } }), needsOne('b'), needsOne('c')],
        { budget: { ...budget, warnAt: 1, onExceeded: 'stop' } },
      )
      const behave = (task: { id: string; attempt: number }): Behaviour => {
        if (task.id !== 'a') return { durationMs: 100 }
        if (task.attempt === 1) return { failure: { kind: 'crash', detail: '' }, accounting: spent(10, 0.5) }
        return task.attempt === 2 ? { neverStarts: true, failure: { kind: 'spawn', code: 'EAGAIN', detail: '' } } : {}
      }
      const prefix = upTo(simulate({ plan: made, behave }), 'attempt.ended', 'a', 2)
      const starts = simulate({ plan: made, behave }, prefix).journal.flatMap((event) =>
        event.type === 'attempt.started' && event.id !== 'a' ? [event.at] : [],
      )
      return (starts[1] ?? 0) - (starts[0] ?? 0)
    }
    assert.deepEqual([apart({ tokens: 210 }, { tokens: 100 }), apart({ tokens: 209 }, { tokens: 100 })], [0, 100])
    assert.deepEqual([apart({ costUsd: 2.5 }, { costUsd: 1 }), apart({ costUsd: 2.25 }, { costUsd: 1 })], [0, 100])
  })

  it('has no place more for an attempt that never started', () => {
    const made = plan([
      command('a', { retry: { attempts: 2, on: ['crash'], backoffMs: 0 } }),
      command('b'),
      command('c'),
    ])
    const behave = (task: { id: string; attempt: number }): Behaviour =>
      task.id === 'a' && task.attempt === 1
        ? { neverStarts: true, failure: { kind: 'spawn', code: 'EAGAIN', detail: '' } }
        : { durationMs: 100 }
    const prefix = upTo(simulate({ plan: made, engine: one, behave }), 'attempt.ended', 'a')
    let most = 0
    const watch = ({ simulation }: { simulation: Simulation }) => (most = Math.max(most, simulation.running.size))
    assert.equal(runEnd(simulate({ plan: made, engine: one, behave, watch }, prefix)).result, 'success')
    assert.equal(most, 1)
  })

  it('that is over stays over until it is resumed', () => {
    const first = simulate({ plan: plan([command('a')]) })
    assert.equal(first.journal.filter(({ type }) => type === 'run.ended').length, 1)
    const second = simulate({ plan: plan([command('a')]) }, first.journal)
    assert.deepEqual([startOrder(second), runEnd(second).result], [[], 'success'])
  })
})
