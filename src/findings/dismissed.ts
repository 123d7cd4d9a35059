import type { MergedFinding } from '../core/finding.ts'
import type { EarlierReview, PlacedThread } from '../core/review-thread.ts'
import { reconcile } from './reconcile.ts'

/** Findings that count, and those that people have dismissed before. */
export interface Weighed {
  readonly findings: readonly MergedFinding[]
  readonly dismissed: readonly MergedFinding[]
}

/** Takes out what people who may have dismissed where the code is the same as then. */
export function withoutDismissed(
  findings: readonly MergedFinding[],
  earlier: EarlierReview<PlacedThread> | undefined,
): Weighed {
  if (earlier?.threads.some(({ standing }) => standing === 'dismissed') !== true) return { findings, dismissed: [] }
  const dismissed = new Set(reconcile(earlier.threads, findings, () => false).dismissed.map(({ finding }) => finding))
  return {
    findings: findings.filter((finding) => !dismissed.has(finding)),
    dismissed: findings.filter((finding) => dismissed.has(finding)),
  }
}
