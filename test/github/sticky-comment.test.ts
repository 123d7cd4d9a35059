import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, beforeEach, describe, it } from 'node:test'
import { createApi, type Api } from '../../src/github/api.ts'
import { commentMarker, commentStart } from '../../src/github/comment-key.ts'
import { createCommentReporter, type CommentOptions } from '../../src/github/comment-reporter.ts'
import { writeComment, type CommentTarget } from '../../src/github/sticky-comment.ts'
import { createRunState } from '../../src/core/run-state.ts'
import { buildReport } from '../../src/report/report-model.ts'
import type { Stamped } from '../../src/core/event.ts'
import { createRepository } from '../rig/git-repository.ts'
import { startGithubApi, type GithubApi, type TokenHolder } from '../rig/github-api.ts'

const directory = mkdtempSync(join(tmpdir(), 'comment-'))
const { origin, baseSha, headSha } = createRepository(directory, { a: '1\n' }, { a: '2\n' })
after(() => rmSync(directory, { recursive: true }))

const bot: TokenHolder = { login: 'github-actions[bot]', type: 'Bot', write: true }
const stranger: TokenHolder = { login: 'mallory', type: 'User', write: false }
const scope = { workflow: 'octo/app/.github/workflows/review.yml', job: 'review', name: 'review', key: '' }
const start = commentStart(scope)
const position = { run: 4711, attempt: 1 }
const marker = commentMarker(start, position, headSha)

const signal = (ms = 10_000): AbortSignal => AbortSignal.timeout(ms)

