import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { RunEvent, Stamped } from '../../src/core/event.ts'
import { agent, command, group, plan } from './plans.ts'
import { endOf, results, runEnd, simulate, startOrder } from './simulator.ts'

const one = { maxParallel: { total: 1, agents: 1, commands: 1 } }
const exit = { failure: { kind: 'exit', code: 1 } } as const
const interrupt: RunEvent = { type: 'run.interrupted', cause: 'cancelled', by: 'SIGINT' }
const stopsOf = (run: { commands: readonly { type: string }[] }) => run.commands.filter(({ type }) => type === 'stop')

describe('an interrupted run', () => {
  it('stops what runs, starts nothing more and ends as cancelled', () => {
    const run = simulate({
      plan: plan([
        command('a'),
        command('b'),
        command('always', { needs: ['a'], if: 'always()' }),
        group('g', 'parallel', [command('g.x')]),
      ]),
      engine: one,
      behave: () => ({ durationMs: 100, stopMs: 20 }),
      script: [
        { at: 50, event: interrupt },
        { at: 60, event: interrupt },
      ],
    })
    const cancelled = 'cancelled (cancelled)'
    assert.deepEqual(results(run), { a: cancelled, b: cancelled, always: cancelled, 'g.x': cancelled, g: cancelled })
    assert.equal(endOf(run, 'b').detail, 'interrupted by SIGINT')
    assert.deepEqual(stopsOf(run), [{ type: 'stop', id: 'a', attempt: 1, cause: 'cancelled', how: 'term' }])
    assert.deepEqual([runEnd(run).result, runEnd(run).reason], ['cancelled', 'interrupted by SIGINT'])
    assert.equal(runEnd(run).at, 1_000_070)
  })

  it('keeps a success that came all the same, and tries no failure again', () => {
    const run = simulate({
      plan: plan([command('a'), command('b', { retry: { attempts: 5, on: ['failure'] } })]),
      behave: (task) => ({ durationMs: 100, ignoresStop: true, ...(task.id === 'b' && exit) }),
      script: [{ at: 50, event: interrupt }],
    })
    assert.deepEqual(results(run), { a: 'success', b: 'failure (exit:1)' })
    assert.equal(runEnd(run).result, 'failure')
  })

  it('does not wait for a retry', () => {
    const run = simulate({
      plan: plan([command('a', { retry: { attempts: 5, on: ['failure'], backoffMs: 60_000 } })]),
      behave: () => exit,
      script: [{ at: 50, event: interrupt }],
    })
    assert.equal(runEnd(run).at, 1_000_050)
    assert.deepEqual(results(run), { a: 'cancelled (cancelled)' })
  })

  it('is what its own time limit makes of it', () => {
    const run = simulate({
      plan: plan([command('a'), command('b', { needs: ['a'] })], { timeoutMs: 200 }),
      behave: () => ({ durationMs: 1000 }),
    })
    assert.deepEqual(results(run), { a: 'cancelled (timeout)', b: 'cancelled (timeout)' })
    assert.deepEqual(stopsOf(run), [{ type: 'stop', id: 'a', attempt: 1, cause: 'run-timeout', how: 'term' }])
    assert.deepEqual(
      [runEnd(run).result, runEnd(run).reason, runEnd(run).at],
      ['failure', 'timeout: the run reached its time limit (limits.timeout-minutes: 0.003)', 1_000_201],
    )
  })
})

describe('one instance', () => {
  it('can be stopped while it runs, or before', () => {
    const run = simulate({
      plan: plan([command('a'), command('b'), command('c')]),
      engine: one,
      behave: () => ({ durationMs: 100 }),
      script: ['a', 'c'].map((id) => ({ at: 50, event: { type: 'instance.cancelled', id, by: 'me' } })),
    })
    assert.deepEqual(results(run), { a: 'cancelled (cancelled)', c: 'cancelled (cancelled)', b: 'success' })
    assert.equal(endOf(run, 'c').detail, 'cancelled by me')
    assert.equal(runEnd(run).result, 'cancelled')
    assert.equal(runEnd(run).reason, '2 instances cancelled')
  })

  it('can be stopped before its process is known to run', () => {
    const run = simulate({
      plan: plan([command('a', { retry: { attempts: 2, on: ['failure'] } })]),
      behave: () => ({ durationMs: 100 }),
      script: [{ at: 0, event: { type: 'instance.cancelled', id: 'a', by: 'me' } }],
    })
    assert.deepEqual(stopsOf(run), [{ type: 'stop', id: 'a', attempt: 1, cause: 'cancelled', how: 'term' }])
    assert.deepEqual(results(run), { a: 'cancelled (cancelled)' })
    assert.deepEqual([runEnd(run).result, runEnd(run).reason], ['cancelled', '1 instance cancelled'])
  })

  it('takes its group along when it is one, members that have ended excepted', () => {
    const run = simulate({
      plan: plan([
        ...group('g', 'sequence', [
          command('g.a'),
          command('g.b', { needs: [{ from: 'g.a' }] }),
          command('g.c', { needs: [{ from: 'g.b' }] }),
        ]),
        command('z'),
      ]),
      behave: (task) => ({ durationMs: task.id === 'g.b' ? 1000 : 100 }),
      script: [{ at: 150, event: { type: 'instance.cancelled', id: 'g', by: 'me' } }],
    })
    const cancelled = 'cancelled (cancelled)'
    assert.deepEqual(results(run), { 'g.a': 'success', z: 'success', 'g.c': cancelled, 'g.b': cancelled, g: cancelled })
  })
})

