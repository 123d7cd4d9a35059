import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import type { Stage } from '../rig/step-runner.ts'
import { openProject, skip, type Project } from './project.ts'

const comments = /issues\/(?:1\/)?comments/

const warnings = ({ reading }: Stage): string =>
  reading.annotations
    .filter(({ name }) => name === 'warning')
    .map(({ data }) => data)
    .join('\n')

describe('the comment of a step, at a bad moment', { skip, timeout: 300_000 }, () => {
  let project: Project
  before(async () => {
    project = await openProject({ '.github/orchestrator.yml': 'instances: {}\n', 'a.txt': '1\n' }, { 'a.txt': '2\n' })
  })
  after(() => project.close())
  afterEach(() => {
    project.github.accept()
    project.github.comments.splice(0)
  })
  const inputs = (text: string) => ({ mode: 'single', command: `echo ${text}` })
  const of = (run: number) => ({ environment: { GITHUB_RUN_ID: String(run) } })

  it('is one where two jobs race for it, and tells of the later run', async () => {
    // Both have looked, and found none, before either writes.
    const hold = project.github.hold({ method: 'GET', path: comments, times: 2 })
    const steps = [project.start(inputs('earlier'), of(71)), project.start(inputs('later'), of(72))]
    await hold.all
    hold.release()
    for (const step of steps) {
      const { main, post } = await step.finish()
      assert.equal(main.exitCode, 0, main.output)
      assert.equal(post.exitCode, 0, post.output)
      assert.equal(warnings(main), '')
    }
    assert.equal(project.github.comments.length, 1)
    const { body = '' } = project.github.comments[0] ?? {}
    assert.match(body, / run=72 attempt=1 /)
    assert.equal(project.github.requests.filter(({ method }) => method === 'DELETE').length, 1)
  })

  it('is written where GitHub is slow to answer', async () => {
    const hold = project.github.hold({ path: comments, times: 1 })
    const step = project.start(inputs('slow'), of(73))
    await hold.all
    setTimeout(() => hold.release(), 3000)
    const { main } = await step.finish()
    assert.equal(main.exitCode, 0, main.output)
    assert.equal(warnings(main), '')
    assert.equal(project.github.comments.length, 1)
  })

  it('keeps nobody who cancels waiting for an answer that does not come, and is made up for by `post`', async () => {
    const hold = project.github.hold({ path: comments, times: 1 })
    const step = project.start(inputs('silence'), of(74))
    await hold.all
    step.cancel()
    const main = await step.main
    assert.notEqual(main.signal, 'SIGKILL')
    assert.ok(main.durationMs < 60_000, `${main.durationMs}`)
    hold.release()
    const { post } = await step.finish()
    assert.equal(post.exitCode, 0, post.output)
    assert.equal(project.github.comments.length, 1, post.output)
  })

  it('is made anew where a person deletes it between the look at it and the update', async () => {
    await project.run(inputs('one'), of(75))
    const hold = project.github.hold({ method: 'GET', path: comments, times: 1 })
    const step = project.start(inputs('two'), of(76))
    await hold.all
    project.github.comments.splice(0)
    hold.release()
    const { main } = await step.finish()
    assert.equal(warnings(main), '')
    assert.equal(project.github.comments.length, 1)
    assert.match(project.github.comments[0]?.body ?? '', / run=76 /)
  })
})
