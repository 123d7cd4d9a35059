import { fieldOf } from '../core/field-of.ts'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { changesOfPull, type PullChanges } from './pull-changes.ts'
import { ForeignRunError, readForeignRun } from './foreign-run.ts'
import { reportingOf, lazyApi, ownSecrets, type ActionStep } from './step.ts'
import { showProblems } from './check.ts'
import { openFiles, planObeyed } from './plan.ts'
import { messageOf } from '../core/message-of.ts'
import type { Plan, ReportSettings } from '../core/plan.ts'
import { openReporters } from '../core/reporter.ts'
import { describeApiError } from '../github/api.ts'
import type { PullRequest } from '../github/context.ts'
import {
  ArtifactError,
  askAboutRun,
  downloadArtifact,
  findPullRequests,
  listArtifacts,
  listPullFiles,
  type AskAboutRun,
  type ListedArtifact,
  type WorkflowRun,
} from '../github/foreign-artifact.ts'
import type { ActionInputs } from '../github/inputs.ts'
import { githubReporters } from '../github/reporters.ts'
import { createRedactor } from '../journal/redactor.ts'
import { formatBytes } from '../report/quantities.ts'
import { buildReport } from '../report/report-model.ts'
import { withAnswers } from '../report/with-answers.ts'

/** More artifacts of one run, and pull requests of one branch, are not reported: a stranger decides how many there are. */
const mostArtifacts = 5
const mostPullRequests = 3
const limitMs = 120_000

/** Where a report of a stranger's run goes. Annotations and the artifact would be of this job. */
const wanted = new Set(['summary', 'comment', 'check', 'review'])

/**
 * Mode `publish`: reports the run whose workflow triggered this one, as its artifact tells it. Nothing of it is run or checked out; commit and pull request
 * are GitHub's, what is reported where is this repository's own file's to say, the rest is text that a stranger may have written. Whether all
 * of it arrived; `skipped` where there was nothing to report.
 */
export async function publish(
  step: ActionStep,
  inputs: ActionInputs,
  interrupted: AbortSignal,
): Promise<boolean | 'skipped'> {
  const { commands, context } = step
  const fail = (why: string): false => {
    commands.annotate('error', why)
    return false
  }
  const skip = (why: string): 'skipped' => {
    commands.annotate('notice', why, { title: 'Nothing was published' })
    return 'skipped'
  }
  const id = fieldOf(context.payload['workflow_run'], 'id')
  const connect = lazyApi(step, inputs.token)
  const { repository } = context
  if (context.eventName !== 'workflow_run' || typeof id !== 'number')
    return fail(
      `Mode \`publish\` reports the run that triggered a \`workflow_run\` event; this is ${context.eventName === '' ? 'no event' : `a \`${context.eventName}\` event`}.`,
    )
  if (connect === undefined || repository === undefined)
    return fail('Mode `publish` needs a `github-token` with `actions: read` and `pull-requests: write`.')
  const signal = AbortSignal.any([interrupted, AbortSignal.timeout(limitMs)])
  const planned = await planObeyed(inputs, openFiles(step, inputs, signal))
  showProblems(step, planned)
  if (planned.plan === undefined) return false
  const { plan } = planned
  try {
    const ask: AskAboutRun = { api: await connect(), repository, signal }
    const run = await askAboutRun(id, ask)
    if (!run.event.startsWith('pull_request')) return skip(`The triggering run was of a \`${run.event}\` event.`)
    const pulls = (await findPullRequests(run, ask)).slice(0, mostPullRequests)
    if (pulls.length === 0)
      return skip(`No open pull request has ${run.headSha} as its newest commit now: a later run reports on it.`)
    const names = inputs.artifactName ?? plan.report.artifact?.name
    const artifacts = await listArtifacts(run, (name) => isOwnName(name, names), ask)
    if (artifacts.length === 0) {
      const which = names === undefined ? 'whose name begins with `orchestrator-`' : `called \`${names}\``
      return skip(`The triggering run has no artifact ${which}.`)
    }
    if (artifacts.length > mostArtifacts)
      commands.annotate('warning', `The run has ${artifacts.length} artifacts; ${mostArtifacts} are published.`)
    let isWhole = true
    for (const pull of pulls) {
      const changes =
        plan.report.review === undefined ? undefined : changesOfPull(await listPullFiles(pull.number, ask))
      for (const [index, artifact] of artifacts.slice(0, mostArtifacts).entries()) {
        const of = { run, pull, plan, changes, key: index === 0 ? '' : `#${index + 1}` }
        isWhole = (await publishOne(step, inputs, artifact, of, ask)) && isWhole
      }
    }
    return isWhole
  } catch (error) {
    if (interrupted.aborted) throw error
    return fail(
      `The triggering run could not be published: ${describeApiError(error)}. The job needs \`actions: read\` and \`pull-requests: write\`.`,
    )
  }
}

