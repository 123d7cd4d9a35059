import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { RunEvent, RunInterrupted } from '../../src/core/event.ts'
import { command, group, plan } from './plans.ts'
import { endOf, results, runEnd, simulate, startOrder, type Behaviour, type SimulationOptions } from './simulator.ts'
import { expression } from '../rig/conditions.ts'

const cancelled = 'cancelled (cancelled)'
const interrupt = (more: Partial<RunInterrupted> = {}): RunEvent => ({
  type: 'run.interrupted',
  cause: 'cancelled',
  by: 'SIGINT',
  ...more,
})

/** Interrupted in the middle of `work`, which takes 100 ms, as everything else does unless `slow` says otherwise. */
function interrupted(
  instances: Parameters<typeof plan>[0],
  options: Partial<SimulationOptions> & { readonly slow?: readonly string[]; readonly behaviour?: Behaviour } = {},
) {
  const { slow = [], behaviour = {}, ...rest } = options
  return simulate({
    plan: plan([command('work'), ...instances]),
    behave: ({ id }) => ({ durationMs: slow.includes(id) ? 10_000 : 100, stopMs: 20, ...behaviour }),
    script: [{ at: 50, event: interrupt() }],
    ...rest,
  })
}

describe('after an interruption', () => {
  it('what says always() or cancelled(), in its condition or an edge, runs once what it waits for has ended', () => {
    const run = interrupted([
      command('always', { needs: ['work'], if: 'always()' }),
      command('cancelled', { needs: ['work'], if: 'cancelled() || failure()' }),
      command('edge', { needs: [{ from: 'work', when: 'always' }] }),
      command('asked', { needs: [{ from: 'work', when: expression('cancelled()') }] }),
      command('after', { needs: ['always'] }),
    ])
    assert.deepEqual(results(run), {
      work: cancelled,
      always: 'success',
      cancelled: 'success',
      edge: 'success',
      asked: 'success',
      after: cancelled,
    })
    assert.deepEqual(
      [runEnd(run).result, runEnd(run).reason, runEnd(run).at],
      ['cancelled', 'interrupted by SIGINT', 1_000_170],
    )
  })

  it('nothing else does: success(), failure() and !cancelled() do not hold', () => {
    const run = interrupted(
      [
        command('bad'),
        command('alarm', { needs: ['bad', 'work'], if: 'failure()' }),
        command('both', { needs: ['bad', 'work'], if: 'always() && failure()' }),
        command('unless', { needs: ['work'], if: '!cancelled()' }),
        command('good', { needs: ['work'], if: 'always() && success()' }),
        command('edge', { needs: [{ from: 'work', when: 'completed' }] }),
        command('other', { needs: ['work', { from: 'bad', when: 'always' }] }),
      ],
      { behave: ({ id }) => ({ durationMs: id === 'bad' ? 10 : 100, ...(id === 'bad' && exit) }) },
    )
    assert.deepEqual(startOrder(run), ['work', 'bad'])
    assert.equal(results(run)['alarm'], cancelled)
    assert.equal(endOf(run, 'unless').detail, 'interrupted by SIGINT')
    assert.equal(results(run)['other'], cancelled)
  })

  it('a group that cleans up runs with all that is in it, another with what does in it, if it had been opened', () => {
    const run = interrupted([
      group('tidy', 'sequence', [command('tidy.one'), command('tidy.two', { needs: ['tidy.one'] })], {
        needs: ['work'],
        if: 'always()',
      }),
      group('open', 'parallel', [command('open.job'), command('open.end', { needs: ['open.job'], if: 'always()' })]),
      group('shut', 'parallel', [command('shut.end', { if: 'always()' })], { needs: ['work'] }),
    ])
    const { 'open.end': inside, 'shut.end': never, 'tidy.one': one, 'tidy.two': two, tidy, shut, open } = results(run)
    assert.deepEqual([one, two, tidy], ['success', 'success', 'success'])
    assert.deepEqual([inside, open], ['success', cancelled])
    assert.deepEqual([never, shut], [cancelled, cancelled])
  })

  it('what cleans up and runs already goes on if its condition still holds, is tried again, and waits for no delay', () => {
    const run = interrupted(
      [
        command('tidy', { if: 'always()', retry: { attempts: 2, on: ['failure'], backoffMs: 10 } }),
        command('unless', { if: '!cancelled()' }),
        group('unless-group', 'parallel', [command('unless-group.job')], { if: '!cancelled()' }),
        command('late', { if: 'always()', startAt: { afterMs: 60_000 } }),
        command('later', { needs: [{ from: 'work', when: 'always', delayMs: 60_000 }] }),
      ],
      { behave: ({ id, attempt }) => ({ durationMs: 100, stopMs: 20, ...(id === 'tidy' && attempt === 1 && exit) }) },
    )
    const { tidy, unless, 'unless-group.job': job, late, later } = results(run)
    assert.deepEqual([tidy, unless, job, late, later], ['success', cancelled, cancelled, 'success', 'success'])
    assert.ok(runEnd(run).at < 1_000_300)
  })

  it('what cleans up by an edge alone and runs already goes on', () => {
    const run = interrupted([command('quick'), command('tidy', { needs: [{ from: 'quick', when: 'always' }] })], {
      behave: ({ id }) => ({ durationMs: id === 'quick' ? 10 : 100, stopMs: 20 }),
    })
    assert.deepEqual(results(run), { quick: 'success', work: cancelled, tidy: 'success' })
  })

  it('nothing else interrupts it for a time that is over: not that of the run, nor of a cleanup that was stopped', () => {
    const causes = (...script: readonly (readonly [number, RunEvent])[]) =>
      interrupted([command('tidy', { needs: ['work'], if: 'always()' })], {
        plan: plan([command('work'), command('tidy', { needs: ['work'], if: 'always()' })], { timeoutMs: 300 }),
        slow: ['work', 'tidy'],
        behaviour: { ignoresStop: true },
        script: script.map(([at, event]) => ({ at, event })),
      }).journal.flatMap((event) => (event.type === 'run.interrupted' ? [`${event.cause} ${event.by}`] : []))
    assert.deepEqual(causes([50, interrupt()]), ['cancelled SIGINT'])
    assert.deepEqual(causes([50, interrupt({ cleanupMs: 100 })], [60, interrupt({ by: 'SIGTERM' })]), [
      'cancelled SIGINT',
      'cancelled SIGTERM',
    ])
  })

  it('what waits for its turn in a group that cleans up asks its own condition again', () => {
    const run = interrupted(
      [group('tidy', 'parallel', [command('tidy.job', { if: 'success()' }), command('tidy.end')], { if: 'always()' })],
      { engine: { maxParallel: { total: 1, agents: 1, commands: 1 } } },
    )
    assert.deepEqual(startOrder(run), ['work', 'tidy.end'])
    assert.equal(results(run)['tidy.job'], cancelled)
  })

  it('what nothing has changed for does not clean up either', () => {
    const paths = { key: 'paths', filters: ['nowhere/**'] } as const
    const run = interrupted([command('tidy', { needs: ['work'], if: 'always()', paths })])
    assert.deepEqual(results(run), { work: cancelled, tidy: cancelled })
  })

  it('a pause does not keep it waiting, whether it was ready before or not', () => {
    const run = interrupted(
      [command('tidy', { if: 'always()' }), command('end', { needs: ['work'], if: 'always()' })],
      {
        engine: { maxParallel: { total: 1, agents: 1, commands: 1 } },
        script: [
          { at: 10, event: { type: 'run.paused', id: null } },
          { at: 20, event: { type: 'run.paused', id: 'end' } },
          { at: 50, event: interrupt() },
        ],
      },
    )
    assert.deepEqual(results(run), { work: cancelled, tidy: 'success', end: 'success' })
  })

  it('what was held by a pause of its own goes on', () => {
    const run = interrupted([command('quick'), command('tidy', { needs: ['quick'], if: 'always()' })], {
      behave: ({ id }) => ({ durationMs: id === 'quick' ? 10 : 100, stopMs: 20 }),
      script: [
        { at: 5, event: { type: 'run.paused', id: 'tidy' } },
        { at: 50, event: interrupt() },
      ],
    })
    assert.deepEqual(results(run), { work: cancelled, quick: 'success', tidy: 'success' })
    assert.equal(endOf(run, 'tidy').at, 1_000_150)
  })

  it('a second one stops it, whoever sends it', () => {
    for (const more of [{}, { how: 'stop' }] as const) {
      const run = interrupted(
        [command('tidy', { needs: ['work'], if: 'always()' }), command('b', { needs: ['tidy'], if: 'always()' })],
        {
          slow: ['tidy'],
          script: [
            { at: 50, event: interrupt() },
            { at: 150, event: interrupt(more) },
          ],
        },
      )
      assert.deepEqual(results(run), { work: cancelled, tidy: cancelled, b: cancelled })
      assert.equal(runEnd(run).at, 1_000_170)
    }
  })

  it('one that kills leaves no time, and lets nothing clean up', () => {
    const run = interrupted([command('tidy', { needs: ['work'], if: 'always()' })], {
      behaviour: { ignoresStop: true },
      script: [{ at: 50, event: interrupt({ how: 'kill' }) }],
    })
    assert.deepEqual(results(run), { work: cancelled, tidy: cancelled })
    assert.equal(runEnd(run).at, 1_000_050)
  })

  it('it stops when its time is over; what was stopped is killed in time for that', () => {
    const limits = { cleanupMs: 500, killMs: 100 }
    const run = interrupted([command('tidy', { needs: ['work'], if: 'always()' })], {
      slow: ['work', 'tidy'],
      behaviour: { ignoresStop: true },
      script: [{ at: 50, event: interrupt(limits) }],
    })
    assert.deepEqual(results(run), { work: cancelled, tidy: cancelled })
    assert.deepEqual([endOf(run, 'work').at, endOf(run, 'tidy').at], [1_000_150, 1_000_650])
    const second = run.journal.filter(({ type }) => type === 'run.interrupted')[1]
    assert.deepEqual(second?.type === 'run.interrupted' && [second.by, second.how, second.at], [
      'the time limit for cleaning up',
      'stop',
      1_000_550,
    ])
  })

  it('what is stopped is killed at its time, whatever else happens until then', () => {
    const others = [command('quick'), command('waits', { startAt: { afterMs: 10_000 } })]
    const run = interrupted(others, {
      behave: ({ id }) => ({ durationMs: id === 'work' ? 10_000 : 90, ignoresStop: true }),
      script: [
        { at: 50, event: interrupt({ killMs: 100 }) },
        ...[60, 70].map((at) => ({ at, event: { type: 'instance.cancelled', id: 'quick', by: 'me' } as const })),
      ],
    })
    assert.deepEqual(results(run), { waits: cancelled, quick: 'success', work: cancelled })
    assert.equal(endOf(run, 'work').at, 1_000_150)
  })

  it('only what was stopped is killed, not what cleans up meanwhile', () => {
    const run = interrupted([command('tidy', { if: 'always()' })], {
      behave: ({ id }) => ({ durationMs: id === 'work' ? 10_000 : 300, ignoresStop: true }),
      script: [{ at: 50, event: interrupt({ cleanupMs: 500, killMs: 100 }) }],
    })
    assert.deepEqual(results(run), { work: cancelled, tidy: 'success' })
    assert.deepEqual([endOf(run, 'work').at, endOf(run, 'tidy').at], [1_000_150, 1_000_300])
  })

  it('what is stopped has all of the time where nothing cleans up', () => {
    const over = group('over', 'parallel', [command('over.one')], { if: 'always()' })
    const open = group('open', 'parallel', [command('open.work')])
    const run = interrupted([command('next', { needs: ['work'] }), command('tidied', { if: 'always()' }), over, open], {
      behave: ({ id }) => ({ durationMs: id.endsWith('work') ? 10_000 : 10, ignoresStop: true }),
      script: [{ at: 50, event: interrupt({ cleanupMs: 500, killMs: 100 }) }],
    })
    const { work, next, tidied } = results(run)
    assert.deepEqual([work, next, tidied, runEnd(run).at], [cancelled, cancelled, 'success', 1_000_650])
  })
})