describe('a group', () => {
  it('that has not opened yet can be cancelled, and ends at once with all in it', () => {
    const run = simulate({
      plan: plan([
        command('slow'),
        ...group('g', 'parallel', [command('g.a'), command('g.b')], { needs: ['slow'] }),
        command('after', { needs: [{ from: 'g', when: 'always' }] }),
      ]),
      behave: (task) => ({ durationMs: task.id === 'slow' ? 1000 : 10 }),
      script: [{ at: 50, event: { type: 'instance.cancelled', id: 'g', by: 'me' } }],
    })
    assert.equal(endOf(run, 'g').at, 1_000_050)
    assert.equal(endOf(run, 'after').at, 1_000_060)
    assert.deepEqual(runEnd(run).reason, '2 instances cancelled')
  })

  it('of which a member failed among others that succeed fails the run, by name', () => {
    const run = simulate({
      plan: plan([command('z'), ...group('g', 'parallel', [command('g.a'), command('g.b')])]),
      behave: (task) => (task.id === 'g.b' ? exit : {}),
    })
    assert.equal(runEnd(run).reason, '1 instance failed: g.b')
  })

  const forgiven = { continueOnError: true }

  it('that is forgiven fails neither the run nor what comes after it', () => {
    const run = simulate({
      plan: plan([
        ...group('g', 'parallel', [command('g.a'), command('g.b'), command('g.c')], { ...forgiven, failFast: true }),
        command('next', { needs: ['g'] }),
        command('alarm', { needs: [{ from: 'next', when: 'always' }], if: 'failure() || cancelled()' }),
      ]),
      behave: (task) => ({ durationMs: task.id === 'g.a' ? 10 : 100, ...(task.id === 'g.a' && exit) }),
    })
    assert.deepEqual(results(run), {
      'g.a': 'failure (exit:1)',
      'g.b': 'cancelled (cancelled)',
      'g.c': 'cancelled (cancelled)',
      g: 'success (exit:1)',
      next: 'success',
      alarm: 'skipped (condition)',
    })
    assert.deepEqual([runEnd(run).result, runEnd(run).reason], ['success', ''])
  })

  it('that is forgiven forgives what is in its groups, and nothing else', () => {
    const inner = group('g.h', 'sequence', [command('g.h.a')], { parent: 'g' })
    const run = simulate({
      plan: plan([
        command('before'),
        ...group('g', 'parallel', inner, { ...forgiven, needs: [{ from: 'before', when: 'always' }] }),
        command('alarm', { needs: ['g'], if: 'failure()' }),
      ]),
      behave: (task) => (task.id === 'alarm' ? {} : exit),
    })
    assert.equal(runEnd(run).reason, '1 instance failed: before')
    assert.equal(results(run)['alarm'], 'success', 'what came before the group is not forgiven')
  })
})

describe('fail-fast', () => {
  const members = () => [command('g.a'), command('g.b'), command('g.c')]
  const behave = (task: { id: string }) => ({
    durationMs: task.id === 'g.a' ? 10 : 100,
    ...(task.id === 'g.a' && exit),
  })

  it('stops the others at the first failure', () => {
    const run = simulate({
      plan: plan(group('g', 'matrix', members(), { failFast: true })),
      engine: { maxParallel: { total: 2, agents: 2, commands: 2 } },
      behave,
    })
    const cancelled = 'cancelled (cancelled)'
    assert.deepEqual(results(run), {
      'g.a': 'failure (exit:1)',
      'g.c': cancelled,
      'g.b': cancelled,
      g: 'failure (exit:1)',
    })
    assert.equal(endOf(run, 'g.c').detail, 'g.a failed')
    assert.equal(endOf(run, 'g').detail, 'g.a failed (exit:1)')
    assert.deepEqual(stopsOf(run), [{ type: 'stop', id: 'g.b', attempt: 1, cause: 'fail-fast', how: 'term' }])
  })

  it('does not when not asked for, or when the failure is forgiven', () => {
    const free = simulate({ plan: plan(group('g', 'matrix', members())), behave })
    assert.deepEqual(results(free), {
      'g.a': 'failure (exit:1)',
      'g.b': 'success',
      'g.c': 'success',
      g: 'failure (exit:1)',
    })
    const forgiven = simulate({
      plan: plan(group('g', 'matrix', [command('g.a', { continueOnError: true }), command('g.b')], { failFast: true })),
      behave,
    })
    assert.deepEqual(results(forgiven), { 'g.a': 'success (exit:1)', 'g.b': 'success', g: 'success' })
  })
})

