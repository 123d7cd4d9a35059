import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import type { Files } from '../rig/git-repository.ts'
import { openActProject, readOwn, skip } from './run-act.ts'

/** The blocks of YAML in the README that come first: the workflow, and its orchestration file. */
function firstWorkflow(): { workflow: string; file: string } {
  const blocks = [...readOwn('README.md').matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, text = '']) => text)
  const workflow = blocks.find((text) => /^jobs:/m.test(text)) ?? ''
  const file = blocks.find((text) => /^instances:/m.test(text)) ?? ''
  return { workflow, file }
}

/** Carries the workflow out on a pull request; `base` and `change` are what its commits have. */
async function review(t: TestContext, base: Files, change: Files) {
  const rules = 'rules:\n  - match: { prompt: "short review" }\n    reply: { text: One short review. }\n'
  const project = await openActProject(t, base, change, { rules })
  const workflow = '.github/workflows/review.yml'
  const uses = ['v5', 'v1'] as const
  const ended = await project.run({ event: 'pull_request', payload: project.opened, workflow, uses })
  return { ...ended, ...project }
}

const { workflow, file } = firstWorkflow()
const files = { '.github/workflows/review.yml': workflow, '.github/orchestrator.yml': file }

describe(
  'the first workflow of the README, word for word, by a runner that is not ours',
  { skip, timeout: 480_000 },
  () => {
    it('reviews the first pull request on a default checkout and comments', async (t) => {
      const { code, output, github, results } = await review(t, { ...files, 'a.txt': 'old\n' }, { 'a.txt': 'new\n' })
      assert.equal(code, 0, output)
      assert.match(output, /review success/)
      assert.equal(github.comments.length, 1, output)
      assert.match(github.comments[0]?.body ?? '', /One short review\./)
      assert.equal(results.artifacts.length, 1)
      assert.deepEqual(github.violations, [])
    })

    it('checks the pull request that adds it, and is green', async (t) => {
      const { code, output, github, results } = await review(t, { 'a.txt': 'old\n' }, files)
      assert.equal(code, 0, output)
      assert.match(output, /Nothing was run|nothing was run/)
      assert.match(output, /4 instances, no errors/)
      assert.equal(github.comments.length, 0)
      assert.equal(results.artifacts.length, 0)
    })
  },
)
