import type { MergedFinding } from '../core/finding.ts'
import { linesToFollow, type PlacedThread, type SinceReview } from '../core/review-thread.ts'
import { compareFindings } from './merge.ts'
import { reconcile } from './reconcile.ts'

/**
 * What a run found together with what the review before did, where agents were given only what changed since then and its code is as it was: they
 * could not have found that again. In the order of files and lines.
 */
export function withCarried(
  findings: readonly MergedFinding[],
  since: SinceReview | undefined,
): readonly MergedFinding[] {
  if (since === undefined || since.findings.length === 0) return findings
  const before = since.findings.map((finding, index): PlacedThread => {
    const { path, line, endLine, side } = finding
    const known = { path: path ?? '', line: line ?? 0, endLine: endLine ?? line ?? 0 }
    const own = { ...known, ...(side !== undefined && { side }) }
    const thread = linesToFollow({ id: String(index), pull: 0, ...own, commit: since.commit, said: finding })
    return { ...thread, place: finding.place ?? { kind: 'unknown', ...known } }
  })
  const { kept } = reconcile(before, findings, () => false)
  const carried = kept.filter(({ place }) => place.kind === 'same' || place.kind === 'unknown')
  return [...findings, ...carried.flatMap((each) => asFinding(each, since))].toSorted(compareFindings)
}

function asFinding({ said, place, side }: PlacedThread, since: SinceReview): MergedFinding[] {
  if (said === null) return []
  const { severity, category, rule, title, confidence, state, agents } = said
  const { path, line, endLine } = place
  return [
    {
      path: path === '' ? null : path,
      line: line === 0 ? null : line,
      endLine: endLine > line ? endLine : null,
      ...(side !== undefined && { side }),
      severity,
      category,
      rule,
      title,
      body: `Found in the review of ${since.commit.slice(0, 8)}; its code is as it was.`,
      suggestion: null,
      confidence,
      state: state ?? 'candidate',
      agents,
      reports: [],
    },
  ]
}
