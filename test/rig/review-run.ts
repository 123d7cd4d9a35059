import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding } from '../../src/core/finding.ts'
import { defaultReport, type ReportSettings } from '../../src/core/plan.ts'
import type { Delivery } from '../../src/core/reporter.ts'
import { createRunState, foldEvent, type RunState } from '../../src/core/run-state.ts'
import { createApi } from '../../src/github/api.ts'
import { createCommentReporter } from '../../src/github/comment-reporter.ts'
import { readEarlierReview } from '../../src/github/earlier-review.ts'
import { usualLimits } from '../../src/github/post-review.ts'
import { createReviewReporter } from '../../src/github/review-reporter.ts'
import { showMarkdown } from '../../src/report/answer-markdown.ts'
import { buildReport, type ReportModel } from '../../src/report/report-model.ts'
import { readChanges } from '../../src/run/read-changes.ts'
import { agent, plan } from '../engine/plans.ts'
import { simulate } from '../engine/simulator.ts'
import { git } from './git-repository.ts'
import { pullRequestEvent, type GithubApi, type GithubApiOptions } from './github-api.ts'

/** What one run for a pull request is given. */
export interface ReviewRun {
  readonly github: GithubApi
  readonly facts: Omit<GithubApiOptions, 'tokens'>
  /** A folder of its own; the checkout and the diff are made there. */
  readonly directory: string
  readonly token: string
  readonly run: number
  readonly review?: Partial<NonNullable<ReportSettings['review']>>
  readonly settings?: Partial<ReportSettings>
  /** `unknown`: GitHub does not say. */
  readonly earlier?: 'unknown'
  /** With the sticky comment. */
  readonly sticky?: true
  /** What the reviewer finds in a checkout, given these files of the diff; undefined when it does not look. */
  readonly look: (checkout: string, files: readonly string[]) => readonly Finding[] | undefined
}

/** What came of it. */
export interface ReviewedRun {
  readonly delivery: Delivery
  readonly model: ReportModel
  readonly state: RunState
  /** Files whose diff the reviewer was given; undefined when it was not started. */
  readonly given: readonly string[] | undefined
  /** What the run said agents are given. */
  readonly told: string | undefined
}

/** One run from a fresh, shallow checkout to its review: git tells what changed, GitHub what was said, a reviewer what it finds. */
export async function runReview(given: ReviewRun): Promise<ReviewedRun> {
  const { github, facts, directory, token } = given
  const { origin, pullRequest, repository } = facts
  const checkout = join(directory, 'checkout')
  mkdirSync(checkout, { recursive: true })
  git(checkout, 'init', '--quiet', '--initial-branch=main')
  git(checkout, 'remote', 'add', 'origin', `file://${origin}`)
  git(checkout, 'fetch', '--quiet', '--depth=1', 'origin', pullRequest.headSha)
  git(checkout, 'checkout', '--quiet', '--detach', pullRequest.headSha)
  const [owner = '', name = ''] = repository.split('/')
  const context = {
    repository: { owner, name },
    workflow: 'w',
    job: 'j',
    runId: String(given.run),
    runAttempt: '1',
    graphqlUrl: github.graphqlUrl,
    pullRequest: { ...pullRequest, author: '' },
  } as unknown as Parameters<typeof createReviewReporter>[0]['context']
  const inputs = { token, commentKey: '' } as Parameters<typeof createReviewReporter>[0]['inputs']
  const connect = () => createApi({ apiUrl: github.apiUrl, token })
  const signal = AbortSignal.timeout(120_000)
  const event = JSON.parse(JSON.stringify(pullRequestEvent({ ...facts, tokens: {} })))
  const { changes, past, diff } = await readChanges({
    workspace: checkout,
    github: { run_id: '1', event },
    needed: 'diff',
    environment: { PATH: process.env['PATH'], HOME: directory },
    mask: (text) => text,
    ...(given.earlier !== 'unknown' && {
      earlierReview: readEarlierReview(
        await connect(),
        { context, inputs },
        'test',
        given.review?.scope ?? 'full',
        signal,
      ),
    }),
  })
  writeFileSync(join(directory, 'changes.diff'), diff ?? '')
  writeFileSync(join(directory, 'since.diff'), past?.sinceDiff ?? '')
  const settings: ReportSettings = { ...defaultReport, review: { maxComments: 30, ...given.review }, ...given.settings }
  let attached: readonly string[] | undefined
  const journal = simulate({
    plan: plan([agent('security', { process: { findings: 'findings', attach: ['changes'] } })], { report: settings }),
    behave({ changes: shown }) {
      const bytes = readFileSync(join(directory, shown?.file ?? ''))
      const text = (shown?.parts ?? []).map(({ start, end }) => bytes.subarray(start, end).toString('utf8')).join('')
      attached = [...text.matchAll(/^\+\+\+ b\/(.*)$/gm)].map(([, path = '']) => path)
      const findings = given.look(checkout, attached)
      return findings === undefined ? { failure: { kind: 'exit', code: 1, detail: '' } } : { findings }
    },
    context: { changes, ...(past && { earlier: past.earlier, ...(past.since && { since: past.since }) }) },
  }).journal
  const state = createRunState()
  for (const each of journal) foldEvent(state, each)
  const model = { ...buildReport(state), showAnswer: showMarkdown }
  const step = { context, inputs, settings, connect, directory }
  const reporter = createReviewReporter(step, { ...usualLimits, pauseMs: 0 })
  const delivery = await reporter.onEnd?.(state, signal, model)
  if (given.sticky === true) {
    const target = { owner, repo: name, number: pullRequest.number, graphqlUrl: github.graphqlUrl }
    const comment = createCommentReporter({
      connect,
      target,
      form: 'sticky',
      scope: { workflow: 'w', job: 'j', key: '' },
      position: { run: given.run, attempt: 1 },
      commit: pullRequest.headSha,
      footer: '',
    })
    await comment.onEnd?.(state, signal, model)
  }
  return { delivery, model, state, given: attached, told: past?.told }
}
