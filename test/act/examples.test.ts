import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openActProject, readOwn, skip } from './run-act.ts'
import { npmApp } from './npm-app.ts'

/** An example and its orchestration file, where a repository has them. */
function example(name: string, file = name): Record<string, string> {
  return {
    [`.github/workflows/${name}.yml`]: readOwn(`examples/workflows/${name}.yml`),
    [`.github/${file}.orchestrator.yml`]: readOwn(`examples/workflows/${file}.orchestrator.yml`),
  }
}

/** The commits that the examples pin: a tag would be looked up on GitHub. */
const uses = ['08c6903cd8c0fde910a37f88322edcfb5dd907a8', '0'.repeat(40)] as const
const mallory = { login: 'mallory', type: 'User' }

describe('the examples, by a runner that is not ours', { skip, timeout: 600_000 }, () => {
  it('check what comes from a fork without a token that writes, and publish the report with one', async (t) => {
    const base = {
      ...example('fork-checks'),
      ...example('fork-publish', 'fork-checks'),
      ...npmApp,
    }
    const project = await openActProject(
      t,
      base,
      { 'a.txt': 'new\n' },
      { rules: 'rules: []', headRepository: 'mallory/app' },
    )
    const { github, results, headSha } = project
    const workflow = '.github/workflows/fork-checks.yml'
    const checked = await project.run({ event: 'pull_request', payload: project.opened, workflow, uses, token: 'read' })
    assert.equal(checked.code, 0, checked.output)
    assert.match(checked.output, /fork-checks success/)
    assert.equal(github.comments.length, 0)
    const [artifact] = results.artifacts
    assert.ok(artifact, checked.output)
    // act has one number for all its runs, which is in the artifact.
    const id = Number(/"run_id":"(\d+)"/.exec(artifact.bytes.toString('latin1'))?.[1] ?? 1)
    github.runs.push({
      id,
      attempt: 1,
      event: 'pull_request',
      headSha,
      headBranch: 'changes',
      headRepository: 'mallory/app',
      workflow,
      status: 'completed',
      conclusion: 'success',
      artifacts: [{ name: artifact.name, bytes: artifact.bytes }],
    })
    const triggering = {
      id,
      event: 'pull_request',
      head_branch: 'changes',
      head_repository: { full_name: 'mallory/app' },
      actor: mallory,
    }
    const published = await project.run({
      event: 'workflow_run',
      payload: {
        action: 'completed',
        workflow_run: triggering,
        sender: mallory,
        repository: { full_name: 'octo/app', default_branch: 'main' },
      },
      workflow: '.github/workflows/fork-publish.yml',
      uses,
      ref: 'refs/heads/main',
    })
    assert.equal(published.code, 0, published.output)
    assert.equal(github.comments.length, 1, published.output)
    assert.match(github.comments[0]?.body ?? '', /\*\*fork-checks\*\* success/)
    assert.match(github.comments[0]?.body ?? '', /what a run without credentials left in its artifact/)
    assert.deepEqual(github.violations, [])
  })

  it('review what a comment asks for', async (t) => {
    const rules =
      'rules:\n  - match: { prompt: "Review the attached change" }\n    reply: { text: One short review. }\n'
    const project = await openActProject(t, example('comment'), { 'a.txt': 'new\n' }, { rules })
    const { github } = project
    const asked = github.addComment({ login: 'mona', type: 'User', write: true }, '/orchestrate review')
    const mona = { login: 'mona', type: 'User' }
    const payload = {
      action: 'created',
      issue: { number: 1, pull_request: { url: 'x' }, user: mona },
      comment: { id: asked.id, user: mona, body: asked.body },
      sender: mona,
      repository: { full_name: 'octo/app', default_branch: 'main' },
    }
    const workflow = '.github/workflows/comment.yml'
    const { code, output } = await project.run({
      event: 'issue_comment',
      payload,
      workflow,
      uses,
      ref: 'refs/heads/main',
    })
    assert.equal(code, 0, output)
    assert.deepEqual(asked.reactions, ['eyes'])
    assert.equal(github.comments.length, 2, output)
    assert.match(github.comments[1]?.body ?? '', /One short review\./)
    assert.deepEqual(github.violations, [])
  })
})
