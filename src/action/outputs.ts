import type { Json } from '../core/json.ts'
import { isForgiven, isSuperseded, runAccounting, type RunState } from '../core/run-state.ts'
import { knownCost, roundUsd, totalTokens } from '../core/usage.ts'
import { findAnswers } from '../report/final-answers.ts'
import { buildReport, shownText, type ReportModel } from '../report/report-model.ts'

/** The step's outputs, and what had to be left out of them. */
export interface StepOutputs {
  readonly values: Readonly<Record<string, string>>
  readonly warning?: string
}

/** Characters: GitHub keeps 1 MB of outputs a job, counted in UTF-16. */
const outputsLimit = 450_000

/** The outputs of a step in which nothing ran. */
export function outputsWithoutRun(result: 'success' | 'failure' | 'cancelled' | 'skipped'): StepOutputs {
  return {
    values: {
      result,
      outputs: '{}',
      verdict: 'not-reviewed',
      'verdict-reason': 'nothing ran',
      failed: '[]',
      forgiven: '[]',
    },
  }
}

/** The outputs of a run that has ended, or was interrupted. */
export function outputsOf(state: RunState, report = buildReport(state)): StepOutputs {
  const accounting = runAccounting(state)
  const { usage, partial } = accounting
  const { usd, atLeast } = knownCost(accounting)
  const directory = state.started?.context.run.directory
  const outputs: Record<string, Json> = {}
  const failed: string[] = []
  const forgiven: string[] = []
  for (const [id, at] of state.instances) {
    if (at.elsewhere === true) continue
    if (Object.keys(at.outputs).length > 0) outputs[id] = at.outputs
    if (at.instance.kind === 'process' && at.outcome === 'failure' && !isSuperseded(state, at))
      (isForgiven(state, at) ? forgiven : failed).push(id)
  }
  // Of a run that was killed nobody can say that all was looked at.
  const unfinished = { verdict: 'not-reviewed', reason: 'the run did not end' }
  const isReview = report.rows.some(({ reportsFindings }) => reportsFindings)
  const verdict = report.verdict ?? (isReview ? unfinished : null)
  const values = {
    result: state.ended?.result ?? (state.interrupted === undefined ? 'failure' : 'cancelled'),
    outputs: JSON.stringify(outputs),
    'final-message': finalMessageOf(state, report),
    verdict: verdict?.verdict ?? '',
    'verdict-reason': verdict?.reason ?? '',
    'total-tokens': usage === null ? '' : String(totalTokens(usage)),
    'cost-usd': usd === null ? '' : String(roundUsd(usd)),
    partial: String(partial || atLeast),
    'run-dir': directory ?? '',
    'comment-url': state.delivered.get('comment')?.url ?? '',
    'artifact-id': state.delivered.get('artifact')?.detail ?? '',
    failed: JSON.stringify(failed),
    forgiven: JSON.stringify(forgiven),
  }
  if (values.outputs.length + values['final-message'].length <= outputsLimit) return { values }
  const isAnswerTooLong = values['final-message'].length > outputsLimit
  const omitted = { outputs: '{}', ...(isAnswerTooLong && { 'final-message': '' }) }
  const names = isAnswerTooLong ? '`outputs` and `final-message` are' : '`outputs` is'
  return {
    values: { ...values, ...omitted },
    warning: `${names} empty: there is more than GitHub keeps of a step's outputs. See \`run.json\`.`,
  }
}

/** What the run was for: the text of its only instance, else the only answer that no other instance is after. */
function finalMessageOf(state: RunState, report: ReportModel): string {
  const processes = [...state.instances.values()].filter(({ instance }) => instance.kind === 'process')
  const [only, ...others] = processes
  const ended = only?.attempts.at(-1)?.ended
  if (only !== undefined && others.length === 0) return ended === undefined ? '' : shownText(ended, state)
  const answers = findAnswers(report)
  return answers.length === 1 ? (answers[0]?.text ?? '') : ''
}
