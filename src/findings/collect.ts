import type { ReportedFinding } from '../core/finding.ts'
import { isSuperseded, type RunState } from '../core/run-state.ts'
import { mergeFindings } from './merge.ts'
import { weighFindings, type Weighed } from './weigh.ts'

/** What the instances of a run found by now, by their last attempts and in the last rounds of what is repeated, as one list. */
export function collectFindings(state: RunState): Weighed {
  const reports: ReportedFinding[] = []
  for (const [id, at] of state.instances)
    if (!isSuperseded(state, at))
      for (const finding of at.attempts.at(-1)?.ended?.findings ?? []) reports.push({ ...finding, agent: id })
  return weighFindings(mergeFindings(reports), state.started?.context)
}
