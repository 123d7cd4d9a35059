import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { GroupInstance, Repeat } from '../../src/core/instance.ts'
import { createRunState, foldEvent, isSuperseded } from '../../src/core/run-state.ts'
import { agent, command, group, plan, tokens, type GroupOverrides } from './plans.ts'
import { endOf, results, runEnd, simulate, spent, startOrder, type SimulationOptions } from './simulator.ts'

const exit = { failure: { kind: 'exit', code: 1 } } as const

/** `fix`, then `test`, until that succeeds. */
function loop(repeat: Partial<Repeat> = {}, overrides: GroupOverrides = {}) {
  return group('loop', 'sequence', [command('loop.fix'), command('loop.test', { needs: ['loop.fix'] })], {
    repeat: { until: "needs.test.result == 'success'", max: 5, onExhausted: 'failure', ...repeat },
    ...overrides,
  })
}

/** The tests fail in all rounds before this one. */
const greenIn =
  (round: number): NonNullable<SimulationOptions['behave']> =>
  ({ id }) =>
    id.startsWith('loop.test') && Number(id.split('#')[1] ?? 1) < round ? exit : {}

const after = command('after', { needs: ['loop'] })
const alarm = command('alarm', { needs: ['loop'], if: 'failure()' })

describe('a repeated sequence', () => {
  it('has instances of its own in every round, until the condition holds; the run is what the last round was', () => {
    const run = simulate({ plan: plan([loop(), after, alarm]), behave: greenIn(3) })
    assert.deepEqual(results(run), {
      'loop.fix': 'success',
      'loop.test': 'failure (exit:1)',
      'loop.fix#2': 'success',
      'loop.test#2': 'failure (exit:1)',
      'loop.fix#3': 'success',
      'loop.test#3': 'success',
      loop: 'success',
      after: 'success',
      alarm: 'skipped (condition)',
    })
    assert.equal(runEnd(run).result, 'success')
  })

  it('runs once when the condition holds at once', () => {
    const run = simulate({ plan: plan([loop()]) })
    assert.deepEqual(startOrder(run), ['loop.fix', 'loop.test'])
  })

  it('fails as exhausted after the last round', () => {
    const run = simulate({ plan: plan([loop({ max: 2 }), after, alarm]), behave: greenIn(3) })
    assert.deepEqual(results(run), {
      'loop.fix': 'success',
      'loop.test': 'failure (exit:1)',
      'loop.fix#2': 'success',
      'loop.test#2': 'failure (exit:1)',
      loop: 'failure (exhausted)',
      after: 'skipped (upstream)',
      alarm: 'success',
    })
    assert.equal(endOf(run, 'loop').detail, 'until did not hold after 2 rounds: loop.test#2 failed (exit:1)')
    assert.equal(runEnd(run).reason, '1 instance failed: loop.test#2')
  })

  it('has no outputs then, not even some that cannot be evaluated', () => {
    for (const code of ['${{ needs.test.exit-code }}', "${{ fromJSON('x') }}"]) {
      const run = simulate({ plan: plan([loop({ max: 2 }, { outputs: { code } })]), behave: greenIn(3) })
      assert.deepEqual([endOf(run, 'loop').reason, endOf(run, 'loop').outputs], ['exhausted', {}])
    }
  })

  it('is exhausted also when all succeeded and the condition does not hold', () => {
    const run = simulate({ plan: plan([loop({ until: 'false', max: 2 })]) })
    assert.equal(results(run)['loop'], 'failure (exhausted)')
    assert.equal(runEnd(run).reason, '1 instance failed: loop')
  })

  it('forgives that with on-exhausted: success, and tells its outputs', () => {
    const last = command('last', {
      needs: ['loop'],
      process: { env: { R: '${{ needs.loop.outcome }} ${{ needs.loop.result }} ${{ needs.loop.outputs.code }}' } },
    })
    const run = simulate({
      plan: plan([
        loop({ max: 2, onExhausted: 'success' }, { outputs: { code: '${{ needs.test.exit-code }}' } }),
        last,
      ]),
      behave: greenIn(3),
    })
    assert.deepEqual([endOf(run, 'loop').result, endOf(run, 'loop').reason], ['success', 'exhausted'])
    assert.equal(run.tasks.at(-1)?.env['R'], 'failure success 1')
    assert.equal(runEnd(run).result, 'success')
  })

  it('lets its expressions read the round before; what needs the group reads the last', () => {
    const members = [
      command('loop.fix', {
        process: {
          env: {
            BEFORE: "${{ previous-round.result || 'none' }}: ${{ previous-round.instances.test.text }}",
          },
        },
      }),
      command('loop.test', {
        needs: ['loop.fix'],
        names: { fix: 'loop.fix' },
        process: { env: { FIX: '${{ needs.fix.text }}' } },
      }),
    ]
    const reader = command('reader', {
      needs: ['loop'],
      process: { env: { LAST: '${{ needs.loop.rounds }} ${{ needs.loop.instances.test.text }}' } },
    })
    const run = simulate({
      plan: plan([
        group('loop', 'sequence', members, {
          repeat: { until: 'success()', max: 3, onExhausted: 'failure' },
          names: { test: 'loop.test' },
        }),
        reader,
      ]),
      behave: (task) => ({ ...greenIn(3)(task, 0), text: `said ${task.id}` }),
    })
    const read = Object.fromEntries(
      run.tasks.map(({ id, env }) => [id, env['BEFORE'] ?? env['FIX'] ?? env['LAST'] ?? '']),
    )
    assert.deepEqual(read, {
      'loop.fix': 'none: ',
      'loop.test': 'said loop.fix',
      'loop.fix#2': 'failure: said loop.test',
      'loop.test#2': 'said loop.fix#2',
      'loop.fix#3': 'failure: said loop.test#2',
      'loop.test#3': 'said loop.fix#3',
      reader: '3 said loop.test#3',
    })
  })

  it('repeats groups and dynamic matrices inside it with all that is in them', () => {
    const inner = group('loop.checks', 'parallel', [command('loop.checks.lint'), command('loop.checks.types')])
    const cell = command('loop.each.*', { parent: 'loop.each' })
    const gate = { from: 'loop.each..open', when: 'success', delayMs: 0, plain: false } as const
    const each = group('loop.each', 'matrix', [], {
      expansion: { matrix: { v: ['a', 'b'] }, template: [{ ...cell, needs: [gate] }] },
    })
    const run = simulate({
      plan: plan([
        group('loop', 'sequence', [...inner, ...each], {
          repeat: { until: 'success()', max: 2, onExhausted: 'failure' },
        }),
      ]),
      behave: ({ id }) => (id === 'loop.checks.lint' ? exit : {}),
    })
    assert.deepEqual(startOrder(run).toSorted(), [
      'loop.checks#2.lint',
      'loop.checks#2.types',
      'loop.checks.lint',
      'loop.checks.types',
      'loop.each#2.a',
      'loop.each#2.b',
      'loop.each.a',
      'loop.each.b',
    ])
    assert.equal(runEnd(run).result, 'success')
  })

  it('has no further round once the group or the run is cancelled, or a budget is used up', () => {
    const stop = { at: 15, event: { type: 'instance.cancelled', id: 'loop', by: 'someone' } } as const
    const cancelled = simulate({ plan: plan([loop({ until: 'false' })]), script: [stop] })
    assert.deepEqual(startOrder(cancelled), ['loop.fix', 'loop.test'])
    assert.equal(results(cancelled)['loop'], 'cancelled (cancelled)')

    const interrupt = { at: 15, event: { type: 'run.interrupted', cause: 'cancelled', by: 'SIGINT' } } as const
    const interrupted = simulate({
      plan: plan([loop({ until: 'false' })]),
      script: [interrupt],
      behave: () => ({ ignoresStop: true }),
    })
    assert.deepEqual(startOrder(interrupted), ['loop.fix', 'loop.test'])
    assert.equal(results(interrupted)['loop'], 'cancelled (cancelled)')

    const spender = group('loop', 'sequence', [agent('loop.ask')], {
      repeat: { until: 'false', max: 9, onExhausted: 'failure' },
      budget: tokens(2500),
    })
    const poor = simulate({ plan: plan([spender]), behave: () => ({ accounting: spent(1000) }) })
    assert.deepEqual(startOrder(poor), ['loop.ask', 'loop.ask#2', 'loop.ask#3'], 'the budget is that of all rounds')
    assert.equal(results(poor)['loop'], 'skipped (budget)')
    assert.equal(runEnd(poor).result, 'failure')
  })

  it('has none either where one of several could not run', () => {
    const members = [command('loop.check'), agent('loop.ask')]
    const run = simulate({
      plan: plan([group('loop', 'parallel', members, { repeat: { until: 'false', max: 9, onExhausted: 'failure' } })]),
      behave: ({ id }) => (id === 'loop.ask' ? { failure: { kind: 'quota', detail: '' } } : {}),
    })
    assert.deepEqual(startOrder(run), ['loop.check', 'loop.ask'])
    assert.equal(results(run)['loop'], 'failure (quota)')
  })

  it('has none either where something in a group in it could not run, whatever else failed there', () => {
    const second = agent('loop.ask.again', { needs: [{ from: 'loop.ask.once', when: 'failure' }] })
    const ask = group('loop.ask', 'parallel', [agent('loop.ask.once'), second], { budget: tokens(1000) })
    const repeat = { until: 'success()', max: 3, onExhausted: 'failure' } as const
    const run = simulate({
      plan: plan([group('loop', 'sequence', ask, { repeat })]),
      behave: () => ({ ...exit, accounting: spent(1000) }),
    })
    assert.deepEqual(startOrder(run), ['loop.ask.once'])
    assert.equal(results(run)['loop.ask.again'], 'skipped (budget)')
    assert.equal(results(run)['loop'], 'failure (exit:1)')
  })

  it('goes on after a failure that cancelled its siblings', () => {
    const checks = group('loop.checks', 'parallel', [command('loop.checks.lint'), command('loop.checks.slow')], {
      failFast: true,
    })
    const run = simulate({
      plan: plan([
        group('loop', 'sequence', checks, { repeat: { until: 'success()', max: 3, onExhausted: 'failure' } }),
      ]),
      behave: ({ id }) => (id === 'loop.checks.lint' ? exit : { durationMs: 100 }),
    })
    assert.equal(results(run)['loop.checks.slow'], 'cancelled (cancelled)')
    assert.equal(results(run)['loop'], 'success')
    assert.equal(runEnd(run).result, 'success')
  })

  it('tells what comes after it whether something failed or was cancelled in its last round, unless that is forgiven', () => {
    const alarms = (onExhausted: Repeat['onExhausted'], greenFrom: string) => {
      const checks = group('loop.checks', 'parallel', [command('loop.checks.lint'), command('loop.checks.slow')], {
        failFast: true,
      })
      const run = simulate({
        plan: plan([
          group('loop', 'sequence', checks, { repeat: { until: 'success()', max: 2, onExhausted } }),
          command('failed', { needs: ['loop'], if: 'failure()' }),
          command('cancelled', { needs: ['loop'], if: 'cancelled()' }),
        ]),
        behave: ({ id }) => (id.endsWith('lint') && id < greenFrom ? exit : { durationMs: 100 }),
      })
      return ['failed', 'cancelled'].filter((id) => results(run)[id] === 'success')
    }
    assert.deepEqual(alarms('failure', 'no round'), ['failed', 'cancelled'])
    assert.deepEqual(alarms('success', 'no round'), [])
    assert.deepEqual(alarms('failure', 'loop.checks'), [])
  })

  it('tells nothing of a round before its last, nor of what was not needed in that', () => {
    const join = { atLeast: 1, cancelRest: true } as const
    const members = [
      command('loop.a'),
      command('loop.b'),
      command('loop.one', { needs: ['loop.a', 'loop.b'], join }),
      command('loop.test'),
    ]
    const run = simulate({
      plan: plan([
        group('loop', 'parallel', members, { repeat: { until: 'success()', max: 3, onExhausted: 'failure' } }),
        command('failed', { needs: ['loop'], if: 'failure()' }),
        command('cancelled', { needs: ['loop'], if: 'cancelled()' }),
      ]),
      behave: (task, at) => ({ ...greenIn(2)(task, at), durationMs: task.id.startsWith('loop.b') ? 100 : 10 }),
    })
    assert.equal(results(run)['loop.b#2'], 'cancelled (not-needed)')
    assert.deepEqual(
      ['loop', 'failed', 'cancelled'].map((id) => results(run)[id]),
      ['success', 'skipped (condition)', 'skipped (condition)'],
    )
  })

  it('ends when one of a round was cancelled, where it asks for that', () => {
    const run = simulate({
      plan: plan([loop({ until: 'cancelled()' })]),
      behave: () => ({ durationMs: 100 }),
      script: [{ at: 150, event: { type: 'instance.cancelled', id: 'loop.test', by: 'me' } }],
    })
    assert.deepEqual(startOrder(run), ['loop.fix', 'loop.test'])
    assert.equal(results(run)['loop'], 'cancelled (cancelled)')
  })

  it('fails when what it has come to is forgiven and its outputs cannot be evaluated', () => {
    const outputs = { said: "${{ fromJSON('{') }}" }
    const run = simulate({ plan: plan([loop({ until: 'false', max: 2, onExhausted: 'success' }, { outputs })]) })
    assert.equal(results(run)['loop'], 'failure (invalid-output)')
  })

  it('fails when its condition cannot be evaluated', () => {
    const run = simulate({ plan: plan([loop({ until: "fromJSON('x')" })]) })
    assert.deepEqual(startOrder(run), ['loop.fix', 'loop.test'])
    assert.match(`${results(run)['loop']} ${endOf(run, 'loop').detail}`, /^failure \(condition\) repeat\.until: /)
  })

  it('leaves earlier rounds as they were when it is resumed: only what failed in the last one runs again', () => {
    const options: SimulationOptions = { plan: plan([loop({ max: 3 })]), behave: greenIn(4) }
    const first = simulate(options)
    assert.equal(results(first)['loop'], 'failure (exhausted)')
    const second = simulate({ ...options, behave: () => ({}) }, first.journal)
    assert.deepEqual(startOrder(second), ['loop.test#3'])
    assert.equal(results(second)['loop'], 'success')
    assert.equal(runEnd(second).result, 'success')
  })

  it('tells its later rounds nothing of what fails again after it has opened', () => {
    const members = [command('loop.x'), command('loop.alarm', { if: 'failure()' })]
    const options: SimulationOptions = {
      plan: plan([
        command('bad'),
        group('loop', 'parallel', members, {
          needs: [{ from: 'bad', when: 'always' }],
          repeat: { until: 'false', max: 2, onExhausted: 'success' },
        }),
      ]),
      behave: ({ id }) => (id === 'bad' ? exit : { durationMs: 100 }),
    }
    const first = simulate(options)
    assert.deepEqual(startOrder(first), ['bad', 'loop.x', 'loop.alarm', 'loop.x#2', 'loop.alarm#2'])
    const opened = first.journal.findIndex((event) => event.type === 'instance.ended' && event.id === 'loop..open')
    const second = simulate(options, first.journal.slice(0, opened + 1))
    assert.deepEqual(startOrder(second), ['bad', 'loop.x', 'loop.x#2'])
  })

  it('goes on from every prefix of its journal with no success run twice', () => {
    const outer = group('outer', 'sequence', [...inOuter(), command('outer.end', { needs: ['outer.loop'] })], {
      repeat: { until: 'success()', max: 2, onExhausted: 'failure' },
    })
    const options: SimulationOptions = {
      plan: plan([outer, command('after', { needs: ['outer'] })]),
      behave: ({ id }) => (/test(?!.*#2$)|end$/.test(id) ? exit : {}),
    }
    const { journal } = simulate(options)
    assert.ok(journal.some((event) => event.type === 'attempt.started' && event.id === 'outer.loop#2.test#2'))
    for (let length = 1; length < journal.length; length++) {
      const earlier = journal.slice(0, length)
      const resumed = simulate(options, earlier)
      const done = new Set(
        earlier.map((event) => (event.type === 'instance.ended' && event.result === 'success' ? event.id : '')),
      )
      assert.deepEqual(
        startOrder(resumed).filter((id) => done.has(id)),
        [],
        `after the first ${length} events`,
      )
      assert.equal(runEnd(resumed).result, 'success', `after the first ${length} events`)
    }
  })

  it('tells reports which instances a later round has superseded', () => {
    const { journal } = simulate({ plan: plan([loop()]), behave: greenIn(2) })
    const state = createRunState()
    for (const event of journal) foldEvent(state, event)
    const superseded = [...state.instances.values()].filter((at) => isSuperseded(state, at))
    assert.deepEqual(
      superseded.map(({ instance }) => instance.id),
      ['loop.fix', 'loop.test'],
    )
  })
})

function inOuter() {
  const members = [command('outer.loop.fix'), command('outer.loop.test', { needs: ['outer.loop.fix'] })]
  const repeat: GroupInstance['repeat'] = { until: "needs.test.result == 'success'", max: 3, onExhausted: 'failure' }
  return group('outer.loop', 'sequence', members, { repeat })
}
