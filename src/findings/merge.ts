import { compareTexts } from '../core/compare-texts.ts'
import type { Finding, MergedFinding, ReportedFinding } from '../core/finding.ts'
import { severities, type Severity } from '../core/findings-schema.ts'
import { clusterPairs, type LikelyPair } from './cluster.ts'
import { withoutReplacement } from './replacement.ts'
import { requiredLikeness, thresholdOf } from './same-subject.ts'
import { readSubjects, type Subjects } from './subject.ts'

/** Up to this many findings every pair is compared. */
const comparedWhole = 300

/** Beyond that, each finding is compared with so many that follow it in its file … */
const neighbours = 24

/** … and with those that share a word which no more findings than these have. */
const rareWord = 8

/** A single report this sure decides the severity alone. */
const sureConfidence = 0.8

/**
 * Makes one finding of what different instances report about one problem: the same place and the same subject, by rule, category and likeness of
 * words. No two reports of one instance are ever one, unless they are the same report twice. The result does not depend on the order of
 * the reports; findings come out in the order of their files and lines, those without a file last.
 */
export function mergeFindings(reports: readonly ReportedFinding[]): MergedFinding[] {
  const sorted = inOrder(reports)
  const subjects = readSubjects(sorted)
  const pairs: LikelyPair[] = []
  visitCandidates(sorted, subjects, (a, b, one, other) => {
    const threshold = thresholdOf(one, other, () => subjects.sharesSymbol(a, b))
    pairs.push({ a, b, excess: subjects.likeness(a, b) - threshold })
  })
  const together = clusterPairs(
    sorted.map(({ agent }) => agent),
    pairs,
    requiredLikeness.wordsAlone,
  )
  return together.map((members) => merged(members.flatMap((index) => sorted[index] ?? []))).toSorted(compareFindings)
}

/** Reports in an order that does not depend on their arrival, each report once. */
function inOrder(reports: readonly ReportedFinding[]): ReportedFinding[] {
  const keys = new Map<ReportedFinding, string>()
  const keyOf = (report: ReportedFinding): string => {
    const key = keys.get(report) ?? wholeOf(report)
    keys.set(report, key)
    return key
  }
  const compare = (a: ReportedFinding, b: ReportedFinding): number =>
    comparePlaces(a, b) || compareTexts(a.title, b.title) || compareTexts(keyOf(a), keyOf(b))
  const sorted = reports.toSorted(compare)
  return sorted.filter((report, index) => {
    const before = sorted[index - 1]
    return before === undefined || compare(before, report) !== 0
  })
}

/** By place, then by words. */
export function compareFindings(a: Finding, b: Finding): number {
  return comparePlaces(a, b) || compareTexts(a.title, b.title) || compareTexts(a.body, b.body)
}

/** By file and line; what has no file comes last. */
function comparePlaces(a: Finding, b: Finding): number {
  if (a.path === null || b.path === null) return Number(a.path === null) - Number(b.path === null)
  const sides = Number(a.side === undefined) - Number(b.side === undefined)
  return compareTexts(a.path, b.path) || (a.line ?? 0) - (b.line ?? 0) || sides
}

/** All of a report, so that only equal ones have equal keys. */
function wholeOf(report: ReportedFinding): string {
  const { agent, path, line, endLine, severity, category, rule, title, body, suggestion, confidence } = report
  const { evidence, preExisting, side } = report
  const words = [title, body, path, line, endLine, severity, category, rule, suggestion, confidence]
  return [...words, evidence, preExisting, agent, side].join('\0')
}

