import { addTo } from '../core/group-by.ts'
import type { FindingState, MergedFinding, Opinion, ReportedFinding, VerificationRules, Vote } from '../core/finding.ts'
import { severities } from '../core/findings-schema.ts'
import { isObject } from '../core/is-object.ts'
import type { Json, JsonObject } from '../core/json.ts'
import { cutText } from '../core/cut-text.ts'
import type { MatrixCell } from '../core/matrix.ts'

/** Characters of what is said of a candidate. */
const bodyLength = 4000

/** Characters of what a cell is called. */
const labelLength = 100

/**
 * The cells that verify findings, the worst first, and the findings for which there are none. What an earlier review had verified, and nobody has
 * reported again, needs none.
 */
export function candidateCells(
  findings: readonly MergedFinding[],
  { max, votes }: VerificationRules,
): { readonly cells: readonly MatrixCell[]; readonly beyond: readonly MergedFinding[] } {
  const reported = findings.filter(({ reports }) => reports.length > 0)
  const sorted = reported.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))
  const cells = sorted.slice(0, max).flatMap((finding, index) =>
    Array.from({ length: votes }, (_, at) => ({
      values: { candidate: candidateOf(finding), reports: finding.reports.map(nameReport), vote: at + 1 },
      slug: votes === 1 ? `${index + 1}` : `${index + 1}-${at + 1}`,
      label: cutText(`${describeCandidate(finding)}${votes === 1 ? '' : `, vote ${at + 1}`}`, labelLength),
    })),
  )
  return { cells, beyond: sorted.slice(max) }
}

/** `src/a.ts:3 Token is logged`. */
export function describeCandidate({ path, line, side, title }: MergedFinding): string {
  const place = path === null ? '' : `${path}${line === null ? '' : `:${line}`}${side === 'left' ? ' (removed)' : ''} `
  return `${place}${title}`
}

/** What a verifier is told: the finding, not who or how many found it. */
function candidateOf(finding: MergedFinding): JsonObject {
  const { path, line, endLine, side, severity, category, rule, title, body, suggestion, evidence = null } = finding
  return {
    path,
    line,
    endLine,
    ...(side !== undefined && { side }),
    severity,
    category,
    rule,
    title: cutText(title, bodyLength),
    body: cutText(body, bodyLength),
    evidence: evidence === null ? null : cutText(evidence, bodyLength),
    suggestion: suggestion === null ? null : cutText(suggestion, bodyLength),
  }
}

/** By which a report is known again in the votes. */
function nameReport({ agent, path, line, side, title }: ReportedFinding): string {
  return JSON.stringify([agent, path, line, cutText(title, bodyLength), ...(side === undefined ? [] : [side])])
}

/** What an instance said of the candidate in its matrix. */
export interface CastVote extends Vote {
  readonly matrix: JsonObject | undefined
}

/** Votes by the report they are about: a finding whose reports were joined by another one since keeps what was said of it. */
export function sortVotes(cast: readonly CastVote[]): ReadonlyMap<string, readonly Vote[]> {
  const sorted = new Map<string, Vote[]>()
  for (const { matrix, ...vote } of cast.toSorted((a, b) => (a.by < b.by ? -1 : 1))) {
    const reports = matrix?.['reports']
    for (const report of Array.isArray(reports) ? (reports as readonly Json[]) : [])
      if (typeof report === 'string') addTo(sorted, report, vote)
  }
  return sorted
}

/** The votes about a finding, each once. */
export function votesOn({ reports }: MergedFinding, votes: ReadonlyMap<string, readonly Vote[]>): Vote[] {
  const own = new Map<string, Vote>()
  for (const report of reports) for (const vote of votes.get(nameReport(report)) ?? []) own.set(vote.by, vote)
  return [...own.values()].toSorted((a, b) => (a.by < b.by ? -1 : 1))
}

/** What a majority of the votes that were cast says; without one, and when they differ, it is `plausible`. */
export function stateOf(votes: readonly Opinion[]): FindingState {
  if (votes.length === 0) return 'unverified'
  const has = (verdict: Opinion['verdict']): boolean =>
    votes.filter((vote) => vote.verdict === verdict).length * 2 > votes.length
  return has('refuted') ? 'refuted' : has('confirmed') ? 'confirmed' : 'plausible'
}

/** Reads the answer of a verifier; undefined where it is none. */
export function readOpinion(json: Json): Opinion | undefined {
  if (!isObject(json)) return undefined
  const verdict = (['confirmed', 'plausible', 'refuted'] as const).find((each) => each === json['verdict'])
  if (verdict === undefined) return undefined
  const evidence = Array.isArray(json['evidence']) ? (json['evidence'] as readonly Json[]) : []
  return {
    verdict,
    reason: typeof json['reason'] === 'string' ? json['reason'] : '',
    evidence: evidence.flatMap((each) => {
      if (!isObject(each) || typeof each['path'] !== 'string' || typeof each['quote'] !== 'string') return []
      const line = typeof each['line'] === 'number' && each['line'] > 0 ? each['line'] : null
      return [{ path: each['path'], line, quote: each['quote'] }]
    }),
  }
}
