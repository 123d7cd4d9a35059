import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, beforeEach, describe, it } from 'node:test'
import { runtimeFacts } from '../../src/agents/registry.ts'
import type { Changes } from '../../src/core/changes.ts'
import type { Finding } from '../../src/core/finding.ts'
import { defaultReport, type ReportSettings } from '../../src/core/plan.ts'
import type { Delivery } from '../../src/core/reporter.ts'
import { createRunState, foldEvent } from '../../src/core/run-state.ts'
import { createApi } from '../../src/github/api.ts'
import { postReview, usualLimits, type InlineComment } from '../../src/github/post-review.ts'
import { createReviewReporter } from '../../src/github/review-reporter.ts'
import { showMarkdown } from '../../src/report/answer-markdown.ts'
import { buildReport } from '../../src/report/report-model.ts'
import { readChanges } from '../../src/run/read-changes.ts'
import { compile } from '../../src/workflow/compile.ts'
import { agent, plan } from '../engine/plans.ts'
import { simulate } from '../engine/simulator.ts'
import { createRepository, git } from '../rig/git-repository.ts'
import { pullRequestEvent, startGithubApi, type GithubApi, type TokenHolder } from '../rig/github-api.ts'
import { linesOfDiff } from '../rig/github-reviews.ts'

const directory = mkdtempSync(join(tmpdir(), 'review-'))
after(() => rmSync(directory, { recursive: true }))

const numbered = (count: number, change: Readonly<Record<number, string>> = {}): string =>
  Array.from({ length: count }, (_, at) => `${change[at + 1] ?? `line ${at + 1}`}\n`).join('')

const repository = createRepository(
  directory,
  { 'src/a.ts': numbered(60), 'old.ts': numbered(30), 'gone.ts': 'x\n', other: 'x\n' },
  {
    'src/a.ts': numbered(60, { 10: 'changed 10', 50: 'changed 50\nand 51' }),
    'old.ts': null,
    'new name.ts': numbered(30, { 15: 'changed' }),
    'gone.ts': null,
  },
)
const { origin, checkout, baseSha, headSha } = repository
const pullRequest = { number: 1, baseSha, headSha, headRepository: 'octo/app' }

const bot: TokenHolder = { login: 'github-actions[bot]', type: 'Bot', write: true }
const stranger: TokenHolder = { login: 'mallory', type: 'User', write: false }

const finding = (more: Partial<Finding>): Finding => ({
  path: 'src/a.ts',
  line: 10,
  endLine: null,
  severity: 'high',
  category: 'correctness',
  rule: null,
  title: 'A problem',
  body: 'Because.',
  suggestion: null,
  confidence: 0.9,
  ...more,
})

