import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { describe, it } from 'node:test'
import { compile, run, RunSettingsError, workflow, type Plan, type RunSettings } from '../../src/index.ts'
import { createPlace } from '../cli/command-line.ts'

const echo = workflow('echo').run('a', 'echo a').run('b', 'echo b', { needs: 'a' }).build()

/** What a run of these settings is refused for; nothing of it may be there afterwards. */
async function refusal(plan: Plan, settings: RunSettings): Promise<readonly string[]> {
  using place = createPlace()
  let problems: readonly string[] = []
  await assert.rejects(run(plan, { workspace: place.path, ...settings }), (error) => {
    assert.ok(error instanceof RunSettingsError, String(error))
    assert.equal(error.message, error.problems.join('\n'))
    problems = error.problems
    return true
  })
  assert.deepEqual(readdirSync(place.path), [])
  return problems
}

describe('a run from a program', () => {
  it('is refused for each input and instance that is not there, and each mistake in its rules', async () => {
    const problems = await refusal(echo, {
      inputs: { days: 3 },
      only: ['c'],
      simulate: 'rules:\n  - match: { instnce: a }\n  - reply: { delay: soon }\n',
    })
    assert.equal(problems.length, 4, problems.join('\n'))
    assert.match(problems[0] ?? '', /^unknown input `days`$/)
    assert.match(problems[1] ?? '', /^simulate:2:14: .*instnce/)
    assert.match(problems[2] ?? '', /^simulate:3:21: .*delay/)
    assert.match(problems[3] ?? '', /^`only` names `c`/)
  })

  it('is refused where another value of an input is part of the plan', async () => {
    const text = [
      'inputs: { minutes: { type: number, default: 5 } }',
      "instances: { a: { run: echo a, timeout-minutes: '${{ inputs.minutes }}' } }",
    ].join('\n')
    const { plan } = compile('a.yml', text)
    assert.ok(plan)
    assert.deepEqual(await refusal(plan, { inputs: { minutes: 7 } }), [
      'the plan was compiled with 5 for the input `minutes`: give `compile` or `workflow` the same `inputs`',
    ])
    using place = createPlace()
    const seven = compile('a.yml', text, { inputs: { minutes: '7' } })
    assert.ok(seven.plan)
    const { report } = await run(seven.plan, { workspace: place.path, inputs: { minutes: 7 } })
    assert.equal(report.result, 'success')
  })

  it('starts nothing when its signal had aborted before', async () => {
    using place = createPlace()
    const { report } = await run(echo, { workspace: place.path, signal: AbortSignal.abort() })
    assert.equal(report.result, 'cancelled')
    assert.deepEqual(
      report.rows.map(({ id, attempts }) => [id, attempts.length]),
      [
        ['a', 0],
        ['b', 0],
      ],
    )
  })

  it('goes on when who follows it fails, and says so', async () => {
    using place = createPlace()
    const { report } = await run(echo, {
      workspace: place.path,
      onEvent() {
        throw new Error('not today')
      },
    })
    assert.equal(report.result, 'success')
    assert.deepEqual(report.failedReports, [{ reporter: 'onEvent', detail: 'not today' }])
  })

  it('runs only what it is told to, with what that needs, in the environment it is given', async () => {
    using place = createPlace()
    const plan = workflow('small')
      .run('a', 'echo a')
      .run('b', 'echo "$LANG"', { needs: 'a' })
      .run('c', 'echo c')
      .build()
    const { report } = await run(plan, {
      workspace: place.path,
      only: ['b'],
      environment: { PATH: process.env['PATH'], LANG: 'C.of-the-caller' },
    })
    assert.deepEqual(
      report.rows.map(({ id, result }) => [id, result]),
      [
        ['a', 'success'],
        ['b', 'success'],
        ['c', 'skipped'],
      ],
    )
    assert.equal(report.rows[1]?.text, 'C.of-the-caller\n')
  })
})
