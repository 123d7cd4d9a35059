import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import type { Reporter } from '../../src/core/reporter.ts'
import { createRunState } from '../../src/core/run-state.ts'
import { createApi, type Api } from '../../src/github/api.ts'
import { createCheckRunReporter } from '../../src/github/check-run.ts'
import { commentMarker, commentStart } from '../../src/github/comment-key.ts'
import { createCommentReporter } from '../../src/github/comment-reporter.ts'
import { postReview, usualLimits } from '../../src/github/post-review.ts'
import { explainRefusal } from '../../src/github/sticky-comment.ts'
import { createWorkflowCommands } from '../../src/github/workflow-commands.ts'
import { buildReport, type ReportModel } from '../../src/report/report-model.ts'
import { createRepository } from '../rig/git-repository.ts'
import { startGithubApi, type GithubApi, type Refusal, type TokenHolder } from '../rig/github-api.ts'
import { someFindings } from './some-findings.ts'

/** The long form is for a person (`STORMS_ALL=1`): every storm at every request. */
const isWhole = process.env['STORMS_ALL'] === '1'

const directory = mkdtempSync(join(tmpdir(), 'storms-'))
const { origin, baseSha, headSha } = createRepository(directory, { 'a.ts': '1\n' }, { 'a.ts': '2\n3\n' })
after(() => rmSync(directory, { recursive: true }))

const bot: TokenHolder = { login: 'github-actions[bot]', type: 'Bot', write: true }
const inAnHour = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 3600) }
const secondary = 'You have exceeded a secondary rate limit.'
const limited = /too many requests/

/** What GitHub does from a request on, and what is said where that keeps a report from its place; undefined where nothing may keep it. */
const storms: Readonly<Record<string, { readonly refusal: Refusal; readonly said: RegExp | undefined }>> = {
  'a failure': { refusal: { status: 502, times: 1 }, said: undefined },
  'a burst of failures': { refusal: { status: 503, times: 3 }, said: /503/ },
  'an outage': { refusal: { status: 500 }, said: /500|did not answer in time/ },
  'a lost connection': { refusal: { status: 0, times: 1 }, said: undefined },
  'a lost answer': { refusal: { status: 502, times: 1, afterwards: true }, said: undefined },
  'the limit of an hour': {
    refusal: { status: 403, headers: inAnHour, message: 'API rate limit exceeded for installation ID 1.' },
    said: limited,
  },
  'a secondary limit that is soon over': {
    refusal: { status: 403, times: 2, headers: { 'retry-after': '0' }, message: secondary },
    said: undefined,
  },
  'a secondary limit': {
    refusal: { status: 403, headers: { 'retry-after': '3600' }, message: secondary },
    said: limited,
  },
  'a limit without a word': {
    refusal: { status: 403, headers: { 'retry-after': '3600' }, message: 'Forbidden' },
    said: limited,
  },
  'too many requests': {
    refusal: { status: 429, headers: { 'retry-after': '3600' }, message: 'Slow down' },
    said: limited,
  },
  'a lock': {
    refusal: {
      status: 403,
      path: /\/repos\/.*(?:comments|reviews)/,
      message: 'Unable to create comment because issue is locked.',
    },
    said: /is locked.*unlock it/,
  },
  'an outage of GraphQL': { refusal: { status: 503, path: /graphql/ }, said: undefined },
}

const scope = { workflow: 'octo/app/.github/workflows/review.yml', job: 'review', name: 'review', key: '' }
const start = commentStart(scope)
const position = { run: 4711, attempt: 1 }

const findings = someFindings(60)

/** A report: how it is delivered, and what must hold once it is, however often that was tried. */
interface Path {
  readonly prepare?: (github: GithubApi) => void
  readonly deliver: (api: () => Promise<Api>, github: GithubApi, signal: AbortSignal) => Promise<unknown>
  readonly assertOnce: (github: GithubApi) => void
}

function endOf(reporter: Reporter<ReportModel>, signal: AbortSignal): Promise<unknown> {
  const state = createRunState()
  const report = { ...buildReport(state), name: 'review', result: 'failure' as const, findings }
  return reporter.onEnd?.(state, signal, report) ?? Promise.resolve()
}

const targetIn = ({ graphqlUrl }: GithubApi) => ({ owner: 'octo', repo: 'app', number: 1, graphqlUrl })