describe('a review on GitHub', () => {
  let github: GithubApi
  let changes: Changes
  const limits = { ...usualLimits, pauseMs: 0 }

  beforeEach(async () => {
    const facts = { repository: 'octo/app', origin, pullRequest }
    github = await startGithubApi({
      ...facts,
      tokens: {
        writes: bot,
        reads: { ...bot, write: false },
        // As the payload's author.
        author: { login: 'Codertocat', type: 'User', write: true },
      },
    })
    const event = JSON.parse(JSON.stringify(pullRequestEvent({ ...facts, tokens: {} })))
    const found = await readChanges({
      workspace: checkout,
      github: { run_id: '1', event },
      needed: 'diff',
      environment: { PATH: process.env['PATH'], HOME: directory },
      mask: (text) => text,
    })
    ;({ changes } = found)
    writeFileSync(join(directory, 'changes.diff'), found.diff ?? '')
  })
  afterEach(async () => {
    await github.close()
    assert.deepEqual(github.violations, [])
    assert.ok(!github.requests.some(({ body }) => /"APPROVE"/.test(body)))
  })

  interface Given {
    /** Of the pull request, as the event says. */
    readonly head?: string | undefined
    readonly review?: Partial<NonNullable<ReportSettings['review']>>
    readonly token?: string
    readonly run?: number
    readonly failing?: boolean
    /** Only critical findings count, and another reviewer did not look. */
    readonly halfLooked?: boolean
    readonly limits?: typeof usualLimits
    /** Each is verified, and refuted where its title says so. */
    readonly verified?: boolean
  }

  /** The plan of a file with one reviewer and the verification of what it finds. */
  function verifyingPlan(settings: ReportSettings) {
    const text = 'review: { verify: {} }\ninstances: { security: { prompt: x, output-schema: findings } }\n'
    const compiled = compile('ci.yml', text, { runtimes: runtimeFacts(), read: () => undefined })
    assert.ok(compiled.plan, JSON.stringify(compiled.diagnostics))
    return { ...compiled.plan, name: 'test', report: settings }
  }

  /** What a run that found this reports. */
  function report(findings: readonly Finding[], given: Given = {}): Promise<Delivery> {
    const half = given.halfLooked === true
    const settings: ReportSettings = {
      ...defaultReport,
      review: { maxComments: 30, ...given.review },
      ...(half && { verdict: { severity: 'critical' } }),
    }
    const reviewers = ['security', ...(half ? ['broken'] : [])].map((id) =>
      agent(id, { process: { findings: 'findings' } }),
    )
    const run = simulate({
      plan: given.verified === true ? verifyingPlan(settings) : plan(reviewers, { report: settings }),
      behave({ id, action }) {
        if (given.failing === true || id === 'broken') return { failure: { kind: 'exit', code: 1, detail: '' } }
        if (!id.startsWith('verify.')) return { findings }
        const isRefuted = action.kind === 'prompt' && /"title": ?"Refuted/.test(action.prompt)
        return { opinion: { verdict: isRefuted ? 'refuted' : 'confirmed', reason: 'Line 9 checks it.', evidence: [] } }
      },
      context: { changes },
    })
    const state = createRunState()
    for (const event of run.journal) foldEvent(state, event)
    const token = given.token ?? 'writes'
    const reporter = createReviewReporter(
      {
        context: {
          repository: { owner: 'octo', name: 'app' },
          workflow: 'w',
          job: 'j',
          runId: String(given.run ?? 1),
          runAttempt: '1',
          graphqlUrl: github.graphqlUrl,
          pullRequest: {
            number: 1,
            headSha: 'head' in given ? given.head : headSha,
            baseSha,
            headRepository: null,
            author: '',
          },
        } as Parameters<typeof createReviewReporter>[0]['context'],
        inputs: { token, commentKey: '' } as Parameters<typeof createReviewReporter>[0]['inputs'],
        settings,
        connect: () => createApi({ apiUrl: github.apiUrl, token }),
        directory,
      },
      given.limits ?? limits,
    )
    const model = { ...buildReport(state), showAnswer: showMarkdown }
    return reporter.onEnd?.(state, AbortSignal.timeout(120_000), model) ?? Promise.resolve(undefined)
  }

  const posts = () => github.requests.filter(({ method, url }) => method === 'POST' && url.endsWith('/reviews'))
  const lines = (at = 0) =>
    github.reviews[at]?.comments.map(({ path, startLine, line }) => `${path}:${startLine ?? ''}-${line}`)

  it('is one event: comments on lines of the diff, the rest in its text by file', async () => {
    const delivery = await report([
      finding({ title: 'On a line', line: 10 }),
      finding({ title: 'On several', line: 49, endLine: 51 }),
      finding({ title: 'Cut to what is shown', line: 51, endLine: 59 }),
      finding({ title: 'Outside', line: 30, body: 'Look at line 30.' }),
      finding({ title: 'In a renamed file', path: 'new name.ts', line: 15 }),
      finding({ title: 'In a deleted file', path: 'gone.ts', line: 1 }),
      finding({ title: 'In a file that nobody changed', path: 'other', line: 1 }),
      finding({ title: 'Nowhere', path: null, line: null, severity: 'critical' }),
    ])
    assert.equal(github.reviews.length, 1)
    const [review] = github.reviews
    assert.equal(review?.state, 'COMMENTED')
    assert.equal(review.commit, headSha)
    assert.match(delivery?.url ?? '', /#pullrequestreview-\d+$/)
    assert.equal(posts().length, 1)
    assert.deepEqual(lines(), ['new name.ts:-15', 'src/a.ts:-10', 'src/a.ts:49-51', 'src/a.ts:51-54'].toSorted())
    assert.match(review.body, /🔎 \*\*Findings\*\*: 8 findings, the worst critical/)
    assert.match(review.body, /<summary>Without a place \(1\)<\/summary>/)
    assert.match(review.body, /<summary><code>src\/a\.ts<\/code> \(1\)<\/summary>[^]*Outside[^]*Look at line 30/)
    assert.match(review.body, /<code>gone\.ts<\/code> \(1\)/)
    assert.doesNotMatch(review.body, /On several/)
  })

  it('offers a change where the suggestion is one, and shows other advice as text', async () => {
    const code = 'const a = `x`\n```\n  indented\n'
    await report([
      finding({ line: 9, endLine: 10, suggestion: `Do this:\n\n~~~suggestion\n${code}~~~` }),
      finding({ line: 12, title: 'Advice', suggestion: 'Use a map.' }),
      finding({ line: 50, endLine: 80, title: 'Cut', suggestion: '```suggestion\nx\n```' }),
      finding({ line: 11, title: 'Unseen', suggestion: '```suggestion\nif (a\u202E) b\n```' }),
    ])
    const body = (title: RegExp): string =>
      github.reviews[0]?.comments.find((each) => title.test(each.body))?.body ?? ''
    assert.ok(body(/A problem/).includes(`Do this:\n\n\`\`\`\`suggestion\n${code}\`\`\`\`\n`), body(/A problem/))
    assert.match(body(/Advice/), /Because\.\n\nUse a map\.\n/)
    for (const title of [/Cut/, /Unseen/]) assert.doesNotMatch(body(title), /^[`~]{3,}suggestion/m, String(title))
  })

  it('says nothing twice: not when run again, not after a push, not when others quote it', async () => {
    const first = [finding({ line: 10 }), finding({ line: 30, title: 'Outside' })]
    await report(first)
    assert.deepEqual(await report(first, { run: 2 }).then((each) => each?.detail), 'nothing that was not said before')
    // In other words, on the same lines.
    await report([finding({ line: 10, title: 'The same problem', body: 'Said otherwise.' })], { run: 3 })
    assert.equal(github.reviews.length, 1)
    await report([...first, finding({ line: 50, title: 'Another' })], { run: 4 })
    assert.deepEqual([lines(0), lines(1)], [['src/a.ts:-10'], ['src/a.ts:-50']])
    // Who quotes a review of ours has not said what it says.
    const quoted = github.reviews.splice(0).map((review) => ({ ...review, author: stranger }))
    github.reviews.push(...quoted)
    await report(first, { run: 5 })
    assert.equal(github.reviews.length, quoted.length + 1)
  })

  it('tells equal findings on the same lines apart', async () => {
    const twice = [
      finding({ line: 10, title: 'Overflow of the counter' }),
      finding({ line: 10, title: 'Missing await' }),
    ]
    await report(twice)
    assert.equal(lines()?.length, 2)
    await report(twice, { run: 2 })
    assert.equal(github.reviews.length, 1)
  })

  it('leaves the review of a newer run alone', async () => {
    await report([finding({ line: 10 })], { run: 7 })
    const late = await report([finding({ line: 50 })], { run: 6 })
    assert.equal(late?.detail, 'a newer run has reviewed')
    assert.equal(github.reviews.length, 1)
  })

  it('drops what GitHub refuses into its text, and posts the others', async () => {
    // The diff that we have is not GitHub's any more.
    const stale = [...changes.files].map((file) => ({ ...file }))
    const file = stale.find(({ path }) => path === 'src/a.ts')
    assert.ok(file)
    const diff = [
      'diff --git a/src/a.ts b/src/a.ts',
      '--- a/src/a.ts',
      '+++ b/src/a.ts',
      '@@ -1,60 +1,60 @@',
      ...numbered(60)
        .split('\n')
        .slice(0, 60)
        .map((line) => ` ${line}`),
      '',
    ].join('\n')
    writeFileSync(join(directory, 'changes.diff'), diff)
    changes = { ...changes, files: [{ ...file, bytes: Buffer.byteLength(diff) }] }
    const all = Array.from({ length: 20 }, (_, at) =>
      finding({ line: [10, 50, 30, 31, 9][at % 5] ?? 1, title: `Finding ${'abcdefghijklmnopqrst'[at]} of this` }),
    )
    const delivery = await report(all)
    assert.equal(github.reviews.length, 1)
    const [review] = github.reviews
    assert.equal(review?.state, 'COMMENTED')
    assert.deepEqual(new Set(review.comments.map(({ line }) => line)), new Set([10, 50, 9]))
    assert.equal(review.comments.length, 12)
    assert.match(review.body, /<code>src\/a\.ts<\/code> \(8\)/)
    assert.match(delivery?.detail ?? '', /12 new comments; GitHub refused comments on src\/a\.ts:30/)
    await report(all, { run: 2 })
    assert.equal(github.reviews.length, 1)
  })

  it('splits many comments into requests of thirty, with a pause between', async () => {
    const target = { owner: 'octo', repo: 'app', number: 1, graphqlUrl: github.graphqlUrl }
    const comments: InlineComment[] = Array.from({ length: 65 }, (_, at) => ({
      path: 'src/a.ts',
      line: 10,
      body: `${at}`,
      key: `k${at}`,
    }))
    const api = await createApi({ apiUrl: github.apiUrl, token: 'writes' })
    const before = performance.now()
    await postReview(
      api,
      target,
      {
        commit: headSha,
        identity: { start: '<!-- x ', position: { run: 1, attempt: 1 } },
        comments,
        foldedKeys: [],
        stance: 'comment',
        body: (_refused, isFirst) => `<!-- x --> ${isFirst}`,
      },
      AbortSignal.timeout(120_000),
      { ...usualLimits, pauseMs: 150 },
    )
    assert.ok(performance.now() - before >= 300)
    assert.deepEqual(
      github.reviews.map(({ comments: own, body }) => [own.length, body]),
      [
        [30, '<!-- x --> true'],
        [30, '<!-- x --> false'],
        [5, '<!-- x --> false'],
      ],
    )
  })

  it('keeps to the number of comments asked for, the worst on their lines', async () => {
    await report(
      [
        finding({ line: 10, severity: 'low', title: 'Small' }),
        finding({ line: 50, severity: 'critical', title: 'Large' }),
      ],
      { review: { maxComments: 1 } },
    )
    assert.deepEqual(lines(), ['src/a.ts:-50'])
    assert.match(github.reviews[0]?.body ?? '', /Small/)
  })

  it('requests changes where the file asks for it, and takes that back once the review is clean', async () => {
    const review = { requestsChanges: true } as const
    await report([finding({ line: 10 })], { review })
    assert.equal(github.reviews[0]?.state, 'CHANGES_REQUESTED')
    // Nobody looked: nothing is taken back.
    await report([], { review, run: 2, failing: true })
    assert.equal(github.reviews[0].state, 'CHANGES_REQUESTED')
    await report([finding({ line: 50, title: 'Of no weight' })], { review, run: 2, halfLooked: true })
    assert.deepEqual(
      github.reviews.map(({ state }) => state),
      ['CHANGES_REQUESTED', 'COMMENTED'],
    )
    github.reviews.pop()
    github.reviews.push({ ...github.reviews[0], id: 1, author: stranger })
    await report([], { review, run: 3 })
    assert.deepEqual(
      github.reviews.map(({ state }) => state),
      ['DISMISSED', 'CHANGES_REQUESTED'],
    )
    // It is there again: it was said, but not asked for.
    await report([finding({ line: 10 })], { review, run: 4 })
    assert.deepEqual(
      github.reviews.map(({ state, comments }) => [state, comments.length]),
      [
        ['DISMISSED', 1],
        ['CHANGES_REQUESTED', 1],
        ['CHANGES_REQUESTED', 0],
      ],
    )
  })

  it('never posts on a line what verification refuted, but lists it folded, with the reason', async () => {
    const delivery = await report(
      [finding({ line: 10, title: 'Refuted overflow', body: 'Secret words.' }), finding({ line: 50, title: 'Race' })],
      { verified: true },
    )
    assert.deepEqual(lines(), ['src/a.ts:-50'])
    assert.equal(delivery?.detail, '1 new comment')
    const body = github.reviews[0]?.body ?? ''
    assert.match(body, /Findings\*\*: 1 finding, the worst high/)
    assert.match(
      body,
      /<details><summary>1 finding does not count: 1 refuted by verification<\/summary>\n\n- [^\n]*`src\/a\.ts:10` Refuted overflow[^\n]*Line 9 checks it/,
    )
    assert.ok(!github.requests.some(({ body: sent }) => sent.includes('Secret words.')))
  })

  it('takes its request back where all that was found since is refuted', async () => {
    const review = { requestsChanges: true } as const
    await report([finding({ line: 10, title: 'Race' })], { review, verified: true })
    await report([finding({ line: 50, title: 'Refuted overflow' })], { review, verified: true, run: 2 })
    assert.deepEqual(
      github.reviews.map(({ state }) => state),
      ['DISMISSED'],
    )
    assert.match(
      github.requests.find(({ url }) => url.endsWith('/dismissals'))?.body ?? '',
      /The review of a later commit found nothing/,
    )
  })

  it('sends at most thirty comments in one request, and no more than were asked for', async () => {
    const many = Array.from({ length: 50 }, (_, at) =>
      finding({
        line: [9, 10, 11, 49, 50][at % 5] ?? 10,
        title: `${'abcdefghij'[Math.floor(at / 5)]?.repeat(9)} of ${'klmno'[at % 5]?.repeat(9)}`,
        category: `c${at}`,
        body: '',
      }),
    )
    await report(many, { review: { maxComments: 42 } })
    const sent = posts().map(({ body }) => (JSON.parse(body) as { comments: unknown[] }).comments.length)
    assert.deepEqual(sent, [30, 12])
    assert.match(github.reviews[0]?.body ?? '', /<code>src\/a\.ts<\/code> \(8\)/)
  })

  it('only comments on a pull request of our own, and where nothing was asked of it', async () => {
    await report([finding({ line: 10 })], { review: { requestsChanges: true }, token: 'author' })
    assert.equal(github.reviews[0]?.state, 'COMMENTED')
    assert.equal(github.reviews.length, 1)
  })

  it('is there once although the answer got lost', async () => {
    github.refuse({ method: 'POST', path: /\/reviews$/, status: 502, times: 1, afterwards: true })
    const delivery = await report([finding({ line: 10 })])
    assert.equal(github.reviews.length, 1)
    assert.match(delivery?.url ?? '', /#pullrequestreview-/)
  })

  it('removes what an earlier run left pending', async () => {
    await report([finding({ line: 10 })])
    const [first] = github.reviews
    assert.ok(first)
    github.reviews[0] = { ...first, state: 'PENDING' }
    await report([finding({ line: 10 })], { run: 2 })
    assert.deepEqual(
      github.reviews.map(({ state }) => state),
      ['COMMENTED'],
    )
  })

  it('has no comments on lines where the head is not known, or is another than git looked at', async () => {
    await report([finding({ line: 10 })], { head: undefined })
    await report([finding({ line: 50, title: 'Another' })], { head: baseSha, run: 2 }).catch(() => {})
    assert.deepEqual(
      github.reviews.map(({ comments, body }) => [comments.length, /A problem/.test(body)]),
      [[0, true]],
    )
  })

  it('says what to do where the token may not write, and posts nothing without findings', async () => {
    await assert.rejects(
      report([finding({ line: 10 })], { token: 'reads' }),
      /GitHub refused the review \(403[^]*permissions: pull-requests: write/,
    )
    await report([])
    assert.deepEqual(github.reviews, [])
  })

  it('makes nothing of a model’s text active', async () => {
    const hostile =
      '@octocat closes #1 <img src=x> <!-- orchestrator:x --> ![i](http://e.org/i.png)\n\n```suggestion\nrm\n```'
    await report([
      finding({ line: 10, title: hostile, body: hostile }),
      finding({ line: 30, title: hostile, body: hostile }),
    ])
    const [review] = github.reviews
    for (const text of [review?.body ?? '', review?.comments[0]?.body ?? '']) {
      assert.doesNotMatch(text, /@octocat/)
      assert.doesNotMatch(text, /[^\\]#1/)
      assert.doesNotMatch(text, /(?<!\\)<img|<!-- orchestrator:x|^(?!<).*[^\\]!\[/m)
    }
    // A fence of the body offers nothing: that is for the suggestion alone.
    assert.match(review?.comments[0]?.body ?? '', /^```\nrm\n```$/m)
    assert.doesNotMatch(review?.comments[0]?.body ?? '', /^[`~]{3,}suggestion/m)
  })

  it('comments only on lines that GitHub shows', () => {
    const hunks = linesOfDiff(origin, `${baseSha}...${headSha}`, 'src/a.ts')
    assert.deepEqual(hunks.flat().slice(0, 7), [7, 8, 9, 10, 11, 12, 13])
    assert.equal(git(origin, 'cat-file', '-t', headSha).trim(), 'commit')
  })
})
