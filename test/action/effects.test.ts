import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'
import { after, before, describe, it } from 'node:test'
import type { Stage } from '../rig/step-runner.ts'
import { openProject, readRun, readToken, runDirectoryOf, skip, writeToken, type Project } from './project.ts'

const file = `
name: nightly
inputs: { answer: { type: string, required: true }, text: { type: boolean, default: false } }
instances:
  audit:
    run: printf '%s' "$ANSWER"
    env: { ANSWER: "\${{ inputs.answer }}" }
    parse: json
    effects:
      issue: { labels: [audit] }
      comment: { on: 1 }
      labels: { on: 1, allow: ["area/*"] }
      dispatch: { allow: [deploy.yml], mark: request }
report: { comment: none, summary: true }
`

const all = {
  issue: { title: 'Nightly', body: 'Found **3**, @everyone.' },
  comment: 'See the issue.',
  labels: ['area/ui'],
  dispatch: true,
}

/** Runs of a workflow that starts them by hand: without a pull request, and without simulation, which changes nothing. */
const manual = (answer: object, attempt = 1, run = 99) =>
  [
    { simulate: 'false', inputs: `answer: ${JSON.stringify(JSON.stringify(answer))}` },
    {
      event: { name: 'workflow_dispatch', payload: { sender: { login: 'mona', type: 'User' } } },
      actor: 'mona',
      environment: {
        GITHUB_RUN_ID: String(run),
        GITHUB_RUN_ATTEMPT: String(attempt),
        GITHUB_REF_TYPE: 'branch',
        GITHUB_REF_NAME: 'main',
      },
    },
  ] as const

/** How often the orchestrator is killed. */
const kills = Number(process.env['EFFECT_KILLS'] ?? 10)

describe('what an instance asks for on GitHub', { skip, timeout: 600_000 + kills * 60_000 }, () => {
  let project: Project
  before(async () => {
    project = await openProject({ '.github/orchestrator.yml': file })
  })
  after(() => project.close())

  const opened = () => project.github.issues.filter(({ isPullRequest }) => !isPullRequest)
  const counts = () => ({
    issues: opened().filter(({ state }) => state === 'open').length,
    comments: project.github.comments.length,
    labels: [...(project.github.issues[0]?.labels ?? [])],
    started: project.github.workflowRuns.length,
  })
  const reset = (): void => {
    project.github.issues.splice(1)
    project.github.issues[0]?.labels.clear()
    project.github.comments.splice(0)
    project.github.workflowRuns.splice(0)
  }
  const reasonOf = (stage: Stage): string => {
    const [audit] = readRun(runDirectoryOf(stage)).instances
    return `${audit?.result} ${audit?.reason} ${JSON.stringify(audit)}`
  }
  const once = { issues: 1, comments: 1, labels: ['area/ui'], started: 1 }

  it('is done by a run, and left as it is by its next attempt', async () => {
    const { main } = await project.run(...manual(all))
    assert.equal(main.exitCode, 0, main.output)
    assert.deepEqual(counts(), once)
    assert.match(opened()[0]?.body ?? '', /^<!-- orchestrator:[^\n]*-->\nFound \*\*3\*\*, @\u200B?everyone/)
    assert.deepEqual([...(opened()[0]?.labels ?? [])], ['audit'])
    const again = await project.run(...manual(all, 2))
    assert.equal(again.main.exitCode, 0, again.main.output)
    assert.deepEqual(counts(), once)
    await project.run(...manual(all, 1, 100))
    assert.deepEqual(counts(), { ...once, comments: 2, started: 2 })
  })

  it('is done once each, whenever the orchestrator is killed and run again', async () => {
    const { main } = await project.run(...manual(all, 1, 200))
    const { durationMs } = main
    for (let moment = 1; moment <= kills; moment++) {
      reset()
      const run = 1000 + moment
      const step = project.start(...manual(all, 1, run))
      await delay((durationMs * (0.3 + (0.7 * moment) / kills)) | 0)
      step.kill('SIGKILL')
      await step.finish()
      const again = await project.run(...manual(all, 2, run))
      assert.equal(again.main.exitCode, 0, again.main.output)
      assert.deepEqual(counts(), once, `killed at moment ${moment} of ${kills}`)
    }
  })

  it('is done once each where it is killed right after any request, answered or not', async () => {
    for (const [request, path] of [
      ['POST', /\/issues$/],
      ['POST', /\/comments$/],
      ['POST', /\/labels$/],
      ['POST', /\/dispatches$/],
    ] as const) {
      reset()
      const seen = project.github.requests.length
      const step = project.start(...manual(all, 1, 300))
      await project.github.seen(
        (each) => project.github.requests.indexOf(each) >= seen && each.method === request && path.test(each.url),
        60_000,
      )
      step.kill('SIGKILL')
      await step.finish()
      const again = await project.run(...manual(all, 2, 300))
      assert.equal(again.main.exitCode, 0, again.main.output)
      assert.deepEqual(counts(), once, String(path))
    }
  })

  it('is refused as a whole where the file does not allow a part of it', async () => {
    reset()
    const { main } = await project.run(...manual({ ...all, labels: ['area/ui', 'security'] }))
    assert.equal(main.exitCode, 1)
    assert.match(reasonOf(main), /failure denied .*\\"security\\": not among/)
    assert.deepEqual(counts(), { issues: 0, comments: 0, labels: [], started: 0 })
  })

  it('names the permission that the token has not', async () => {
    reset()
    const [inputs, more] = manual(all)
    const { main } = await project.run({ ...inputs, 'github-token': readToken }, more)
    assert.equal(main.exitCode, 1)
    assert.match(main.output + reasonOf(main), /permissions: issues: write/)
    assert.deepEqual(counts(), { issues: 0, comments: 0, labels: [], started: 0 })
  })

  it('is not done for an event that is not trusted, and only shown under simulation', async () => {
    reset()
    const [inputs, more] = manual(all)
    const payload = { issue: { number: 1 }, sender: { login: 'mallory', type: 'User' } }
    const stranger = await project.run(inputs, { ...more, event: { name: 'issues', payload }, actor: 'mallory' })
    assert.equal(stranger.main.exitCode, 1, 'nothing ran')
    assert.match(
      reasonOf(stranger.main),
      /^skipped untrusted .*it needs a token that writes for its `effects`: anyone can cause an issues event/,
    )
    const shown = await project.run({ ...inputs, simulate: 'true' }, more)
    assert.equal(shown.main.exitCode, 0, shown.main.output)
    assert.match(shown.main.summary ?? '', /would be done on GitHub/)
    assert.deepEqual(counts(), { issues: 0, comments: 0, labels: [], started: 0 })
  })

  it('lets no secret out', async () => {
    reset()
    const leaked = { ...all, comment: `the token is ${writeToken}`, issue: { title: writeToken, body: 'b' } }
    const { main } = await project.run(...manual(leaked))
    assert.equal(main.exitCode, 0, main.output)
    for (const { url, body } of project.github.requests) assert.ok(!`${url}${body}`.includes(writeToken))
    assert.match(project.github.comments[0]?.body ?? '', /the token is \\?\*/)
  })
})
