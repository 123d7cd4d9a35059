import { parseJson } from '../core/parse-json.ts'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fieldOf } from '../core/field-of.ts'
import type { Reporter } from '../core/reporter.ts'
import { mostEarlierRuns } from '../report/earlier-runs.ts'
import type { ReportModel } from '../report/report-model.ts'
import { artifactName, createArtifactReporter } from './artifact.ts'
import { describeHistory, rememberRun, type PastRun } from './comment-history.ts'
import { commentFormOf, targetOf } from './comment-target.ts'
import { findArtifacts, isOwnRun, type ArtifactSearch } from './earlier-artifacts.ts'
import { downloadArtifact } from './foreign-artifact.ts'
import { fragmentNames } from './fragment-name.ts'
import { readZip } from './read-zip.ts'
import type { StepReporting } from './step-reporting.ts'

/** File of a run directory with what this run and those before it took, for the next one. */
const fileName = 'past.json'
/** Runs whose artifacts are looked for, and the largest one that is downloaded for a line in a summary. */
const looks = 2
const mostBytes = 4 * 1024 * 1024
const patienceMs = 10_000
/** Longest wait at the end of a run. */
const waitMs = 2000

/** The run directory as an artifact, unless the input `artifact-name` says `none`; where no comment remembers what runs took, with that. */
export function reportToArtifact(step: StepReporting): Reporter<ReportModel> {
  const { directory, inputs, settings, context } = step
  const { mode, fanOut } = inputs
  const artifact = createArtifactReporter({
    directory,
    ...(mode === 'shard' && {
      nameOf: (runId) => fragmentNames(inputs).fragment(fanOut.shard, context.runAttempt, runId),
    }),
    name: inputs.artifactName ?? settings.artifact?.name,
    job: context.job,
    runAttempt: context.runAttempt,
    retentionDays: settings.artifact?.retentionDays,
  })
  // What one part of a run took says nothing of the whole.
  const history = mode === 'shard' ? undefined : openArtifactHistory(step)
  if (history === undefined) return artifact
  return {
    ...artifact,
    onEvent({ type }, { started }) {
      // By then the run has begun, and there is time until its end.
      if (type === 'attempt.ended' && started !== undefined) history.begin(started.plan.name)
    },
    async onEnd(state, signal, report) {
      if (state.interrupted === undefined) await history.leave(report)
      return artifact.onEnd?.(state, signal, report)
    },
  }
}

/** What earlier runs took, where no comment remembers it: the newest artifact of the workflow on this branch does. */
interface ArtifactHistory {
  /** Begins to ask about runs of this name, if nobody has yet. */
  begin(name: string): void
  /** Leaves what is known in the run directory, with what this run took. */
  leave(report: ReportModel): Promise<void>
}

/**
 * Opens the history in artifacts, and lets the summary know of it; undefined where a comment has one, or nobody can be asked. That something cannot be
 * had is no trouble: nothing is said of earlier runs then.
 */
function openArtifactHistory(step: StepReporting): ArtifactHistory | undefined {
  const { connect, context, between, isForeign, settings, offers, directory } = step
  const hasComment = commentFormOf(step) !== 'none' && targetOf(step) !== undefined
  const isSaid = settings.summary && offers.summary
  if (hasComment || !isSaid || isForeign === true || connect === undefined || context.repository === undefined)
    return undefined
  const run = Number(context.runId)
  let asked: Promise<readonly PastRun[] | undefined> | undefined
  const ask = (name: string): Promise<readonly PastRun[] | undefined> =>
    (asked ??= askHistory(step, name).catch(() => undefined))
  let tell: (line: string | undefined) => void = () => {}
  between.earlier = new Promise((resolve) => (tell = resolve))
  const begin = (name: string): void => void ask(name).then((past) => tell(past && describeHistory(past, run)))
  return {
    begin,
    async leave(report) {
      begin(report.name)
      const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), waitMs).unref())
      const past = await Promise.race([ask(report.name), late])
      const known = { name: report.name, runs: rememberRun(past ?? [], run, report) }
      writeFileSync(join(directory, fileName), JSON.stringify(known))
    },
  }
}

/** The newest run of the workflow for this branch whose artifact tells; undefined where there is none. */
async function askHistory(step: StepReporting, name: string): Promise<readonly PastRun[] | undefined> {
  const { connect, context, inputs, settings } = step
  const { repository, github, job } = context
  const said = (key: string): string => {
    const value = fieldOf(github, key)
    return typeof value === 'string' ? value : ''
  }
  const workflow = /\/([^/@]+)@/.exec(said('workflow_ref'))?.[1]
  const branch = said('head_ref') || said('ref_name')
  if (connect === undefined || repository === undefined || workflow === undefined || branch === '') return undefined
  const asking = { api: await connect(), repository, signal: AbortSignal.timeout(patienceMs) }
  const search: ArtifactSearch = {
    workflow,
    branches: [branch],
    counts: (run) => run.id !== Number(context.runId) && isOwnRun(run, repository),
    isWanted: wantedNames(inputs.artifactName ?? settings.artifact?.name, job),
    runs: looks,
  }
  for await (const { artifact } of findArtifacts(search, asking)) {
    if (artifact.bytes > mostBytes) continue
    const entry = readZip(await downloadArtifact(artifact, asking)).find(({ path }) => path === fileName)
    if (entry !== undefined) return readPast(entry.read().toString('utf8'), name)
  }
  return undefined
}

/** Whether an artifact is of this job by its name: that of one called `review` begins as that of `review-2` does. */
function wantedNames(name: string | undefined, job: string): (of: string) => boolean {
  const start = artifactName({ name, job, runAttempt: '0' }, '0')
  if (name !== undefined) return (of) => of === start || of.startsWith(`${start}-`)
  const own = start.slice(0, -'0-0'.length)
  return (of) => of.startsWith(own) && /^\d+-[0-9a-f]{8}(?:-[0-9a-f]{8})?$/.test(of.slice(own.length))
}

/** What such a file says of runs of this name; an agent could have written it, and so only numbers are taken. */
function readPast(text: string, name: string): PastRun[] | undefined {
  const value: unknown = parseJson(text)
  const runs = fieldOf(value, 'runs')
  if (fieldOf(value, 'name') !== name || !Array.isArray(runs)) return undefined
  const numberIn = (entry: unknown, key: string): number | null => {
    const found = fieldOf(entry, key)
    return typeof found === 'number' && Number.isFinite(found) && found >= 0 ? found : null
  }
  return (runs as unknown[]).slice(-mostEarlierRuns).flatMap((entry) => {
    const [run, durationMs] = [numberIn(entry, 'run'), numberIn(entry, 'durationMs')]
    if (run === null || durationMs === null) return []
    return [{ run, durationMs, tokens: numberIn(entry, 'tokens'), usd: numberIn(entry, 'usd') }]
  })
}
