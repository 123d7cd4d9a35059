import type { Finding, MergedFinding } from '../core/finding.ts'
import { thresholdOf } from './same-subject.ts'
import { readSubjects } from './subject.ts'

/** What a person said in a review, where its lines are in what was replayed. */
export interface Remark {
  readonly path: string
  readonly line: number
  readonly endLine: number
  /** They are lines that were removed. */
  readonly side?: 'left'
  readonly text: string
}

/** How a replay of one pull request compares with what happened. */
export interface Judgement {
  readonly findings: number
  /** Findings that a person also said. */
  readonly said: number
  /** Others whose lines were changed afterwards. */
  readonly changed: number
  /** What people said, and how much of it was found. */
  readonly remarks: number
  readonly remarksFound: number
}

/**
 * Holds the findings of a replay against what people said of it and what was changed afterwards. A finding and a remark are one by place and words as
 * two reports are (`thresholdOf`). That neither speaks for a finding does not make it wrong.
 */
export function judgeFindings(
  findings: readonly MergedFinding[],
  remarks: readonly Remark[],
  isChanged: (finding: MergedFinding) => boolean,
): Judgement {
  const said = new Set<MergedFinding>()
  const found = new Set<Remark>()
  for (const finding of findings)
    for (const remark of remarks)
      if (isOne(finding, remark)) {
        said.add(finding)
        found.add(remark)
      }
  return {
    findings: findings.length,
    said: said.size,
    changed: findings.filter((finding) => !said.has(finding) && isChanged(finding)).length,
    remarks: remarks.length,
    remarksFound: found.size,
  }
}

function isOne(finding: Finding, { path, line, endLine, side, text }: Remark): boolean {
  if (finding.path !== path || finding.line === null) return false
  const [title = '', ...rest] = text.split('\n')
  const none = { category: null, rule: null, suggestion: null, confidence: null, severity: 'info' } as const
  const lines = { path, line, endLine, ...(side !== undefined && { side }) }
  const remark: Finding = { ...none, ...lines, title, body: rest.join('\n') }
  const subjects = readSubjects([finding, remark])
  return subjects.likeness(0, 1) >= thresholdOf(finding, remark, () => subjects.sharesSymbol(0, 1))
}
