import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Stage } from '../rig/step-runner.ts'
import { filesHolding, openProject, runDirectoryOf, writeToken, skip, type Project } from './project.ts'

const secret = `key-${randomBytes(12).toString('hex')}`

const file = `
name: review
inputs:
  greeting: { type: string, default: hello }
instances:
  greet:
    run: echo "word=$GREETING" >> "$ORCHESTRATOR_OUTPUT"
    env: { GREETING: "\${{ inputs.greeting }}" }
  leak:
    run: |
      echo "the key is $API_KEY"
      printf '%s' "$API_KEY" | base64
      echo "key=$API_KEY" >> "$ORCHESTRATOR_OUTPUT"
    secrets: [API_KEY]
  review:
    needs: [greet, leak]
    runtime: claude
    prompt: "Review this: \${{ needs.leak.outputs.key }}"
  broken:
    needs: greet
    run: |
      echo "boom $API_KEY" >&2
      exit 3
    secrets: [API_KEY]
    if: inputs.greeting == 'fail'
`

describe('a run for a pull request', { skip }, () => {
  let project: Project
  let first: { main: Stage; post: Stage }
  let second: { main: Stage; post: Stage }
  const environment = { API_KEY: secret }
  before(async () => {
    project = await openProject({ '.github/orchestrator.yml': file }, { 'a.txt': 'changed\n' })
    first = await project.run({}, { environment })
    second = await project.run({ inputs: 'greeting: fail' }, { environment })
  })
  after(() => project.close())

  it('sets the outputs and the exit code', () => {
    assert.equal(first.main.exitCode, 0, first.main.output)
    const { outputs } = first.main
    assert.equal(outputs['result'], 'success')
    assert.equal(outputs['failed'], '[]')
    assert.equal(JSON.parse(outputs['outputs'] ?? '').greet.word, 'hello')
    assert.ok(Number(outputs['total-tokens']) > 0)
    assert.ok(Number(outputs['cost-usd']) >= 0)
    assert.equal(outputs['partial'], 'false')
    assert.equal(outputs['run-dir'], runDirectoryOf(first.main))
    assert.match(outputs['comment-url'] ?? '', /#issuecomment-\d+$/)
    assert.equal(outputs['artifact-id'], String(project.results.artifacts[0]?.id))
  })

  it('sets them for a failure as well', () => {
    assert.equal(second.main.exitCode, 1, second.main.output)
    assert.equal(second.main.outputs['result'], 'failure')
    assert.equal(second.main.outputs['failed'], '["broken"]')
  })

  it('writes a job summary', () => {
    assert.match(first.main.summary ?? '', /\*\*review\*\* success/)
    assert.match(first.main.summary ?? '', /```mermaid/)
    assert.match(second.main.summary ?? '', /exit:3/)
  })

  it('keeps one comment up to date', () => {
    assert.equal(first.main.outputs['comment-url'], second.main.outputs['comment-url'])
    assert.equal(project.github.comments.length, 1)
    assert.match(project.github.comments[0]?.body ?? '', /\*\*review\*\* failure/)
  })

  it('uploads the run directory, to be had with the real client', async () => {
    const download = mkdtempSync(join(tmpdir(), 'artifact-'))
    Object.assign(process.env, project.results.environment, { GITHUB_WORKSPACE: download })
    const { DefaultArtifactClient } = await import('@actions/artifact')
    const client = new DefaultArtifactClient()
    const { artifacts } = await client.listArtifacts()
    assert.deepEqual(
      artifacts.map(({ name }) => name.replace(/[0-9a-f]+$/, 'RUN')),
      ['orchestrator-review-1-RUN', 'orchestrator-review-1-RUN'],
    )
    for (const { id } of artifacts) {
      const path = join(download, String(id))
      mkdirSync(path)
      await client.downloadArtifact(id, { path })
      assert.equal(JSON.parse(readFileSync(join(path, 'run.json'), 'utf8')).name, 'review')
      assert.match(readFileSync(join(path, 'journal.ndjson'), 'utf8'), /^\{"v":2,"seq":0/)
      assert.deepEqual(filesHolding(path, secret), [])
    }
    rmSync(download, { recursive: true })
  })

  it('annotates what failed at its line of the file', () => {
    const errors = second.main.reading.annotations.filter(({ name }) => name === 'error')
    assert.equal(errors.length, 1)
    assert.match(errors[0]?.properties['title'] ?? '', /broken: exit:3/)
    assert.equal(errors[0]?.properties['file'], '.github/orchestrator.yml')
    assert.equal(file.split('\n')[Number(errors[0]?.properties['line']) - 1]?.trim(), 'broken:')
    assert.deepEqual(first.main.reading.annotations, [])
  })

  it('leaves nothing for post to do', () => {
    for (const { post } of [first, second]) {
      assert.equal(post.exitCode, 0)
      assert.equal(post.output, '')
      assert.equal(post.summary, undefined)
    }
  })

  it('lets no byte of a secret out', () => {
    const forms = [secret, Buffer.from(secret).toString('base64'), encodeURIComponent(secret), writeToken]
    for (const form of forms) {
      for (const { main, post } of [first, second]) {
        assert.deepEqual(filesHolding(runDirectoryOf(main), form), [])
        for (const stage of [main, post])
          for (const text of [
            stage.output,
            stage.summary ?? '',
            JSON.stringify(stage.outputs),
            JSON.stringify(stage.state),
          ])
            assert.ok(!text.includes(form), 'a secret was printed')
      }
      for (const { body, url } of project.github.requests) assert.ok(!`${url}${body}`.includes(form))
    }
    assert.equal(JSON.parse(first.main.outputs['outputs'] ?? '').leak.key, '***')
  })
})
