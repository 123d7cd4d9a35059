import type { ReportedFinding } from '../core/finding.ts'
import { isSuperseded, type RunState } from '../core/run-state.ts'
import { assessFindings, type AssessedFindings, type Verification } from './assess.ts'
import type { CastVote } from './verification.ts'

/** What the instances of a run found by now, by their last attempts and in the last rounds of what is repeated, merged and assessed. */
export function collectFindings(state: RunState): AssessedFindings {
  const reports: ReportedFinding[] = []
  for (const [id, at] of state.instances)
    if (!isSuperseded(state, at))
      for (const finding of at.attempts.at(-1)?.ended?.findings ?? []) reports.push({ ...finding, agent: id })
  const { plan, context } = state.started ?? {}
  return assessFindings(reports, {
    rules: plan?.review,
    earlier: context?.earlier,
    since: context?.since,
    verification: verificationOf(state),
  })
}

/** What verification has come to; undefined where the plan has none. */
function verificationOf(state: RunState): Verification | undefined {
  const gate = [...state.gates.values()].find(({ expansion }) => expansion?.candidates !== undefined)
  if (gate === undefined) return undefined
  const votes: CastVote[] = []
  for (const [by, { instance, attempts }] of state.instances) {
    const opinion = attempts.at(-1)?.ended?.opinion
    if (opinion !== undefined) votes.push({ ...opinion, by, matrix: instance.matrix })
  }
  return { votes, isOver: state.instances.get(gate.group)?.status === 'ended' }
}
