import { fieldOf } from '../core/field-of.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Reporter } from '../core/reporter.ts'
import type { ReportModel } from '../report/report-model.ts'
import { ApiError, describeApiError, isHidden, tooOften, type Api } from './api.ts'
import type { GithubContext } from './context.ts'
import type { StepReporting } from './step-reporting.ts'

/** GitHub takes no larger file, compressed ("SARIF support for code scanning", limits). */
const uploadBytes = 10_485_760

/** How often it is asked what became of an upload, and the pause before each time. */
const polls = 5
const pauseMs = 1500

/** Uploads once the run has ended; nothing where no instance reported, since that would say that all earlier alerts are gone. */
export function createSarifUploadReporter(
  { context, connect }: Pick<StepReporting, 'context' | 'connect'>,
  waitMs = pauseMs,
): Reporter<ReportModel> {
  return {
    name: 'sarif-upload',
    async onEnd(state, signal, report) {
      const { repository } = context
      if (repository === undefined) return undefined
      if (connect === undefined) throw new Error('The SARIF could not be uploaded: there is no `github-token`')
      if (![...state.instances.values()].some(({ attempts }) => attempts.at(-1)?.ended?.findings !== undefined))
        return { detail: 'nothing was uploaded: no instance reported findings' }
      const { bytes, left } = await compressed(report)
      const place = { owner: repository.owner, repo: repository.name }
      const api = await connect()
      try {
        const { data } = await api(
          'POST /repos/{owner}/{repo}/code-scanning/sarifs',
          {
            ...place,
            ...analyzedCommit(context, report.commit),
            sarif: bytes.toString('base64'),
            tool_name: 'orchestrator',
          },
          signal,
        )
        const outcome = await outcomeOf(api, { ...place, sarif_id: textOf(data, 'id') }, signal, waitMs)
        return { detail: left === 0 ? outcome : `${outcome}, without the least severe: ${left} left out` }
      } catch (error) {
        throw new Error(explainRefusal(error), { cause: error })
      }
    },
  }
}

/** The SARIF as it is uploaded, and how many findings had no room in it: only the worst are in one that would be too large. */
async function compressed(report: ReportModel): Promise<{ readonly bytes: Buffer; readonly left: number }> {
  const { renderSarif, sarifResults } = await import('../report/sarif.ts')
  const placed = report.findings.filter(({ path }) => path !== null).length
  for (let most = Math.min(placed, sarifResults); ; most = Math.floor(most / 2)) {
    const bytes = await promisify(gzip)(renderSarif(report.findings, { ...report, most }))
    if (bytes.length <= uploadBytes || most <= 1) return { bytes, left: placed - most }
  }
}

/** The commit that was looked at, and the ref that GitHub knows it by: of a pull request its merge, or its head where that was checked out. */
function analyzedCommit({ sha, github, pullRequest }: GithubContext, commit: string | null) {
  if (pullRequest?.headSha !== undefined && commit === pullRequest.headSha)
    return { commit_sha: commit, ref: `refs/pull/${pullRequest.number}/head` }
  return { commit_sha: sha, ref: textOf(github, 'ref') }
}

/** What GitHub made of an upload, as far as it says so soon. Throws for what it refuses afterwards. */
async function outcomeOf(
  api: Api,
  upload: Readonly<Record<string, string>>,
  signal: AbortSignal,
  waitMs: number,
): Promise<string> {
  for (let poll = 0; poll < polls; poll++) {
    await delay(waitMs, undefined, { signal })
    const { data } = await api('GET /repos/{owner}/{repo}/code-scanning/sarifs/{sarif_id}', upload, signal)
    const status = textOf(data, 'processing_status')
    if (status === 'complete') return 'uploaded to code scanning'
    const errors = fieldOf(data, 'errors')
    if (status === 'failed') throw new Error(Array.isArray(errors) ? errors.join('; ') : 'GitHub could not process it')
  }
  return 'uploaded; code scanning has not processed it yet'
}

function explainRefusal(error: unknown): string {
  const what = `The SARIF could not be uploaded (${describeApiError(error)})`
  if (error instanceof ApiError && error.isLimit) return `${what}: ${tooOften}.`
  if (!isHidden(error)) return what
  return /security|scanning/i.test(error.message)
    ? `${what}: enable code scanning in the settings of the repository, or remove \`upload\` from \`report.sarif\`.`
    : `${what}: give the job \`permissions: security-events: write\`; on a pull request from a fork its token may never write.`
}

function textOf(value: unknown, key: string): string {
  const text = fieldOf(value, key)
  return typeof text === 'string' ? text : ''
}