describe('a selection', () => {
  it('runs what was asked for and all it needs', () => {
    const run = simulate({
      plan: plan([
        command('a'),
        ...group('g', 'sequence', [command('g.x'), command('g.y', { needs: [{ from: 'g.x' }] })], { needs: ['a'] }),
        command('b', { needs: ['g'] }),
        command('other'),
        command('below', { needs: ['b'] }),
      ]),
      only: ['b'],
    })
    assert.deepEqual(startOrder(run), ['a', 'g.x', 'g.y', 'b'])
    assert.deepEqual(
      [results(run)['other'], results(run)['below']],
      ['skipped (not-selected)', 'skipped (not-selected)'],
    )
    assert.equal(runEnd(run).result, 'success')
  })

  it('of a member leaves out the members after it', () => {
    const sequence = group('g', 'sequence', [command('g.x'), command('g.y', { needs: [{ from: 'g.x' }] })])
    assert.deepEqual(startOrder(simulate({ plan: plan(sequence), only: ['g.x'] })), ['g.x'])
  })

  it('of a group runs what is in it', () => {
    const made = plan([...group('g', 'parallel', [command('g.x'), command('g.y')]), command('z')])
    assert.deepEqual(startOrder(simulate({ plan: made, only: ['g'] })), ['g.x', 'g.y'])
  })

  it('of what is not in the plan runs nothing', () => {
    assert.equal(runEnd(simulate({ plan: plan([command('a')]), only: ['nobody', 'g.nobody'] })).result, 'skipped')
  })

  it('of a cell that is not known yet runs its matrix', () => {
    const matrix = group('m', 'matrix', [], {
      expansion: {
        matrix: { v: [1, 2] },
        template: [
          { ...command('m.*'), parent: 'm', needs: [{ from: 'm..open', when: 'success', delayMs: 0, plain: false }] },
        ],
      },
    })
    assert.deepEqual(startOrder(simulate({ plan: plan([matrix, command('z')]), only: ['m.1'] })), ['m.1', 'm.2'])
  })
})

