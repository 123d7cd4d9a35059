import { groupBy } from '../core/group-by.ts'
import type { Finding, MergedFinding } from '../core/finding.ts'
import type { PlacedThread } from '../core/review-thread.ts'
import { compareTexts } from '../core/compare-texts.ts'
import { linesApart, placeTolerance, thresholdOf } from './same-subject.ts'
import { readSubjects } from './subject.ts'

/** A finding that stands in a thread already. */
export interface SaidAgain {
  readonly thread: PlacedThread
  readonly finding: MergedFinding
}

/** What earlier threads and the findings of a new run make of each other. Every finding and every thread of the pull request is in one list. */
export interface Reconciliation {
  /** Nobody has said it yet. */
  readonly fresh: readonly MergedFinding[]
  /** It stands in an open thread, be it elsewhere by now. */
  readonly open: readonly SaidAgain[]
  /** Somebody who may said that it is none. */
  readonly dismissed: readonly SaidAgain[]
  /** It is back: its thread, which was closed by us, is to be opened again. */
  readonly returned: readonly SaidAgain[]
  /** It is back, and its thread is not ours alone any more. */
  readonly left: readonly SaidAgain[]
  /** Threads to close: their code changed, who reported it looked again, and did not find it. */
  readonly fixed: readonly PlacedThread[]
  /** Threads that stay as they are without being reported again. */
  readonly kept: readonly PlacedThread[]
}

/** Lines that took the place of others: where there are more, the same category does not make two findings one. */
const rewrittenLines = 20

interface Pair {
  readonly thread: PlacedThread
  readonly finding: MergedFinding
  /** By how much it is more than enough; pairs with more are joined first. */
  readonly weight: number
}

/**
 * Holds what a run found against the threads of earlier runs. They are one by their code: the same lines, wherever they are now, or the few that took
 * their place, and the same category or rule, whatever the words. Else likeness of words decides as between two reviewers. A
 * dismissal holds only as long as the code is the same. `looked` says whether any of these instances has looked again.
 */
export function reconcile(
  threads: readonly PlacedThread[],
  findings: readonly MergedFinding[],
  looked: (agents: readonly string[]) => boolean,
): Reconciliation {
  const threadOf = new Map<MergedFinding, PlacedThread>()
  const joined = new Set<PlacedThread>()
  for (const { thread, finding } of pairsOf(threads, findings)) {
    if (threadOf.has(finding) || joined.has(thread)) continue
    threadOf.set(finding, thread)
    joined.add(thread)
  }
  const again = findings.flatMap((finding) => {
    const thread = threadOf.get(finding)
    return thread === undefined ? [] : [{ thread, finding }]
  })
  const closed = again.filter(({ thread }) => thread.standing === 'fixed')
  const silent = threads.filter((thread) => !joined.has(thread))
  const isFixed = ({ standing, isTouched, place, said }: PlacedThread): boolean =>
    standing === 'open' &&
    !isTouched &&
    (place.kind === 'gone' || (place.kind === 'changed' && looked(said?.agents ?? [])))
  return {
    fresh: findings.filter((finding) => !threadOf.has(finding)),
    open: again.filter(({ thread }) => thread.standing === 'open'),
    dismissed: again.filter(({ thread }) => thread.standing === 'dismissed'),
    returned: closed.filter(({ thread }) => !thread.isTouched),
    left: closed.filter(({ thread }) => thread.isTouched),
    fixed: silent.filter(isFixed),
    kept: silent.filter((thread) => !isFixed(thread)),
  }
}

/** Threads and findings that can be one, the likeliest first, in an order that does not depend on theirs. */
function pairsOf(threads: readonly PlacedThread[], findings: readonly MergedFinding[]): Pair[] {
  const byPath = groupBy(findings, ({ path }) => path)
  const pairs = threads.flatMap((thread) => {
    if (thread.place.kind === 'gone') return []
    const own = asFinding(thread)
    return (byPath.get(thread.place.path) ?? []).flatMap((finding): Pair[] => {
      const weight = weightOf(thread, own, finding)
      return weight === undefined ? [] : [{ thread, finding, weight }]
    })
  })
  return pairs.toSorted(
    (a, b) =>
      b.weight - a.weight ||
      compareTexts(a.thread.id, b.thread.id) ||
      (a.finding.line ?? 0) - (b.finding.line ?? 0) ||
      compareTexts(a.finding.title, b.finding.title) ||
      compareTexts(a.finding.body, b.finding.body),
  )
}

/** Undefined where they are two. */
function weightOf({ place, standing, said }: PlacedThread, own: Finding, finding: MergedFinding): number | undefined {
  if (finding.line === null) return undefined
  const isSame = place.kind === 'same'
  if (standing === 'dismissed' && place.kind === 'changed') return undefined
  const apart = linesApart(own, finding)
  if (apart > placeTolerance && standing === 'dismissed') return undefined
  // Of these two alone: what else was found meanwhile must not make two of what was one.
  const subjects = readSubjects([own, finding])
  const likeness = subjects.likeness(0, 1)
  // What somebody else edited is known by its place alone.
  const isThere = apart === 0 && (said === null || sameKind(said, finding))
  if (isSame && isThere) {
    const off = Math.max(
      Math.abs(finding.line - place.line),
      Math.abs((finding.endLine ?? finding.line) - place.endLine),
    )
    if (off <= placeTolerance) return 2 + likeness + (off === 0 ? 1 : 0) + (standing === 'open' ? 0.5 : 0)
  }
  if (place.kind === 'changed' && isThere && place.endLine - place.line < rewrittenLines) return 1 + likeness
  const excess = likeness - thresholdOf(own, finding, () => subjects.sharesSymbol(0, 1))
  return excess >= 0 ? excess : undefined
}

function sameKind(one: Pick<Finding, 'category' | 'rule'>, other: Pick<Finding, 'category' | 'rule'>): boolean {
  if (one.rule !== null && one.rule === other.rule) return true
  return (one.category ?? one.rule) === (other.category ?? other.rule)
}

/** A thread as the finding it was, where its code is now. */
function asFinding({ place, side, said, body }: PlacedThread): Finding {
  return {
    path: place.path,
    line: place.line,
    endLine: place.endLine,
    ...(side !== undefined && { side }),
    severity: said?.severity ?? 'info',
    category: said?.category ?? null,
    rule: said?.rule ?? null,
    title: said?.title ?? '',
    body,
    suggestion: null,
    confidence: said?.confidence ?? null,
  }
}