describe('the sticky comment', () => {
  let github: GithubApi
  let api: Api
  let target: CommentTarget
  const write = async (body: string, ms?: number): Promise<string> =>
    (await writeComment(api, target, `${marker}\n${body}`, { start, position }, signal(ms))).url
  const writeAt = (run: number, attempt: number, body: string) => {
    const at = { run, attempt }
    return writeComment(api, target, `${commentMarker(start, at, headSha)}\n${body}`, { start, position: at }, signal())
  }
  const reporterWith = (token: string, more: Partial<CommentOptions> = {}) =>
    createCommentReporter({
      connect: () => createApi({ apiUrl: github.apiUrl, token }),
      target,
      form: 'sticky',
      scope,
      position,
      commit: headSha,
      footer: 'footer',
      ...more,
    })
  const report = (token: string): Promise<unknown> => {
    const state = createRunState()
    return reporterWith(token).onEnd?.(state, signal(), buildReport(state)) ?? Promise.resolve()
  }

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

  it('tells what the runs before it took', async () => {
    const state = createRunState()
    for (const [run, durationMs] of [
      [1, 60_000],
      [2, 120_000],
      [3, 1000],
    ] as const)
      await reporterWith('writes', { position: { run, attempt: 1 } }).onEnd?.(state, signal(), {
        ...buildReport(state),
        name: 'review',
        result: 'success',
        durationMs,
      })
    assert.match(github.comments[0]?.body ?? '', /\*Median of the 2 runs before: 1m 30s\*/)
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

  it('folds away later ones of ours with the same marker, and nobody else’s', async () => {
    const first = github.addComment(bot, `${marker}\nfirst`)
    const others = [github.addComment(bot, `${marker}\nsecond`), github.addComment(bot, `${marker}\nthird`)]
    const foreign = [
      github.addComment(stranger, `${marker}\nforged`),
      github.addComment(bot, `quoted:\n${marker}`),
      github.addComment(
        bot,
        `${commentMarker(commentStart({ ...scope, job: 'other' }), position, headSha)}\nother job`,
      ),
    ]
    await write('now')
    assert.equal(first.body, `${marker}\nnow`)
    assert.deepEqual(
      github.comments.filter(({ isMinimized }) => isMinimized === true).map(({ id }) => id),
      others.map(({ id }) => id),
    )
    assert.ok(foreign.every(({ isMinimized }) => isMinimized === undefined))
  })

  it('is written although duplicates cannot be folded away', async () => {
    github.addComment(bot, `${marker}\nfirst`)
    github.addComment(bot, `${marker}\nsecond`)
    github.refuse({ status: 403, path: /graphql/, times: 5, message: 'Resource not accessible by integration' })
    await write('now')
    assert.equal(github.comments[0]?.body, `${marker}\nnow`)
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
    await assert.rejects(report('reads'), /403 Resource not accessible by integration.*fork.*pull-requests: write/)
    assert.equal(github.comments.length, 0)
  })

  it('says that a token is not valid', async () => {
    await assert.rejects(report('wrong'), /401 Bad credentials.*not a valid/)
  })

  it('says that a conversation is locked, or that there were too many requests, and not that a permission is missing', async () => {
    for (const [status, message, expected] of [
      [403, 'Unable to create comment because issue is locked.', /is locked.*unlock it/],
      [403, 'API rate limit exceeded for installation ID 1.', /too many requests/],
      [403, 'You have exceeded a secondary rate limit.', /too many requests/],
    ] as const) {
      github.refuse({ status, message, method: 'POST', path: /comments/ })
      const refusal = await report('writes').then(
        () => '',
        (error: unknown) => String(error),
      )
      assert.match(refusal, expected)
      assert.doesNotMatch(refusal, /permissions:/)
      github.accept()
    }
  })

  it('is not another workflow’s that quotes ours', async () => {
    const quoting = github.addComment(bot, `Review of reviews\n\n> ${marker}\n> old`)
    await write('ours')
    assert.equal(quoting.body, `Review of reviews\n\n> ${marker}\n> old`)
    assert.equal(github.comments.length, 2)
  })

  it('is found again while GitHub does not say whose token it is', async () => {
    await write('one')
    api = await createApi({ apiUrl: github.apiUrl, token: 'writes' })
    target = { ...target, graphqlUrl: `${github.apiUrl}/nothing` }
    const forged = github.addComment(stranger, `${marker}\nforged`)
    await writeComment(api, target, `${marker}\ntwo`, { start, position }, signal())
    assert.deepEqual(
      github.comments.map(({ body }) => body),
      [`${marker}\ntwo`, forged.body],
    )
    const personal = { ...target, isPersonal: true }
    await assert.rejects(
      writeComment(api, personal, `${marker}\nthree`, { start, position }, signal()),
      /does not say whose/,
    )
    assert.equal(github.violations.splice(0).length, 2, 'the two requests to no such place')
  })

  it('tells of the newest run, whichever ends last', async () => {
    await writeAt(20, 1, 'newer')
    const { url, kept } = await writeAt(19, 3, 'older')
    assert.match(kept ?? '', /newer run \(20\.1\)/)
    assert.match(url, /issuecomment/)
    assert.match(github.comments[0]?.body ?? '', /newer$/)
    assert.equal((await writeAt(20, 2, 'again')).kept, undefined)
    assert.match(github.comments[0]?.body ?? '', /again$/)
  })

  it('is one for each workflow, job, cell of a matrix and name, however alike', () => {
    const scopes = [
      scope,
      { ...scope, job: 'test' },
      { ...scope, workflow: 'octo/app/.github/workflows/other.yml' },
      ...['C++', 'C#', 'C', '🚀', '🔥', '名前', 'x --> <!-- y'].map((name) => ({ ...scope, name })),
      ...['{"os":"linux"}', '{"os":"macos"}'].map((key) => ({ ...scope, key })),
      { ...scope, workflow: `${scope.workflow}r`, job: 'eview' },
    ]
    const starts = scopes.map(commentStart)
    assert.equal(new Set(starts).size, scopes.length)
    for (const each of starts) assert.match(each, /^<!-- orchestrator:(?:(?!--)[\w.-])+ $/)
  })

  it('stays one where jobs race', async () => {
    await Promise.all(Array.from({ length: 4 }, (_, index) => write(`job ${index}`)))
    assert.equal(github.comments.length, 1)
  })

  it('follows a run that goes on, and its end is the last word', async () => {
    const reporter = reporterWith('writes', { updateMs: 1 })
    const state = createRunState()
    const started = { v: 1, seq: 0, at: 0, type: 'attempt.started', id: 'a', attempt: 1 } as Stamped
    reporter.onEvent?.(started, state)
    await github.seen(({ method }) => method === 'POST', 20_000)
    await reporter.onEnd?.(state, signal(), { ...buildReport(state), result: 'success' })
    assert.equal(github.comments.length, 1)
    assert.match(github.comments[0]?.body ?? '', /success/)
    assert.match(github.comments[0]?.body ?? '', new RegExp(`commit=${headSha}`))
  })

  it('is there as soon as the run begins, in progress, and tells then what earlier runs took', async () => {
    const past = { position: { run: 4000, attempt: 1 } }
    const over = { ...buildReport(createRunState()), result: 'success', durationMs: 60_000 } as const
    await reporterWith('writes', past).onEnd?.(createRunState(), signal(), over)
    const told = Promise.withResolvers<string | undefined>()
    const reporter = reporterWith('writes', { tellEarlier: told.resolve })
    const state = createRunState()
    reporter.onEvent?.({ v: 2, seq: 0, at: 0, type: 'run.started' } as Stamped, state)
    assert.equal(await told.promise, 'The run before: 1m 00s')
    assert.match(github.comments[0]?.body ?? '', /⏳ \*\*run\*\* is running after 0ms\n\n[^]*The run before: 1m 00s/)
    await reporter.onEnd?.(state, signal(), over)
    assert.equal(github.comments.length, 1)
    assert.match(github.comments[0]?.body ?? '', /✅ \*\*run\*\* success in 1m 00s/)
  })

  it('tells that nothing is known of earlier runs where it cannot be written', async () => {
    const told = Promise.withResolvers<string | undefined>()
    const reporter = reporterWith('reads', { tellEarlier: told.resolve })
    reporter.onEvent?.({ v: 2, seq: 0, at: 0, type: 'run.started' } as Stamped, createRunState())
    assert.equal(await told.promise, undefined)
  })

  it('is asked for once by the process that wrote it, and searched for again when somebody has deleted it', async () => {
    const reporter = reporterWith('writes', { updateMs: 1 })
    const report = async () => reporter.onEnd?.(createRunState(), signal(), buildReport(createRunState()))
    await report()
    github.requests.splice(0)
    await report()
    assert.deepEqual(
      github.requests.map(({ method, url }) => `${method} ${url.split('?')[0]}`),
      ['GET /repos/octo/app/issues/comments/1000', 'PATCH /repos/octo/app/issues/comments/1000'],
    )
    github.comments.splice(0)
    await report()
    assert.equal(github.comments.length, 1)
    // One that a person has put other words into is theirs.
    Object.assign(github.comments[0] ?? {}, { body: 'theirs' })
    await report()
    assert.deepEqual([github.comments.length, github.comments[0]?.body], [2, 'theirs'])
  })

  it('is not updated on the way once many requests were made', async () => {
    const reporter = reporterWith('writes', { updateMs: 1, requests: { made: 1000 } })
    const state = createRunState()
    reporter.onEvent?.({ v: 1, seq: 0, at: 0, type: 'attempt.started', id: 'a', attempt: 1 } as Stamped, state)
    await new Promise((resolve) => setTimeout(resolve, 100))
    assert.equal(github.requests.length, 0)
    await reporter.onEnd?.(state, signal(), buildReport(state))
    assert.equal(github.comments.length, 1)
  })
})
