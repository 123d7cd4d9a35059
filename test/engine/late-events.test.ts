import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { AttemptEnded, RunEvent, Stamped } from '../../src/core/event.ts'
import { freeAccounting } from '../../src/core/usage.ts'
import type { Command } from '../../src/engine/command.ts'
import { decide } from '../../src/engine/decide.ts'
import { evolve } from '../../src/engine/evolve.ts'
import { createProgress } from '../../src/engine/progress.ts'
import { agent, command, group, plan, tokens } from './plans.ts'
import { defaultEngine, endOf, results, runEnd, simulate, spent, startOf, type Simulation } from './simulator.ts'
import { expression } from '../rig/conditions.ts'

const accounting = spent(1000)
const common = { runtime: 'shell', model: null }
const started = (id: string, attempt = 1) =>
  ({ ...common, type: 'attempt.started', id, attempt, pid: 1, argv: [], envNames: [], cwd: '/' }) as const
const ended = (id: string, attempt = 1, failure: AttemptEnded['failure'] = null): AttemptEnded => ({
  ...common,
  type: 'attempt.ended',
  id,
  attempt,
  failure,
  exitCode: 0,
  signal: null,
  durationMs: 1,
  accounting: freeAccounting,
  text: '',
  textTruncated: false,
  json: null,
  outputs: {},
  tail: '',
  denials: 0,
  session: null,
  stdoutFile: null,
  stderrFile: null,
  patchFile: null,
})

/** Every event about an instance. */
const about = (id: string): RunEvent[] => [
  started(id),
  { type: 'attempt.progress', id, attempt: 1, accounting, model: null, activity: '' },
  { ...ended(id), accounting },
  { type: 'instance.restored', id, attempt: 1, key: 'k', from: { run: 'before', keptAt: 1 }, saved: accounting },
  { type: 'instance.retrying', id, attempt: 2, dueAt: 0, why: 'again' },
  { type: 'instance.ended', id, result: 'failure', outcome: 'failure', reason: 'lost', detail: '', outputs: {} },
  { type: 'instance.cancelled', id, by: 'me' },
]

/** What has become of a run. */
const told = (run: Simulation) => {
  const { result, reason, at } = runEnd(run)
  return { results: results(run), result, reason, at }
}

describe('an event', () => {
  const made = plan(
    [
      agent('a'),
      command('b', { needs: [{ from: 'a', when: expression('true') }, 'slow'] }),
      command('slow'),
      ...group('g', 'parallel', [command('g.x', { needs: ['slow'] })]),
    ],
    { budget: tokens(1500) },
  )
  const behave = (task: { id: string }) => ({
    durationMs: task.id === 'slow' ? 200 : 50,
    accounting: task.id === 'a' ? accounting : freeAccounting,
  })
  const given = (events: readonly RunEvent[]) => {
    const started: string[] = []
    const run = simulate({
      plan: made,
      behave(task, at) {
        started.push(`${task.id} ${task.attempt} ${at}`)
        return behave(task)
      },
      script: events.map((event) => ({ at: 150, event })),
    })
    return { ...told(run), started }
  }
  const plain = given([])

  it('that names nothing known changes nothing', () => {
    const strange: RunEvent[] = [
      { type: 'edge.decided', from: 'nobody', to: 'b', taken: true },
      { type: 'edge.decided', from: 'a', to: 'nobody', taken: true },
      { type: 'plan.expanded', group: 'nobody', members: [], instances: [] },
      { type: 'plan.expanded', group: 'a', members: ['a.x'], instances: [command('a.x')] },
      { type: 'budget.exceeded', scope: 'nobody', tokens: 1, costUsd: null, action: 'stop' },
    ]
    assert.equal(plain.result, 'success')
    assert.deepEqual(given([...about('nobody'), ...strange]), {
      ...plain,
      results: { nobody: 'failure (lost)', ...plain.results },
    })
  })

  it('that comes after the end changes nothing', () => {
    assert.deepEqual(given(about('a')), { ...plain, results: { ...plain.results, a: 'failure (lost)' } })
  })

  it('that says again what was said changes nothing', () => {
    const decided = { type: 'edge.decided', from: 'a', to: 'b' } as const
    assert.deepEqual(given([true, false].map((taken) => ({ ...decided, taken }))), plain)
    const twice = simulate({
      plan: plan(
        [agent('a', { retry: { attempts: 2, on: ['failure'], backoffMs: 400 } }), agent('b', { needs: ['a'] })],
        {
          budget: tokens(1500),
        },
      ),
      behave: (task) => ({
        accounting: spent(500),
        ...(task.id === 'a' && task.attempt === 1 && { failure: { kind: 'exit', code: 1 } }),
      }),
      script: [{ at: 100, event: { ...ended('a', 1, { kind: 'exit', code: 1 }), accounting: spent(500) } }],
    })
    assert.deepEqual(results(twice), { a: 'success', b: 'success' })
    assert.equal(twice.tasks.length, 3)
  })

  it('leaves an edge to what is not in the plan out', () => {
    assert.deepEqual(results(simulate({ plan: plan([command('a', { needs: ['nobody'] })]) })), { a: 'success' })
  })
})

