import type { MergedFinding } from '../../src/core/finding.ts'

/** So many findings of one file, each with a line of its own; every other one reaches over three. */
export function someFindings(count: number): MergedFinding[] {
  return Array.from({ length: count }, (_, index) => ({
    path: 'src/a.ts',
    line: index + 1,
    endLine: index % 2 === 0 ? null : index + 3,
    severity: 'high',
    category: null,
    rule: null,
    title: `problem ${index}`,
    body: 'what is wrong',
    suggestion: null,
    confidence: null,
    state: 'candidate',
    agents: ['security'],
    reports: [],
  }))
}
