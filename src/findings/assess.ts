import type { MergedFinding, ReportedFinding, ReviewRules, SetAside } from '../core/finding.ts'
import type { EarlierReview, PlacedThread, SinceReview } from '../core/review-thread.ts'
import { severities } from '../core/findings-schema.ts'
import { withCarried } from './carried.ts'
import { mergeFindings } from './merge.ts'
import { reconcile, type SaidAgain } from './reconcile.ts'
import { sortVotes, stateOf, votesOn, type CastVote } from './verification.ts'

/** The findings of a run: those that count, and those that do not, each in the order of files and lines. */
export interface AssessedFindings {
  readonly standing: readonly MergedFinding[]
  readonly setAside: readonly SetAside[]
}

/** What verification has come to by now. */
export interface Verification {
  readonly votes: readonly CastVote[]
  /** Nobody is going to vote any more: what nobody has voted on is unverified. Until then it has no state. */
  readonly isOver?: boolean
}

/** By what findings are assessed. */
export interface Assessing {
  /** `review` of the file. */
  readonly rules?: ReviewRules | undefined
  /** What earlier reviews of the pull request said. */
  readonly earlier?: EarlierReview<PlacedThread> | undefined
  /** What changed since the last review, where agents were given that alone. */
  readonly since?: SinceReview | undefined
  /** Absent where nothing verifies. */
  readonly verification?: Verification | undefined
}

/**
 * Merges what instances reported and says which of it counts: by the rules of the file, by what people dismissed before where the code is the same, and by
 * the votes of what verified it.
 */
export function assessFindings(
  reports: readonly ReportedFinding[],
  { rules, earlier, since, verification }: Assessing,
): AssessedFindings {
  const standing: MergedFinding[] = []
  const setAside: SetAside[] = []
  const counting: MergedFinding[] = []
  for (const finding of withCarried(mergeFindings(reports), since)) {
    const detail = rules === undefined ? undefined : belowThreshold(finding, rules)
    if (detail === undefined) counting.push(finding)
    else setAside.push({ finding, why: { kind: 'threshold', detail } })
  }
  const { fresh, dismissed, returned } = holdAgainst(counting, earlier)
  const votesOf = verification === undefined ? undefined : sortVotes(verification.votes)
  for (const merged of counting) {
    if (dismissed.has(merged)) {
      setAside.push({ finding: merged, why: { kind: 'dismissed', detail: '' } })
      continue
    }
    const votes = votesOf === undefined ? [] : votesOn(merged, votesOf)
    // What the review before had verified keeps what that came to.
    const isOpen = votes.length === 0 && (merged.reports.length === 0 || verification?.isOver !== true)
    const finding: MergedFinding = {
      ...merged,
      ...(earlier !== undefined && { isNew: fresh.has(merged) || returned.has(merged) }),
      ...(!isOpen && { state: stateOf(votes) }),
      ...(votes.length > 0 && { votes }),
    }
    if (finding.state !== 'refuted') standing.push(finding)
    else setAside.push({ finding, why: { kind: 'refuted', detail: refutationOf(finding) } })
  }
  return { standing, setAside }
}

/** Which findings nobody has said, somebody has dismissed, or are back after they were fixed. */
function holdAgainst(findings: readonly MergedFinding[], earlier: EarlierReview<PlacedThread> | undefined) {
  const { fresh, dismissed, returned } = reconcile(earlier?.threads ?? [], findings, () => false)
  const said = (again: readonly SaidAgain[]): Set<MergedFinding> => new Set(again.map(({ finding }) => finding))
  return { fresh: new Set(fresh), dismissed: said(dismissed), returned: said(returned) }
}

function refutationOf({ votes = [] }: MergedFinding): string {
  return votes.find(({ verdict }) => verdict === 'refuted')?.reason ?? ''
}

/** Which of the thresholds a finding misses, by its key; undefined where none. */
function belowThreshold(
  { agents, confidence, severity, category, preExisting }: MergedFinding,
  { minAgents = 1, minConfidence = 0, minSeverity = 'info', categories, newCodeOnly }: ReviewRules,
): string | undefined {
  if (agents.length < minAgents) return `min-agents: ${minAgents}`
  if (confidence !== null && confidence < minConfidence) return `min-confidence: ${minConfidence}`
  if (severities.indexOf(severity) > severities.indexOf(minSeverity)) return `min-severity: ${minSeverity}`
  if (category !== null && categories?.includes(category.toLowerCase()) === false)
    return `categories: ${categories.join(', ')}`
  if (newCodeOnly === true && preExisting === true) return 'pre-existing: false'
  return undefined
}
