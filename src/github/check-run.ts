import { isObject } from '../core/is-object.ts'
import { plainLine } from '../core/plain-text.ts'
import type { Reporter } from '../core/reporter.ts'
import { annotateFinding, placedFindings, type Annotation } from '../report/annotations.ts'
import { renderMarkdown } from '../report/markdown.ts'
import type { ReportModel } from '../report/report-model.ts'
import { cutText } from '../core/cut-text.ts'
import { keptPlaces, writeAnnotations } from './annotations.ts'
import { ApiError, describeApiError, isHidden, tooOften, type Api } from './api.ts'
import type { GithubContext } from './context.ts'
import { insist } from './insist.ts'
import type { StepReporting } from './step-reporting.ts'
import type { WorkflowCommands } from './workflow-commands.ts'

/** GitHub's limits: annotations of one request, UTF-16 units of a title, bytes of a summary (65,535). */
const annotationsPerRequest = 50
const titleLimit = 255
const summaryLimit = 65_000
/** As many as anybody reads; each fifty are a request. */
const mostAnnotations = 1000

/** What a check run is made of. */
export interface CheckRunOptions {
  readonly connect: () => Promise<Api>
  readonly repository: { readonly owner: string; readonly name: string }
  /** Hex; of the head of the pull request. */
  readonly commit: string
  /** By which a repetition knows the check run of this very job again. */
  readonly externalId: string
  /** Undefined takes the run's. */
  readonly name: string | undefined
  /** Tells apart the cells of a matrix; empty where there are none. */
  readonly key: string
  readonly detailsUrl: string
  /** Whether the run may have been made up: it cannot make anything green. */
  readonly isForeign?: boolean
  /** Failures that have no other place; read once the run has ended. */
  readonly unshown?: () => readonly Annotation[]
  /** Where the annotations go if GitHub refuses the check run. */
  readonly commands: WorkflowCommands
}

/** A check run on the commit, where the file asks for one. */
export function reportToCheckRun(step: StepReporting): Reporter<ReportModel> {
  const { settings, context, inputs, commands, connect, isForeign, between } = step
  const { repository, runUrl } = context
  if (repository === undefined) throw new Error('there is no repository')
  if (connect === undefined) throw new Error('The check run could not be written: there is no `github-token`')
  return createCheckRunReporter({
    connect,
    repository,
    commit: context.pullRequest?.headSha ?? context.sha,
    externalId: externalIdOf(context, inputs.commentKey),
    name: settings.check?.name,
    key: inputs.commentKey,
    detailsUrl: runUrl,
    ...(isForeign !== undefined && { isForeign }),
    unshown: () => between.unshown,
    commands,
  })
}

function externalIdOf({ runId, runAttempt, job }: GithubContext, key: string): string {
  return [runId, runAttempt, job, key].join('/').slice(0, 255)
}

/**
 * Reports to one check run: its conclusion is the verdict, its annotations are the findings, and the failures that the step has no room for, fifty a request. Where GitHub refuses it, the findings
 * become annotations of the step, within their caps.
 */
export function createCheckRunReporter(options: CheckRunOptions): Reporter<ReportModel> {
  return {
    name: 'check',
    async onEnd(_state, signal, report) {
      const findings = placedFindings(report).map(annotateFinding)
      const unshown = (options.unshown?.() ?? []).filter(({ file }) => file !== undefined)
      const annotations = [...unshown, ...findings].map(toCheckAnnotation)
      try {
        const { url, count } = await insist(signal, () => writeCheckRun(options, report, annotations, signal))
        return { url, ...(count > 0 && { detail: `${count}` }) }
      } catch (error) {
        writeAnnotations(options.commands, findings, keptPlaces)
        throw new Error(explainRefusal(error), { cause: error })
      }
    },
  }
}

/** What GitHub calls an annotation of a check run. */
interface CheckAnnotation {
  readonly path: string
  readonly start_line: number
  readonly end_line: number
  readonly annotation_level: 'notice' | 'warning' | 'failure'
  readonly title: string
  readonly message: string
}