const comment: Path = {
  deliver: (connect, github, signal) =>
    endOf(
      createCommentReporter({
        connect,
        target: targetIn(github),
        form: 'sticky',
        scope,
        position,
        commit: headSha,
        footer: 'footer',
      }),
      signal,
    ),
  assertOnce({ comments }) {
    assert.equal(comments.length, 1, 'one comment')
    assert.match(comments[0]?.body ?? '', /problem 0/)
  },
}

const paths: Readonly<Record<string, Path>> = {
  comment,
  'comment that is there': {
    ...comment,
    prepare: (github) => github.addComment(bot, `${commentMarker(start, position, headSha)}\nbefore`),
  },
  review: {
    deliver: (connect, github, signal) =>
      connect()
        .then((api) =>
          postReview(
            api,
            targetIn(github),
            {
              commit: headSha,
              identity: { start, position },
              comments: [1, 2].map((line) => ({ path: 'a.ts', line, body: `line ${line}`, key: `key${line}` })),
              foldedKeys: [],
              stance: 'request-changes',
              body: () => `${commentMarker(start, position, headSha)}\nthe review`,
            },
            signal,
            { ...usualLimits, pauseMs: 0, perRequest: 1 },
          ),
        )
        .catch((error: unknown) => {
          throw new Error(explainRefusal(error), { cause: error })
        }),
    assertOnce({ reviews }) {
      assert.ok(reviews.every(({ state }) => state !== 'PENDING'))
      const said = reviews.flatMap(({ comments }) => comments.map(({ line }) => line))
      assert.deepEqual(
        said.toSorted((one, other) => one - other),
        [1, 2],
        'each line once',
      )
    },
  },
  'check run': {
    deliver: (connect, _github, signal) =>
      endOf(
        createCheckRunReporter({
          connect,
          repository: { owner: 'octo', name: 'app' },
          commit: headSha,
          externalId: '4711/1/review/',
          name: undefined,
          key: '',
          detailsUrl: 'https://github.com/octo/app/actions/runs/4711',
          commands: createWorkflowCommands(
            () => {},
            () => 'word',
          ),
        }),
        signal,
      ),
    assertOnce({ checkRuns }) {
      assert.equal(checkRuns.length, 1, 'one check run')
      assert.equal(checkRuns[0]?.annotations.length, findings.length, 'each annotation once')
    },
  },
}

async function withGithub<T>({ prepare }: Path, use: (github: GithubApi) => Promise<T>): Promise<T> {
  const github = await startGithubApi({
    repository: 'octo/app',
    origin,
    pullRequest: { number: 1, baseSha, headSha, headRepository: 'octo/app' },
    tokens: { writes: bot },
  })
  prepare?.(github)
  try {
    return await use(github)
  } finally {
    await github.close()
    assert.deepEqual(github.violations, [])
  }
}

const deliver = (path: Path, github: GithubApi, ms: number): Promise<unknown> =>
  path.deliver(() => createApi({ apiUrl: github.apiUrl, token: 'writes' }), github, AbortSignal.timeout(ms))

/** What is said where a report does not come to its place; undefined where it does. */
async function weather(path: Path, storm: string, from: number): Promise<void> {
  const { refusal, said } = storms[storm] ?? assert.fail(storm)
  await withGithub(path, async (github) => {
    github.refuse({ ...refusal, ...(refusal.path === undefined && { after: from }) })
    const why = await deliver(path, github, isWhole ? 12_000 : 5000).then(
      () => undefined,
      (error: unknown) => String(error),
    )
    const where = `${storm} from request ${from} on: ${why ?? 'delivered'}`
    if (why !== undefined) {
      assert.ok(said !== undefined, where)
      assert.match(why, said, where)
      assert.doesNotMatch(why, /permissions:/, where)
    }
    github.accept()
    await deliver(path, github, 12_000)
    try {
      path.assertOnce(github)
    } catch (error) {
      throw new Error(where, { cause: error })
    }
  })
}

describe('a storm at GitHub', () => {
  for (const [name, path] of Object.entries(paths))
    it(`leaves one ${name}, or says why there is none; what comes after makes it one`, async () => {
      const count = await withGithub(path, async (github) => {
        await deliver(path, github, 12_000)
        path.assertOnce(github)
        return github.requests.length
      })
      const cases = Object.keys(storms).flatMap((storm, index) =>
        Array.from({ length: count }, (_, from) => ({ storm, from })).filter(
          ({ from }) => isWhole || from === index % count || from === count - 1,
        ),
      )
      const open = cases.values()
      await Promise.all(
        Array.from({ length: 12 }, async () => {
          for (const { storm, from } of open) await weather(path, storm, from)
        }),
      )
    })
})
