import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { openProject, skip } from './project.ts'

const file = `
name: nightly
instances:
  audit: { run: echo done }
report: { comment: none, summary: true }
`

describe('runs without a comment that remembers them', { skip, timeout: 300_000 }, () => {
  it('know what those before them took by the newest artifact, and say nothing where there is none', async () => {
    const project = await openProject({ '.github/orchestrator.yml': file })
    after(() => project.close())
    const run = async (id: number) => {
      project.github.requests.splice(0)
      project.results.artifacts.splice(0)
      const { main } = await project.run(
        {},
        {
          event: { name: 'workflow_dispatch', payload: { sender: { login: 'mona', type: 'User' } } },
          actor: 'mona',
          environment: {
            GITHUB_RUN_ID: String(id),
            GITHUB_REF_NAME: 'main',
            GITHUB_WORKFLOW_REF: 'octo/app/.github/workflows/nightly.yml@refs/heads/main',
          },
        },
      )
      assert.equal(main.exitCode, 0, main.output)
      project.github.runs.push({
        id,
        attempt: 1,
        event: 'workflow_dispatch',
        headSha: project.repository.headSha,
        headBranch: 'main',
        headRepository: 'octo/app',
        workflow: '.github/workflows/nightly.yml',
        status: 'completed',
        conclusion: 'success',
        artifacts: project.results.artifacts.map(({ name, bytes }) => ({ name, bytes })),
      })
      return main.summary ?? ''
    }
    assert.doesNotMatch(await run(1), /before:/)
    assert.match(await run(2), /^\*The run before: [\d.ms ]+\*$/m)
    assert.match(await run(3), /^\*Median of the 2 runs before: [\d.ms ]+\*$/m)
    const asked = project.github.requests.map(({ url }) => url.split('?')[0]).filter((url) => /actions/.test(url ?? ''))
    assert.equal(asked.length, 3, asked.join())
    // What is in such artifacts may be anything.
    for (const past of project.github.runs)
      for (const artifact of past.artifacts) Object.assign(artifact, { bytes: Buffer.from('no archive') })
    assert.doesNotMatch(await run(4), /before:/)
  })
})