describe('after the time limit of the run', () => {
  const late = (slow: readonly string[]) =>
    simulate({
      plan: plan(
        [command('work'), command('next', { needs: ['work'] }), command('tidy', { needs: ['work'], if: 'always()' })],
        {
          timeoutMs: 60_000,
        },
      ),
      behave: ({ id }) => ({ durationMs: slow.includes(id) ? 3_600_000 : 100, stopMs: 20 }),
    })

  it('what cleans up runs, and the run is a failure by timeout', () => {
    const run = late(['work'])
    assert.deepEqual(results(run), { work: 'cancelled (timeout)', next: 'cancelled (timeout)', tidy: 'success' })
    assert.deepEqual(
      [runEnd(run).result, runEnd(run).reason],
      ['failure', 'timeout: the run reached its time limit (limits.timeout-minutes: 1)'],
    )
  })

  it('that has five minutes', () => {
    const run = late(['work', 'tidy'])
    assert.equal(results(run)['tidy'], 'cancelled (timeout)')
    assert.equal(runEnd(run).at, 1_000_000 + 60_000 + 300_000 + 20)
  })
})

describe('a run that is resumed after it cleaned up', () => {
  const tidy = [
    command('tidy', { needs: ['work'], if: 'always()' }),
    group('end', 'parallel', [command('end.one')], { needs: ['work'], if: 'always()' }),
    command('apart', { if: 'always()' }),
  ]

  it('cleans up again after the work, not before', () => {
    const first = interrupted(tidy)
    const again = simulate(
      { plan: plan([command('work'), ...tidy]), behave: () => ({ durationMs: 100 }) },
      first.journal,
    )
    assert.deepEqual(startOrder(again), ['work', 'tidy', 'end.one'])
    assert.equal(runEnd(again).result, 'success')
  })

  it('does so too where what cleaned up had run before that, in an earlier process', () => {
    const made = plan([command('work'), command('tidy', { needs: ['work'], if: 'always()' })])
    const first = simulate({ plan: made, behave: () => exit })
    const second = simulate(
      {
        plan: made,
        behave: () => ({ durationMs: 100 }),
        script: [{ at: 50, event: interrupt() }],
      },
      first.journal,
    )
    assert.deepEqual(results(second), { work: cancelled, tidy: 'success' })
    assert.deepEqual(startOrder(simulate({ plan: made }, second.journal)), ['work', 'tidy'])
  })

  it('leaves alone what has run after the work since', () => {
    const made = plan([command('work'), command('tidy', { needs: ['work'], if: 'always()' })])
    const first = interrupted([command('tidy', { needs: ['work'], if: 'always()' })])
    const second = simulate({ plan: made, behave: ({ id }) => (id === 'work' ? exit : {}) }, first.journal)
    assert.deepEqual(startOrder(second), ['work', 'tidy'])
    assert.deepEqual(startOrder(simulate({ plan: made }, second.journal)), ['work'])
  })

  it('leaves alone what had begun before and was tried again meanwhile', () => {
    const instances = [
      command('work'),
      command('tidy', { needs: ['work'], if: 'always()', retry: { attempts: 2, on: ['failure'], backoffMs: 10 } }),
    ]
    const first = simulate({
      plan: plan(instances),
      behave: ({ id, attempt }) =>
        id === 'work' ? { durationMs: 10, ...exit } : { durationMs: 100, ...(attempt === 1 && exit) },
      script: [{ at: 50, event: interrupt() }],
    })
    assert.deepEqual(results(first), { work: 'failure (exit:1)', tidy: 'success' })
    assert.deepEqual(startOrder(simulate({ plan: plan(instances) }, first.journal)), ['work'])
  })

  it('is stopped by an interruption of its own alone, at a time of its own', () => {
    const script = [{ at: 50, event: interrupt({ cleanupMs: 500, killMs: 100 }) }]
    const first = interrupted(tidy, { script })
    const again = simulate(
      {
        plan: plan([command('work'), ...tidy]),
        behave: () => ({ durationMs: 5000, stopMs: 20 }),
        script: [{ at: 2000, event: interrupt({ cleanupMs: 500 }) }],
      },
      first.journal,
    )
    const began = again.journal.find(({ type }) => type === 'run.resumed')?.at ?? 0
    assert.equal(runEnd(again).at, began + 2520)
  })
})

const exit = { failure: { kind: 'exit', code: 1 } } as const
