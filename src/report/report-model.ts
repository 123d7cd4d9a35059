import type { AttemptEnded } from '../core/event.ts'
import type { MergedFinding, ReviewVerdict, SetAside } from '../core/finding.ts'
import { detailOf, reasonOf } from '../core/failure.ts'
import type { Instance } from '../core/instance.ts'
import type { JsonObject } from '../core/json.ts'
import { wholeText } from '../core/kept-text.ts'
import { messageOf } from '../core/message-of.ts'
import type { Result } from '../core/outcome.ts'
import {
  instanceAccounting,
  isForgiven,
  isSuperseded,
  type AttemptState,
  type InstanceState,
  type RunState,
} from '../core/run-state.ts'
import { sumAccounting, type Accounting, type ModelAccount } from '../core/usage.ts'
import { standingOf, type RunCourse, type Standing } from './standing.ts'
import { collectFindings } from '../findings/collect.ts'
import { isWholeReview, verdictOf } from '../findings/verdict.ts'
import { collectEdges, type ReportEdge } from './report-edges.ts'

/** One attempt as reports show it. */
export interface ReportAttempt {
  readonly runtime: string
  readonly model: string | null
  /** Null while it runs, empty on success. */
  readonly reason: string | null
  readonly detail: string
  readonly durationMs: number | null
  readonly accounting: Accounting
  /** The same by model, as far as it is known. */
  readonly models: readonly ModelAccount[]
  readonly stdoutFile: string | null
  readonly stderrFile: string | null
  /** Its agent was asked to repair an answer that broke the output schema. */
  readonly repaired: boolean
}

/** One instance or group as reports show it: groups before their members, else in the order of the plan. Times are epoch milliseconds. */
export interface ReportRow {
  readonly id: string
  readonly label: string
  readonly form: 'process' | 'sequence' | 'parallel' | 'matrix' | 'link'
  readonly parent: string | null
  /** How many groups it is inside of. */
  readonly depth: number
  readonly standing: Standing
  /** Null while it has not ended. */
  readonly result: Result | null
  /** Before `continue-on-error`; null while it has not ended. */
  readonly outcome: Result | null
  /** `continue-on-error` forgave a failure: its own, or that of a group around it. */
  readonly forgiven: boolean
  readonly reason: string
  readonly detail: string
  /** The agents' pool: it calls a model. */
  readonly isAgent: boolean
  /** Null for a group. */
  readonly runtime: string | null
  readonly model: string | null
  /** Those that were made: an instance that was restored has none. */
  readonly attempts: readonly ReportAttempt[]
  /** It has the outcome of an earlier run, and what that one paid for it. */
  readonly restored?: NonNullable<AttemptState['restored']>
  readonly startedAt: number | null
  readonly durationMs: number | null
  readonly exitCode: number | null
  /** Read anew each time, where it is so long that it stands in a file. */
  readonly text: string
  readonly outputs: JsonObject
  /** Over all attempts; nothing for a group, whose members have it. */
  readonly accounting: Accounting
  /** Tool calls that the last attempt was denied. */
  readonly denials: number
  /** Last lines of the last attempt's output. */
  readonly tail: string
  readonly activity: string
  /** What it says is a list of findings, which are shown as such. */
  readonly reportsFindings: boolean
  /** What it said stands with the findings: it reported some, or said what one is worth. */
  readonly isInFindings: boolean
  readonly patchFile: string | null
  readonly at: { readonly file: string; readonly line: number; readonly column: number } | null
}