async function writeCheckRun(
  options: CheckRunOptions,
  report: ReportModel,
  annotations: readonly CheckAnnotation[],
  signal: AbortSignal,
): Promise<{ url: string; count: number }> {
  const api = await options.connect()
  const { owner, name: repo } = options.repository
  const name = checkName(options, report)
  const shown = annotations.slice(0, mostAnnotations)
  const batches = Array.from({ length: Math.max(1, Math.ceil(shown.length / annotationsPerRequest)) }, (_, index) =>
    shown.slice(index * annotationsPerRequest, (index + 1) * annotationsPerRequest),
  )
  const output = {
    title: cutText(plainLine(titleOf(report)), titleLimit),
    summary: renderMarkdown(report, { maxBytes: summaryLimit }),
  }
  const own = concludeCheck(report)
  const conclusion = options.isForeign === true && own === 'success' ? 'neutral' : own
  const [first = [], ...others] = batches
  const start = { status: 'completed', conclusion, details_url: options.detailsUrl }
  const known = await findCheckRun(api, options, name, signal)
  const content = { ...start, output: { ...output, annotations: first } }
  const answer =
    known === undefined
      ? await api(
          'POST /repos/{owner}/{repo}/check-runs',
          { owner, repo, name, head_sha: options.commit, external_id: options.externalId, ...content },
          signal,
        )
      : await patch(known.id, known.annotations > 0 ? { ...start, output } : content)
  const { id, url } = readCheckRun(answer.data)
  // A repetition adds no annotation twice: how many there are tells how many requests had arrived.
  const had = Math.ceil((known?.annotations ?? 0) / annotationsPerRequest)
  for (const [index, batch] of others.entries())
    if (index + 1 >= had) await patch(id, { output: { ...output, annotations: batch } })
  return { url, count: shown.length }

  function patch(checkRunId: number, body: Readonly<Record<string, unknown>>) {
    const route = 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}'
    return api(route, { owner, repo, check_run_id: checkRunId, ...body }, signal)
  }
}

/** `success` where somebody looked and it is clean, `neutral` where nobody did, else what the run came to. */
export function concludeCheck({
  verdict,
  result,
}: Pick<ReportModel, 'verdict' | 'result'>): 'success' | 'failure' | 'neutral' | 'cancelled' | 'skipped' {
  if (verdict?.verdict === 'findings') return 'failure'
  if (verdict?.verdict === 'not-reviewed') return 'neutral'
  return result ?? 'neutral'
}

function titleOf({ verdict, result, reason }: ReportModel): string {
  if (verdict !== null) return verdict.reason
  return reason === '' ? (result ?? 'unfinished') : `${result ?? 'unfinished'}: ${reason}`
}

function checkName({ name, key }: CheckRunOptions, report: ReportModel): string {
  const own = name ?? (report.name === '' ? 'orchestrator' : report.name)
  return key === '' ? own : `${own} ${key}`
}

/** The check run that an earlier attempt of this very step has made: it was killed, or its answer got lost. */
async function findCheckRun(
  api: Api,
  { repository: { owner, name: repo }, commit, externalId }: CheckRunOptions,
  name: string,
  signal: AbortSignal,
): Promise<CheckRun | undefined> {
  const route = 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs'
  const { data } = await api(
    route,
    { owner, repo, ref: commit, check_name: name, filter: 'all', per_page: 100 },
    signal,
  )
  const runs = isObject<{ check_runs?: unknown }>(data) && Array.isArray(data.check_runs) ? data.check_runs : []
  return runs.map(readCheckRun).find((run) => run.externalId === externalId)
}

interface CheckRun {
  readonly id: number
  readonly url: string
  readonly externalId: string
  readonly annotations: number
}

function readCheckRun(data: unknown): CheckRun {
  const run = isObject<Record<string, unknown>>(data) ? data : {}
  const output = isObject<Record<string, unknown>>(run['output']) ? run['output'] : {}
  return {
    id: Number(run['id'] ?? 0),
    url: typeof run['html_url'] === 'string' ? run['html_url'] : '',
    externalId: typeof run['external_id'] === 'string' ? run['external_id'] : '',
    annotations: Number(output['annotations_count'] ?? 0),
  }
}

const levels = { error: 'failure', warning: 'warning', notice: 'notice' } as const

function toCheckAnnotation({
  level,
  message,
  title = '',
  file = '',
  line = 1,
  endLine = line,
}: Annotation): CheckAnnotation {
  return {
    path: file,
    start_line: line,
    end_line: Math.max(line, endLine),
    annotation_level: levels[level],
    title: cutText(title, titleLimit),
    message,
  }
}

function explainRefusal(error: unknown): string {
  const what = `The check run could not be written (${describeApiError(error)})`
  if (error instanceof ApiError && error.isLimit) return `${what}: ${tooOften}.`
  if (isHidden(error))
    return `${what}: give the job \`permissions: checks: write\`; on a pull request from a fork its token may never write.`
  return what
}
