import type { FindingsGate, MergedFinding } from '../core/finding.ts'
import { severities } from '../core/findings-schema.ts'

/** The findings that make the run fail, the worst first. */
export function blockingFindings(findings: readonly MergedFinding[], gate: FindingsGate): MergedFinding[] {
  const limit = severities.indexOf(gate.severity)
  return findings
    .filter(
      ({ severity, agents, confidence, state, isNew }) =>
        severities.indexOf(severity) <= limit &&
        agents.length >= (gate.agents ?? 1) &&
        (confidence === null || confidence >= (gate.confidence ?? 0)) &&
        (gate.state === undefined || state === 'confirmed' || state === gate.state) &&
        !(gate.newOnly === true && isNew === false),
    )
    .toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))
}
