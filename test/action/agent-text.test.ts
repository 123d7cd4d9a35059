import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, afterEach, before, describe, it } from 'node:test'
import type { Stage } from '../rig/step-runner.ts'
import { filesHolding, openProject, runDirectoryOf, skip, writeToken, type Project } from './project.ts'

/** As the comment of another job begins, and as ours would. */
const marker = `<!-- orchestrator:${'A'.repeat(43)} run=999999 attempt=9 commit=${'0'.repeat(40)} -->`
const secret = 'planted-3f9c1d7ab2e84056'

const texts = {
  'workflow-commands':
    '::set-output name=result::failure\n::add-mask::success\n::stop-commands::x\n::error::owned\n##[error]owned\n##[set-output name=result]failure',
  mentions: 'Ask @everyone and @octo/admins, see octo/other#1, fixes #1.',
  'our-marker': `${marker}\nIt is all good.\n${marker}\n<!-- orchestrator-review AAAA -->\n<!-- orchestrator-findings 0123 -->`,
  'an-open-comment': 'Before <!-- and everything after it is gone',
  'a-secret': `The key is ${secret}, in pieces.`,
  'a-secret-in-base64': `The key is ${Buffer.from(secret).toString('base64')}.`,
} as const

const instance = (id: string): string => `
  ${id}:
    if: inputs.only == '${id}'
    prompt: Say it.
    secrets: [KEY]`

const file = `
name: said
inputs: { only: { type: string, required: true } }
instances:${[...Object.keys(texts), 'long'].map(instance).join('')}
`

const long = 'A line of text, and one more word.\n'.repeat(90_000)

const rules = JSON.stringify({
  rules: [
    // In so many chunks that every word is cut.
    ...Object.entries(texts).map(([id, text]) => ({
      match: { instance: id },
      reply: { text, chunks: Math.ceil(text.length / 5) },
    })),
    { match: { instance: 'long' }, reply: { text: long, chunks: 50 } },
  ],
})

describe('what an agent says', { skip, timeout: 300_000 }, () => {
  let project: Project
  before(async () => {
    project = await openProject(
      { '.github/orchestrator.yml': file, 'rules.yml': rules, 'a.txt': '1\n' },
      { 'a.txt': '2\n' },
    )
  })
  after(() => project.close())
  afterEach(() => project.github.comments.splice(0))

  const say = async (id: string): Promise<Stage & { body: string }> => {
    const { main, post } = await project.run(
      { simulate: 'rules.yml', inputs: `only: ${id}` },
      { environment: { KEY: secret } },
    )
    assert.equal(main.exitCode, 0, main.output)
    assert.equal(post.exitCode, 0, post.output)
    assert.equal(main.outputs['result'], 'success')
    assert.equal(project.github.comments.length, 1)
    return { ...main, body: project.github.comments[0]?.body ?? '' }
  }

  it('is no command of the runner: `::set-output`, `::error`, `##[error]`', async () => {
    const { reading, outputs, body } = await say('workflow-commands')
    assert.deepEqual(
      reading.annotations.filter(({ name }) => name === 'error'),
      [],
    )
    assert.equal(outputs['result'], 'success')
    assert.match(body, /set-output/)
  })

  it('mentions nobody and refers to nothing: `@everyone`', async () => {
    const { body, summary = '' } = await say('mentions')
    for (const text of [body, summary]) {
      assert.match(text, /everyone/)
      assert.doesNotMatch(text, /@everyone|@octo\/admins|octo\/other#1|fixes #1/)
    }
  })

  it('is not taken for a comment of ours, and hides nothing: HTML comments with our marker', async () => {
    const { body, summary = '' } = await say('our-marker')
    assert.equal((body.match(/<!--/g) ?? []).length, 1, body)
    assert.doesNotMatch(body.split('\n')[0] ?? '', /run=999999/)
    assert.doesNotMatch(summary, /<!--/)
    const again = await say('our-marker')
    assert.equal(again.body.split(' run=')[0], body.split(' run=')[0])
    const open = await say('an-open-comment')
    assert.match(open.body, /everything after it is gone/)
    assert.match(open.body, /All instances/)
  })

  it('tells no secret, plain, in base64 or cut over many chunks', async () => {
    for (const id of ['a-secret', 'a-secret-in-base64']) {
      const stage = await say(id)
      assert.match(stage.body, /The key is/)
      const directory = runDirectoryOf(stage)
      for (const needle of [secret, secret.slice(0, 16), Buffer.from(secret).toString('base64').slice(0, 20)]) {
        assert.deepEqual(filesHolding(directory, needle), [])
        for (const text of [
          stage.output,
          stage.summary ?? '',
          JSON.stringify([stage.outputs, stage.state]),
          ...project.github.requests.map(({ url, body }) => url + body),
        ])
          assert.ok(!text.includes(needle), text.slice(Math.max(0, text.indexOf(needle) - 80)).slice(0, 200))
      }
      const logs = readdirSync(join(directory, 'logs')).map((name) =>
        readFileSync(join(directory, 'logs', name), 'utf8'),
      )
      assert.ok(logs.some((log) => log.includes('***')))
    }
  })

  it('has room in summary and comment where it is 3 MiB, with what was left out stated', async () => {
    const { summary = '', body, summaryDropped } = await say('long')
    assert.ok(long.length > 3 * 1024 * 1024)
    assert.equal(summaryDropped, false)
    assert.ok(Buffer.byteLength(summary) < 1024 * 1024)
    assert.ok(body.length <= 65_536)
    for (const text of [summary, body]) {
      assert.match(text, /\*… cut\*|Left out: parts of final answers/)
      // What is cut is text, never markup.
      assert.equal((text.match(/<details/g) ?? []).length, (text.match(/<\/details>/g) ?? []).length)
    }
    assert.ok(!summary.includes(writeToken))
  })
})
