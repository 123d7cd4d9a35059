import type { MergedFinding, ReportedFinding } from '../core/finding.ts'
import type { RunState } from '../core/run-state.ts'
import { mergeFindings } from './merge.ts'

/** What the instances of a run found by now, by their last attempts, as one list. */
export function collectFindings(state: RunState): MergedFinding[] {
  const reports: ReportedFinding[] = []
  for (const [id, { attempts }] of state.instances)
    for (const finding of attempts.at(-1)?.ended?.findings ?? []) reports.push({ ...finding, agent: id })
  return mergeFindings(reports)
}