describe('several events before a decision', () => {
  const drive = (made: ReturnType<typeof plan>) => {
    const progress = createProgress(defaultEngine)
    let seq = 0
    const take = (event: RunEvent, at: number): void => {
      evolve(progress, { ...event, v: 1, seq: seq++, at } satisfies Stamped)
    }
    /** Decides until nothing is left to record, all but the first time at a later time. */
    const settle = (at: number, later = at): Command[] => {
      const asked: Command[] = []
      for (let commands = decide(progress, at); commands.length > 0; commands = decide(progress, later)) {
        asked.push(...commands)
        for (const each of commands) if (each.type === 'record') take(each.event, at)
      }
      return asked
    }
    take(startOf({ plan: made }), 1)
    return { take, settle }
  }
  const ends = (commands: readonly Command[]) =>
    commands.flatMap((each) => (each.type === 'record' && each.event.type === 'instance.ended' ? [each.event] : []))

  it('let a success stand that came before the cancellation', () => {
    const { take, settle } = drive(plan([command('a')]))
    settle(1)
    take(started('a'), 2)
    take(ended('a'), 3)
    take({ type: 'instance.cancelled', id: 'a', by: 'me' }, 3)
    const asked = settle(3)
    assert.deepEqual(
      ends(asked).map(({ result }) => result),
      ['success'],
    )
    assert.equal(asked.filter(({ type }) => type === 'stop').length, 0)
  })

  it('make no other attempt of what was cancelled as it failed', () => {
    const { take, settle } = drive(plan([command('a', { retry: { attempts: 3, on: ['failure'] } })]))
    settle(1)
    take(started('a'), 2)
    take(ended('a', 1, { kind: 'exit', code: 1 }), 3)
    take({ type: 'instance.cancelled', id: 'a', by: 'me' }, 3)
    assert.deepEqual(
      ends(settle(3)).map(({ result, reason }) => `${result} ${reason}`),
      ['failure exit:1'],
    )
  })

  it('that ended the last instance in time leave no time limit to miss', () => {
    const { take, settle } = drive(plan([command('a')], { timeoutMs: 10 }))
    settle(1)
    take(started('a'), 2)
    take(ended('a'), 5)
    const recorded = settle(5, 20).flatMap((each) => (each.type === 'record' ? [each.event.type] : []))
    assert.deepEqual(recorded, ['instance.ended', 'run.ended'])
  })

  it('that decided an edge leave nothing to ask of it', () => {
    const { take, settle } = drive(
      plan([command('a'), command('b', { needs: [{ from: 'a', when: expression('true') }] })]),
    )
    settle(1)
    const done = { result: 'success', outcome: 'success', reason: '', detail: '', outputs: {} } as const
    take({ type: 'instance.ended', id: 'a', ...done }, 2)
    take({ type: 'edge.decided', from: 'a', to: 'b', taken: false }, 2)
    const asked = settle(2)
    assert.deepEqual(
      asked.flatMap((each) => (each.type === 'record' && each.event.type === 'edge.decided' ? [each.event] : [])),
      [],
    )
    assert.deepEqual(
      ends(asked).map(({ id, result, reason }) => `${id} ${result} ${reason}`),
      ['b skipped upstream'],
    )
  })

  it('are needed: nothing is decided before the run has started', () => {
    assert.deepEqual(decide(createProgress(defaultEngine), 1), [])
  })

  it('that are a whole journal leave nothing to decide', () => {
    const { journal } = simulate({ plan: plan([command('a')], { timeoutMs: 10_000 }) })
    const progress = createProgress(defaultEngine)
    for (const event of journal) evolve(progress, event)
    assert.deepEqual(decide(progress, 2_000_000), [])
  })
})

describe('a process that was asked to stop', () => {
  it('is asked once, whoever asks', () => {
    const cancel = { type: 'instance.cancelled', id: 'a', by: 'me' } as const
    const run = simulate({
      plan: plan([command('a')]),
      behave: () => ({ durationMs: 100, ignoresStop: true, failure: { kind: 'cancelled', cause: 'cancelled' } }),
      script: [20, 40, 60].map((at) => ({ at, event: cancel })),
    })
    assert.equal(run.commands.filter(({ type }) => type === 'stop').length, 1)
    assert.equal(endOf(run, 'a').detail, 'cancelled by me')
  })

  it('by itself is cancelled with what it says', () => {
    const run = simulate({
      plan: plan([command('a', { retry: { attempts: 3, on: ['failure'] } })]),
      behave: () => ({ failure: { kind: 'cancelled', cause: 'cancelled', detail: 'by hand' } }),
    })
    assert.deepEqual([results(run)['a'], endOf(run, 'a').detail], ['cancelled (cancelled)', 'by hand'])
  })
})