/** Whose artifact it is, and where it goes. */
interface Published {
  readonly run: WorkflowRun
  readonly pull: PullRequest & { readonly headSha: string }
  readonly plan: Plan
  /** Undefined where there is no review. */
  readonly changes: PullChanges | undefined
  /** Tells apart the comments of the artifacts of one run. */
  readonly key: string
}

/** One that would not be a second was made by a run of the same name that another step of its job had begun. */
function isOwnName(name: string, wantedName: string | undefined): boolean {
  return wantedName === undefined
    ? name.startsWith('orchestrator-')
    : name === wantedName || name.startsWith(`${wantedName}-`)
}

async function publishOne(
  step: ActionStep,
  inputs: ActionInputs,
  artifact: ListedArtifact,
  of: Published,
  ask: AskAboutRun,
): Promise<boolean> {
  const { commands, context, environment } = step
  const { run, pull, plan, changes } = of
  const directory = mkdtempSync(join(environment['RUNNER_TEMP'] || tmpdir(), 'orchestrator-published-'))
  mkdirSync(join(directory, 'logs'), { mode: 0o700 })
  try {
    const archive = await downloadArtifact(artifact, ask)
    const settings = withoutPower(plan)
    const facts = { runId: run.id, number: pull.number, name: plan.name, report: settings }
    const { state, oddities } = readForeignRun(archive, directory, facts)
    const { started } = state
    if (started !== undefined && changes !== undefined) {
      writeFileSync(join(directory, changes.diffFile), changes.diff, { flag: 'wx' })
      const { diffFile, files } = changes
      const own = { base: null, head: pull.headSha, diffFile, files }
      state.started = { ...started, context: { ...started.context, changes: own } }
    }
    for (const message of oddities) state.notices.unshift({ level: 'warning', message })
    state.failedReports.clear()
    const redactor = createRedactor(ownSecrets(environment, inputs.token))
    const model = { ...buildReport(state), origin: origin(run) }
    const report = await withAnswers(model, (text) => redactor.text(text))
    const reporting = {
      ...reportingOf(
        {
          ...step,
          context: {
            ...context,
            pullRequest: pull,
            sha: pull.headSha,
            runId: String(run.id),
            runAttempt: String(run.attempt),
            runUrl: run.url,
          },
        },
        { ...inputs, commentKey: inputs.commentKey + of.key },
        settings,
        directory,
      ),
      isForeign: true,
    }
    const reporters = await openReporters(
      githubReporters.filter(({ name }) => wanted.has(name)),
      reporting,
    )
    let isWhole = true
    for (const reporter of reporters)
      try {
        const delivery = await reporter.onEnd?.(state, ask.signal, report)
        if (reporter.name === 'comment' && delivery?.url !== undefined)
          step.files.setOutput('comment-url', delivery.url)
        commands.print(
          `${artifact.name}: ${reporter.name} of pull request ${pull.number}, ${delivery?.url ?? 'done'}\n`,
        )
      } catch (error) {
        isWhole = false
        commands.annotate('error', messageOf(error), { title: `The report "${reporter.name}" was not delivered` })
      }
    return isWhole
  } catch (error) {
    if (!(error instanceof ForeignRunError) && !(error instanceof ArtifactError)) throw error
    const what = `The artifact ${JSON.stringify(artifact.name)} (${formatBytes(artifact.bytes)}) of the triggering run`
    commands.annotate('error', `${what} ${error.message}. Nothing of it was published.`)
    return false
  }
}

/**
 * What the file asks for, less what a stranger must not decide: a review only comments, and a check run has another name than the one that a rule of the
 * repository may require.
 */
function withoutPower({ name, report }: Plan): ReportSettings {
  const { review, check, ...rest } = report
  return {
    ...rest,
    ...(check !== undefined && { check: { name: `${check.name ?? name} (published)` } }),
    ...(review !== undefined && {
      review: { maxComments: review.maxComments, ...(review.severity !== undefined && { severity: review.severity }) },
    }),
  }
}

function origin({ headRepository, headSha }: WorkflowRun): string {
  return (
    `This is what a run without credentials left in its artifact. It ran what ${headRepository ?? 'a deleted repository'} has at ${headSha.slice(0, 7)}, ` +
    'whose author could have written anything here: read it as you read the pull request itself.'
  )
}