/** Everything a rendering of a run needs, plain data. Times are epoch milliseconds. */
export interface ReportModel {
  readonly runId: string
  readonly name: string
  readonly version: string
  readonly simulated: boolean
  /** Null while the run goes on, or when the orchestrator died before its end. */
  readonly result: Result | null
  readonly reason: string
  readonly startedAt: number
  readonly durationMs: number
  /** Who asked the run to stop (`SIGINT` …); null where nobody did, though it may have reached its own time limit. */
  readonly interruptedBy: string | null
  readonly accounting: Accounting
  readonly rows: readonly ReportRow[]
  readonly edges: readonly ReportEdge[]
  /** What its instances found, merged: what of it counts. */
  readonly findings: readonly MergedFinding[]
  /** What does not: refuted, below a threshold, dismissed. */
  readonly setAside: readonly SetAside[]
  /** What the review came to; null while the run goes on, and where nothing reports findings. */
  readonly verdict: ReviewVerdict | null
  /** Everybody has looked who was to. */
  readonly isWholeReview: boolean
  readonly commit: string | null
  /** Whose answer is shown, as the file says; null leaves it to the order of the plan. */
  readonly answerOf: string | null
  readonly notices: RunState['notices']
  /** Makes an agent's answer safe to stand as Markdown; where there is none, answers stand in a fence. See `withAnswers`. */
  readonly showAnswer?: (text: string) => string
  /** What is said before anything of it, where it was not this process that ran it: whose word it is. */
  readonly origin?: string
  /** Of a run without an end, where that is known: whether it goes on. See `withCourse`. */
  readonly course?: RunCourse
  /** A line on what earlier runs took, where somebody knows. */
  readonly earlier?: string
  readonly failedReports: readonly { readonly reporter: string; readonly detail: string }[]
}

/** What reports show of a run: at its end, in the middle of it, or of one that died. */
export function buildReport(state: RunState): ReportModel {
  const members = membersByParent(state)
  const rows = inTreeOrder(state, members).map((instance) => buildRow(instance, members, state))
  const startedAt = state.started?.at ?? state.at
  const { standing: findings, setAside } = collectFindings(state)
  return {
    runId: state.started?.runId ?? '',
    name: state.started?.plan.name ?? '',
    version: state.started?.version ?? '',
    simulated: state.started?.simulated ?? false,
    result: state.ended?.result ?? null,
    reason: state.ended?.reason ?? '',
    startedAt,
    durationMs: Math.max(0, (state.ended?.at ?? state.at) - startedAt),
    interruptedBy: state.interrupted?.cause === 'run-timeout' ? null : (state.interrupted?.by ?? null),
    accounting: sumAccounting(rows.map((row) => row.accounting)),
    rows,
    edges: collectEdges(state),
    findings,
    setAside,
    verdict: verdictOf(state, findings, setAside),
    isWholeReview: isWholeReview(state),
    commit: state.started?.commit ?? null,
    answerOf: state.started?.plan.report.answer ?? null,
    notices: state.notices,
    failedReports: [...state.failedReports.values()].map(({ reporter, detail }) => ({ reporter, detail })),
  }
}

/** How many of the run's processes stand where; groups are not counted. */
export function countStandings(rows: readonly ReportRow[]): Map<Standing, number> {
  const counts = new Map<Standing, number>()
  for (const row of rows) if (row.form === 'process') counts.set(row.standing, (counts.get(row.standing) ?? 0) + 1)
  return counts
}

/** Whether this is something to fix: it failed, whether or not `continue-on-error` forgave it, and no later round has come. Groups only repeat their members. */
export function isFailure(row: ReportRow): boolean {
  return row.form === 'process' && row.outcome === 'failure' && row.standing !== 'superseded'
}

/** How many of these attempts asked their agent to repair an answer. */
export function countRepairs(attempts: readonly { readonly repaired: boolean | string | undefined }[]): number {
  return attempts.filter(({ repaired }) => repaired !== undefined && repaired !== false).length
}