/** Visits pairs of different instances that could be one, each once, the smaller index first; in files that differ there is none. */
function visitCandidates(
  sorted: readonly ReportedFinding[],
  subjects: Subjects,
  visit: (a: number, b: number, one: ReportedFinding, other: ReportedFinding) => void,
): void {
  const isSmall = sorted.length <= comparedWhole
  const reach = isSmall ? sorted.length : neighbours
  const further = isSmall ? [] : furtherCandidates(sorted.length, subjects)
  // For each pair the last index it was visited with: what is near and what shares a word may be the same.
  const visited = new Int32Array(sorted.length).fill(-1)
  for (const [a, one] of sorted.entries()) {
    const visitLikely = (b: number): void => {
      const other = sorted[b]
      if (other === undefined || visited[b] === a || one.agent === other.agent) return
      visited[b] = a
      if (one.path === null || other.path === null || one.path === other.path) visit(a, b, one, other)
    }
    if (isSmall || one.path !== null) for (let b = a + 1; b < Math.min(sorted.length, a + reach); b++) visitLikely(b)
    for (const sharing of further[a] ?? []) for (const b of sharing) if (b > a) visitLikely(b)
  }
}

/** For each finding the lists of those that share one of its rare words. */
function furtherCandidates(count: number, subjects: Subjects): (readonly number[])[][] {
  const lists: (readonly number[])[][] = Array.from({ length: count }, () => [])
  for (const indexes of subjects.holdersOfRareWords(rareWord)) for (const a of indexes) lists[a]?.push(indexes)
  return lists
}

/** One finding for several reports: the place and words of the most severe, surest and most exact of them. */
function merged(reports: readonly ReportedFinding[]): MergedFinding {
  const severity = severityOf(reports)
  const [best] = reports.toSorted(
    (a, b) =>
      Number(b.severity === severity) - Number(a.severity === severity) ||
      Number(b.line !== null) - Number(a.line !== null) ||
      (b.confidence ?? 0) - (a.confidence ?? 0) ||
      reports.indexOf(a) - reports.indexOf(b),
  )
  if (best === undefined) throw new Error('nothing to merge')
  const { agent: _reporter, preExisting: _claimed, ...finding } = best
  const own = reports.filter(({ side }) => side === best.side)
  const evidence = best.evidence ?? own.find((report) => report.evidence !== undefined)?.evidence
  const isOld = reports.every(({ preExisting }) => preExisting === true)
  const confidences = reports.flatMap(({ confidence }) => confidence ?? [])
  return {
    ...finding,
    severity,
    category: best.category ?? reports.find(({ category }) => category !== null)?.category ?? null,
    rule: best.rule ?? reports.find(({ rule }) => rule !== null)?.rule ?? null,
    suggestion: best.suggestion ?? lentSuggestion(best, reports),
    confidence: confidences.length === 0 ? null : Math.max(...confidences),
    ...(evidence !== undefined && { evidence }),
    ...(isOld && { preExisting: true }),
    state: 'candidate',
    agents: [...new Set(reports.map(({ agent }) => agent))].toSorted(),
    reports,
  }
}

/** What another report suggests; what is to stand in place of other lines is no more than advice for these. */
function lentSuggestion({ line, endLine, side }: Finding, reports: readonly ReportedFinding[]): string | null {
  const lender = reports.find(({ suggestion }) => suggestion !== null)
  if (lender === undefined) return null
  const isOfThese = lender.line === line && lender.endLine === endLine && lender.side === side
  return (isOfThese ? lender : withoutReplacement(lender)).suggestion
}

/**
 * The worst severity that two reports reach, or one that is sure (confidence 0.8 or more, or the only report there is): a lone alarm among
 * several calmer voices does not decide.
 */
export function severityOf(reports: readonly ReportedFinding[]): Severity {
  const ranks = reports.map(({ severity }) => severities.indexOf(severity)).toSorted((a, b) => a - b)
  const voted = severities[ranks[1] ?? ranks[0] ?? severities.length - 1] ?? 'info'
  const sure = reports
    .filter(({ confidence }) => confidence !== null && confidence >= sureConfidence)
    .map(({ severity }) => severities.indexOf(severity))
  const surest = severities[Math.min(...sure)] ?? voted
  return severities.indexOf(surest) < severities.indexOf(voted) ? surest : voted
}
