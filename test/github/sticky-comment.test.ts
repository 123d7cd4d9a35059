import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, beforeEach, describe, it } from 'node:test'
import { createApi, type Api } from '../../src/github/api.ts'
import { createCommentReporter, writeComment, type CommentTarget } from '../../src/github/sticky-comment.ts'
import { createRunState } from '../../src/core/run-state.ts'
import { buildReport } from '../../src/report/report-model.ts'
import { createRepository } from '../rig/git-repository.ts'
import { startGithubApi, type GithubApi, type TokenHolder } from '../rig/github-api.ts'

const directory = mkdtempSync(join(tmpdir(), 'comment-'))
const { origin, baseSha, headSha } = createRepository(directory, { a: '1\n' }, { a: '2\n' })
after(() => rmSync(directory, { recursive: true }))

const bot: TokenHolder = { login: 'github-actions[bot]', type: 'Bot', write: true }
const stranger: TokenHolder = { login: 'mallory', type: 'User', write: false }
const marker = '<!-- orchestrator:review -->'

const signal = (ms = 10_000): AbortSignal => AbortSignal.timeout(ms)

describe('the sticky comment', () => {
  let github: GithubApi
  let api: Api
  let target: CommentTarget
  const write = (body: string, ms?: number): Promise<string> =>
    writeComment(api, target, `${marker}\n${body}`, marker, signal(ms))

  beforeEach(async () => {
    github = await startGithubApi({
      repository: 'octo/app',
      origin,
      pullRequest: { number: 1, baseSha, headSha, headRepository: 'octo/app' },
      tokens: { writes: bot, reads: { ...bot, write: false } },
    })
    api = await createApi({ apiUrl: github.apiUrl, token: 'writes' })
    target = { owner: 'octo', repo: 'app', number: 1, graphqlUrl: github.graphqlUrl }
  })
  afterEach(async () => {
    await github.close()
    assert.deepEqual(github.violations, [])
  })

  it('is created once and then updated', async () => {
    const first = await write('one')
    const second = await write('two')
    assert.equal(first, second)
    assert.match(first, /^https:\/\/github\.com\/octo\/app\/pull\/1#issuecomment-\d+$/)
    assert.deepEqual(
      github.comments.map(({ body }) => body),
      [`${marker}\ntwo`],
    )
  })

  it('is found on a later page', async () => {
    for (let index = 0; index < 150; index++) github.addComment(stranger, `comment ${index}`)
    github.addComment(bot, `${marker}\nold`)
    await write('new')
    assert.equal(github.comments.length, 151)
    assert.equal(github.comments.at(-1)?.body, `${marker}\nnew`)
  })

  it("is never a stranger's with our marker", async () => {
    const forged = github.addComment(stranger, `${marker}\nforged`)
    github.addComment({ login: 'other-app[bot]', type: 'Bot', write: true }, `${marker}\nquoted`)
    await write('ours')
    assert.equal(forged.body, `${marker}\nforged`)
    assert.equal(github.comments.length, 3)
    assert.equal(github.comments.at(-1)?.author.login, bot.login)
  })

  it('outlives a server that fails now and then', async () => {
    github.refuse({ status: 502, times: 1, method: 'GET' })
    github.refuse({ status: 500, times: 1, method: 'POST' })
    await write('one')
    github.refuse({ status: 429, times: 1, headers: { 'retry-after': '0' } })
    github.refuse({
      status: 403,
      times: 1,
      method: 'PATCH',
      headers: { 'retry-after': '0' },
      message: 'secondary rate limit',
    })
    await write('two')
    assert.deepEqual(
      github.comments.map(({ body }) => body),
      [`${marker}\ntwo`],
    )
  })

  it('is not written twice when the answer to its creation is lost', async () => {
    github.refuse({ status: 502, times: 1, method: 'POST', afterwards: true })
    await write('one')
    assert.equal(github.comments.length, 1)
  })

  it('is given up at the deadline', async () => {
    github.refuse({ status: 429, headers: { 'retry-after': '60' } })
    const started = performance.now()
    await assert.rejects(write('one', 300))
    assert.ok(performance.now() - started < 5000)
  })

  it('says what a read-only token means', async () => {
    const state = createRunState()
    const reporter = createCommentReporter(
      () => createApi({ apiUrl: github.apiUrl, token: 'reads' }),
      target,
      'sticky',
      'footer',
    )
    await assert.rejects(
      reporter.onEnd?.(state, signal(), buildReport(state)) ?? Promise.resolve(),
      /403 Resource not accessible by integration.*fork.*pull-requests: write/,
    )
    assert.equal(github.comments.length, 0)
  })

  it('says that a token is not valid', async () => {
    const reporter = createCommentReporter(
      () => createApi({ apiUrl: github.apiUrl, token: 'wrong' }),
      target,
      'sticky',
      'footer',
    )
    await assert.rejects(
      reporter.onEnd?.(createRunState(), signal(), buildReport(createRunState())) ?? Promise.resolve(),
      /401 Bad credentials.*not a valid/,
    )
  })
})