function buildRow(at: InstanceState, members: ReadonlyMap<string, InstanceState[]>, state: RunState): ReportRow {
  const { instance } = at
  const forgiven = isForgiven(state, at)
  const last = at.attempts.at(-1)
  const { startedAt, endedAt } = instance.kind === 'group' ? spanOf(instance.id, members) : at
  const end = at.status === 'ended' ? (at.endedAt ?? endedAt) : state.at
  const definition = instance.kind === 'process' ? instance.process : undefined
  const row: ReportRow = {
    id: instance.id,
    label: instance.label,
    form: instance.kind === 'group' ? instance.form : 'process',
    parent: instance.parent ?? null,
    depth: depthOf(instance, state),
    standing:
      at.outcome !== 'failure'
        ? standingOf(at, members)
        : isSuperseded(state, at)
          ? 'superseded'
          : forgiven
            ? 'forgiven'
            : standingOf(at, members),
    result: at.result ?? null,
    outcome: at.outcome ?? null,
    forgiven,
    reason: at.reason,
    detail: at.detail,
    isAgent: instance.kind === 'process' && instance.pool === 'agents',
    runtime: last?.ended?.runtime ?? last?.started?.runtime ?? definition?.runtime ?? null,
    model: last?.model ?? plannedModel(definition?.model),
    attempts: at.attempts.filter(({ restored }) => restored === undefined).map(attemptOf),
    ...(last?.restored !== undefined && { restored: last.restored }),
    startedAt: startedAt ?? null,
    durationMs: startedAt === undefined || end === undefined ? null : Math.max(0, end - startedAt),
    exitCode: last?.ended?.exitCode ?? null,
    text: last?.ended?.text ?? '',
    outputs: at.outputs,
    accounting: instanceAccounting(at),
    denials: last?.ended?.denials ?? 0,
    tail: last?.ended?.tail ?? '',
    activity: last?.ended === undefined ? (last?.activity ?? '') : '',
    reportsFindings: definition?.findings !== undefined,
    isInFindings: last?.ended?.findings !== undefined || last?.ended?.opinion !== undefined,
    patchFile: last?.ended?.patchFile ?? null,
    at: instance.at ?? null,
  }
  const { ended } = last ?? {}
  if (ended?.textFile === undefined) return row
  // Only where there is need: a getter of its own makes an object a dictionary, of 1.4 kB more.
  return Object.defineProperty(row, 'text', { enumerable: true, get: () => shownText(ended, state) })
}

/** Of a text whose file was damaged there is the excerpt, and why there is no more. */
export function shownText(ended: AttemptEnded, { readText }: Pick<RunState, 'readText'>): string {
  try {
    return wholeText(ended, readText)
  } catch (error) {
    return `${ended.text}\n\n[${messageOf(error)}]`
  }
}

function attemptOf(attempt: AttemptState): ReportAttempt {
  const { ended, started } = attempt
  return {
    runtime: ended?.runtime ?? started?.runtime ?? '',
    model: attempt.model,
    reason: ended === undefined ? null : ended.failure === null ? '' : reasonOf(ended.failure),
    detail: ended === undefined || ended.failure === null ? '' : detailOf(ended.failure),
    durationMs: ended?.durationMs ?? null,
    accounting: attempt.accounting,
    models: ended?.models ?? [],
    stdoutFile: ended?.stdoutFile ?? null,
    stderrFile: ended?.stderrFile ?? null,
    repaired: attempt.repaired !== undefined,
  }
}

function spanOf(
  id: string,
  members: ReadonlyMap<string, InstanceState[]>,
): { startedAt: number | undefined; endedAt: number | undefined } {
  let startedAt: number | undefined
  let endedAt: number | undefined
  for (const member of members.get(id) ?? []) {
    const span = member.instance.kind === 'group' ? spanOf(member.instance.id, members) : member
    if (span.startedAt === undefined) continue
    startedAt = Math.min(startedAt ?? Infinity, span.startedAt)
    endedAt = Math.max(endedAt ?? 0, span.endedAt ?? 0)
  }
  return { startedAt, endedAt }
}

/** Groups before their members, also where these joined the plan later. */
function inTreeOrder(state: RunState, members: ReadonlyMap<string, InstanceState[]>): InstanceState[] {
  const ordered: InstanceState[] = []
  const visit = (at: InstanceState): void => {
    ordered.push(at)
    for (const member of members.get(at.instance.id) ?? []) visit(member)
  }
  for (const at of state.instances.values()) {
    const { parent } = at.instance
    if (parent === undefined || !state.instances.has(parent)) visit(at)
  }
  return ordered
}

function membersByParent(state: RunState): Map<string, InstanceState[]> {
  const members = new Map<string, InstanceState[]>()
  for (const at of state.instances.values()) {
    const { parent } = at.instance
    if (parent === undefined) continue
    const list = members.get(parent)
    if (list === undefined) members.set(parent, [at])
    else list.push(at)
  }
  return members
}

function depthOf(instance: Instance, state: RunState): number {
  let depth = 0
  for (let parent = instance.parent; parent !== undefined; depth++)
    parent = state.instances.get(parent)?.instance.parent
  return depth
}

function plannedModel(model: string | undefined): string | null {
  return model === undefined || model.includes('${{') ? null : model
}