describe('a resumed run', () => {
  const resume = (options: Parameters<typeof simulate>[0], journal: readonly Stamped[]) =>
    simulate({ ...options, script: [] }, journal)

  it('runs again what failed and what was skipped for it, and no success', () => {
    const made = plan([
      command('good'),
      command('bad'),
      command('after', { needs: ['good', 'bad'] }),
      command('forgiven', { continueOnError: true }),
      command('alarm', { needs: [{ from: 'bad', when: 'failure' }] }),
      command('quiet', { needs: [{ from: 'good', when: 'failure' }] }),
    ])
    const first = simulate({ plan: made, behave: (task) => (task.id === 'bad' || task.id === 'forgiven' ? exit : {}) })
    const second = resume({ plan: made }, first.journal)
    assert.deepEqual(startOrder(second), ['bad', 'after'])
    assert.deepEqual(
      second.tasks.map(({ attempt }) => attempt),
      [2, 1],
    )
    assert.equal(results(second)['alarm'], 'success', 'the alarm that was raised stays')
    assert.equal(runEnd(second).result, 'success')
  })

  it('after an interruption goes on where it was', () => {
    const made = plan([command('a'), command('b'), command('c', { needs: ['b'] })])
    const first = simulate({
      plan: made,
      engine: one,
      behave: () => ({ durationMs: 100 }),
      script: [{ at: 150, event: interrupt }],
    })
    const second = resume({ plan: made, engine: one }, first.journal)
    assert.deepEqual([...startOrder(first), '|', ...startOrder(second)], ['b', 'a', '|', 'a', 'c'])
    assert.equal(runEnd(second).result, 'success')
  })

  it('begins again with the first runtime, all attempts and the whole of its reserve', () => {
    const made = plan([
      agent('a', { retry: { attempts: 2, on: ['failure'], backoffMs: 0 }, fallback: [{ runtime: 'codex' }] }),
    ])
    const first = simulate({ plan: made, behave: () => exit })
    const second = resume({ plan: made, behave: () => exit }, first.journal)
    assert.deepEqual(
      second.tasks.map(({ attempt, runtime }) => `${attempt} ${runtime}`),
      ['5 claude', '6 claude', '7 codex', '8 codex'],
    )
  })

  it('ends at its time limit, counted from the resume', () => {
    const made = plan([command('a')], { timeoutMs: 5000 })
    const first = simulate({ plan: made, behave: () => ({ durationMs: 9000 }) })
    const second = resume({ plan: made, behave: () => ({ durationMs: 9000 }) }, first.journal)
    assert.equal(results(second)['a'], 'cancelled (timeout)')
    assert.equal((second.journal.at(-1)?.at ?? 0) - (first.journal.at(-1)?.at ?? 0), 5001)
  })

  it('sees what failed before only as far as it is not run again', () => {
    const made = plan([
      command('bad'),
      command('b', { needs: ['bad'], if: 'always()', outputs: {} }),
      command('c', { needs: ['b'], if: 'failure()' }),
      command('d', { needs: ['b', 'e'], join: 'all' }),
      command('e'),
    ])
    const first = simulate({ plan: made, behave: (task) => (task.id === 'bad' ? exit : {}) })
    assert.equal(results(first)['c'], 'success')
    const early = first.journal.findIndex((event) => event.type === 'instance.ended' && event.id === 'b')
    const second = resume({ plan: made }, first.journal.slice(0, early + 1))
    assert.equal(results(second)['c'], 'skipped (condition)')
    assert.equal(results(second)['d'], 'success')
  })

  it('sees what was cancelled before only as far as it is not run again', () => {
    const made = plan([
      command('stopped'),
      command('b', { needs: ['stopped'], if: 'always()' }),
      command('c', { needs: ['b'], if: 'cancelled()' }),
    ])
    const first = simulate({
      plan: made,
      script: [{ at: 5, event: { type: 'instance.cancelled', id: 'stopped', by: 'me' } }],
    })
    assert.equal(results(first)['c'], 'success')
    const early = first.journal.findIndex((event) => event.type === 'instance.ended' && event.id === 'b')
    assert.equal(results(resume({ plan: made }, first.journal.slice(0, early + 1)))['c'], 'skipped (condition)')
  })

  it('tells what has succeeded already nothing of what fails again after it, alone or in a group', () => {
    const always = { needs: [{ from: 'bad', when: 'always' }] } as const
    const made = plan([
      command('bad'),
      command('b', always),
      group('g', 'parallel', [command('g.b'), command('g.slow')], always),
      command('alone', { needs: ['b', 'g'], if: 'failure()' }),
      command('grouped', { needs: ['g'], if: 'failure()' }),
    ])
    const options: Parameters<typeof simulate>[0] = {
      plan: made,
      behave: ({ id }) => (id === 'bad' ? exit : { durationMs: id === 'g.slow' ? 100 : 10 }),
    }
    const first = simulate(options)
    assert.deepEqual([results(first)['alone'], results(first)['grouped']], ['success', 'success'])
    const crash = first.journal.findIndex((event) => event.type === 'instance.ended' && event.id === 'g.b')
    const second = simulate(options, first.journal.slice(0, crash + 1))
    assert.deepEqual(startOrder(second), ['bad', 'g.slow'])
    assert.equal(runEnd(second).reason, '1 instance failed: bad')
  })

  it('asks a provider again that had no quota, and has its time limit anew', () => {
    const made = plan(
      Array.from({ length: 5 }, (_, index) => agent(`a${index}`)),
      { timeoutMs: 5000 },
    )
    const first = simulate({ plan: made, engine: one, behave: () => ({ failure: { kind: 'quota', detail: '' } }) })
    const journal = first.journal.map((event, index) => ({ ...event, at: index === 0 ? event.at : event.at + 60_000 }))
    const second = resume({ plan: made, engine: one }, journal)
    assert.equal(second.tasks.length, 5)
    assert.equal(runEnd(second).result, 'success')
  })

  it('keeps the cells of a matrix', () => {
    const made = plan(
      group('m', 'matrix', [], {
        expansion: {
          matrix: { v: ['a', 'b'] },
          template: [
            { ...command('m.*'), parent: 'm', needs: [{ from: 'm..open', when: 'success', delayMs: 0, plain: false }] },
          ],
        },
      }),
    )
    const first = simulate({ plan: made })
    for (let length = 1; length <= first.journal.length; length++) {
      const second = resume({ plan: made }, first.journal.slice(0, length))
      assert.equal(second.journal.filter(({ type }) => type === 'plan.expanded').length, 1)
      assert.equal(runEnd(second).result, 'success')
    }
  })
})
