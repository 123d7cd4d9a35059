import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { openProject, readRun, runDirectoryOf, skip, type Project } from './project.ts'

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

const [, file = ''] = /with `\.github\/orchestrator\.yml`:\n\n```yaml\n([^]*?)```/.exec(readme) ?? []

describe("the README's first workflow", { skip }, () => {
  let project: Project
  before(async () => {
    project = await openProject({ '.github/orchestrator.yml': file, 'app.js': 'old\n' }, { 'app.js': 'new\n' })
  })
  after(() => project.close())

  it('reviews the first pull request after it, on a default, shallow checkout', async () => {
    const { main } = await project.run()
    assert.equal(main.exitCode, 0, main.output)
    const { instances } = readRun(runDirectoryOf(main))
    assert.match(instances.find(({ id }) => id === 'diff')?.text ?? '', /^-old\n\+new$/m)
    assert.equal(instances.length, 4)
    assert.match(main.outputs['comment-url'] ?? '', /#issuecomment/)
  })
})

describe("the README's first workflow, on the pull request that adds it", { skip }, () => {
  it('is green, and says that it reviews from the next one on', async () => {
    const first = await openProject({ 'app.js': 'old\n' }, { '.github/orchestrator.yml': file })
    try {
      const { main } = await first.run()
      assert.equal(main.exitCode, 0, main.output)
      assert.equal(main.outputs['result'], 'skipped')
      assert.match(main.output, /4 instances, no errors/)
    } finally {
      await first.close()
    }
  })
})
