import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import type { RunningStep, Stage } from '../rig/step-runner.ts'
import {
  eventually,
  filesHolding,
  openProject,
  processesOf,
  runDirectoryOf,
  skip,
  skipOffLinux,
  type Project,
} from './project.ts'

const file = `
name: nightly
instances:
  quick:
    run: echo done
  one:
    needs: quick
    runtime: claude
    prompt: Think long.
  two:
    needs: quick
    runtime: codex
    prompt: Think longer.
  stubborn:
    needs: quick
    run: trap '' TERM INT; while :; do sleep 0.2; done
  after:
    needs: [one, two]
    run: echo never
`

/** Two requests each: the first is served and costs, the second streams a little and then hangs. */
const rules = `
rules:
  - match: { request: 1 }
    reply:
      text: Let me look.
      tools: [{ run: "true" }]
      usage: { input: 1000, output: 100 }
  - reply: { text: "still thinking about it", chunks: 4, hang: true }
`

interface Journal {
  readonly directory: string
  readonly runId: string
}

/** Waits until both agents stream their second answer and the stubborn one runs. */
async function untilBusy(step: RunningStep, project: Project): Promise<Journal> {
  const temp = join(project.repository.checkout, '../temp-1')
  const directory = await eventually(() => {
    const root = existsSync(temp) ? readdirSync(temp).find((name) => name.startsWith('orchestrator-')) : undefined
    const found = join(temp, root ?? '', 'latest')
    return existsSync(join(found, 'journal.ndjson')) ? found : undefined
  })
  const text = (name: string): string => readFileSync(join(directory, name), { encoding: 'utf8', flag: 'a+' })
  await Promise.race([
    eventually(() => {
      const journal = text('journal.ndjson')
      const started = ['one', 'two', 'stubborn'].every((id) =>
        journal.includes(`"type":"attempt.started","id":"${id}"`),
      )
      const served = text('simulation.ndjson')
      return started && served.includes('"one"') && served.includes('"two"') ? true : undefined
    }),
    step.main.then(({ output }) => assert.fail(`the step ended early:\n${output}`)),
  ])
  return { directory, runId: /"runId":"([0-9a-f]+)"/.exec(text('journal.ndjson'))?.[1] ?? '' }
}

/** Whatever stage reports: what ended and all that did not. */
function expectReported(stage: Stage): void {
  assert.match(stage.summary ?? '', /quick.*success/)
  for (const id of ['one', 'two', 'stubborn', 'after']) assert.match(stage.summary ?? '', new RegExp(`\\b${id}\\b`))
}

describe('a run that is cut short', { skip, timeout: 180_000 }, () => {
  let project: Project
  beforeEach(async () => {
    project = await openProject({ '.github/orchestrator.yml': file, '.github/rules.yml': rules })
  })
  afterEach(() => project.close())

  it('by a cancel leaves no process and tells what there is; post comments', async () => {
    const step = project.start({ simulate: '.github/rules.yml' })
    const { runId } = await untilBusy(step, project)
    assert.ok(skipOffLinux || processesOf(runId).length >= 3)
    // While main lives, GitHub does not take comments.
    project.github.refuse({ status: 503, path: /comments/ })
    const cancelled = performance.now()
    step.cancel()
    const main = await step.main
    // SIGTERM comes after 7.5 s; on a busy machine that must not be close.
    assert.ok(performance.now() - cancelled < 6000, `main took ${performance.now() - cancelled} ms of 7,500`)
    assert.equal(main.signal, null)
    assert.equal(main.exitCode, 130)
    await eventually(() => (processesOf(runId).length === 0 ? true : undefined), 8000 - (performance.now() - cancelled))
    expectReported(main)
    assert.match(main.summary ?? '', /interrupted by SIGINT/)
    const tokens = Number(main.outputs['total-tokens'])
    assert.ok(tokens >= 2000, `${tokens} tokens, of two agents that were served 1,000 and more each`)
    assert.equal(main.outputs['partial'], 'true')
    assert.ok(main.summary?.includes(`≥ ${tokens.toLocaleString('en')} tokens`))
    assert.equal(main.outputs['result'], 'cancelled')
    // Written as soon as the run began.
    assert.match(project.github.comments[0]?.body ?? '', /⏳ \*\*nightly\*\* is running/)
    project.github.accept()
    const { post } = await step.finish()
    assert.equal(post.exitCode, 0, post.output)
    assert.equal(project.github.comments.length, 1)
    assert.match(project.github.comments[0]?.body ?? '', /\*\*nightly\*\* cancelled/)
    assert.doesNotMatch(project.github.comments[0]?.body ?? '', /not delivered/)
    assert.equal(project.results.artifacts.length, 1)
  })

  it('by the death of main is reported by post, which ends what is left', { skip: skipOffLinux }, async () => {
    const step = project.start({ simulate: '.github/rules.yml' })
    const { runId } = await untilBusy(step, project)
    step.kill('SIGKILL')
    const { main, post } = await step.finish()
    assert.equal(main.signal, 'SIGKILL')
    assert.equal(post.exitCode, 0, post.output)
    assert.deepEqual(processesOf(runId), [])
    expectReported(post)
    assert.equal(project.github.comments.length, 1)
    for (const text of [post.summary ?? '', project.github.comments[0]?.body ?? '']) {
      assert.match(text, /🛑 \*\*nightly\*\* was interrupted: the orchestrator was killed/)
      assert.match(text, /was killed before the run ended/)
      // Nothing of it runs, or will.
      for (const id of ['one', 'two', 'stubborn'])
        assert.match(text, new RegExp(`^\\| 🛑 \\| ${id} \\|.*interrupted`, 'm'))
      assert.match(text, /^\| ➖ \| after \|.*not started/m)
      assert.doesNotMatch(text, /⏳|🕓|running|waiting/)
    }
    assert.equal(project.results.artifacts.length, 1)
    assert.deepEqual(filesHolding(runDirectoryOf(main), 'report.failed'), [])
  })

  it('while it delivers leaves the rest to post', async () => {
    project.results.hang()
    const step = project.start({ mode: 'single', command: 'echo hello' })
    await step.printed(/Artifact name is valid/)
    await project.github.seen(({ method }) => method === 'POST', 60_000)
    const cancelled = performance.now()
    step.cancel()
    const main = await step.main
    assert.ok(performance.now() - cancelled < 5000)
    assert.equal(main.exitCode, 130)
    assert.equal(main.outputs['result'], 'success')
    project.results.recover()
    const { post } = await step.finish()
    assert.equal(post.exitCode, 0, post.output)
    assert.equal(project.results.artifacts.length, 1)
    assert.equal(project.github.comments.length, 1)
    assert.equal(post.summary, undefined, 'main had written it')
  })

  it('before it began says so', async () => {
    const step = project.start({ simulate: '.github/rules.yml' })
    step.cancel()
    const { main, post } = await step.finish()
    // Node may not have got as far as listening to signals.
    assert.ok(main.exitCode === 130 || main.signal === 'SIGINT', main.output)
    assert.equal(post.exitCode, 0, post.output)
  })
})
