import type { RunState } from '../core/run-state.ts'
import type { EarlierReview, PlacedThread, ReviewThread } from '../core/review-thread.ts'
import { reconcile, type Reconciliation } from '../findings/reconcile.ts'
import { reviewersOf } from '../findings/verdict.ts'
import { formatPlural } from './quantities.ts'
import type { ReportModel } from './report-model.ts'
import { dismissedOf } from './set-aside-text.ts'

/** What becomes of findings and threads. */
export interface HeldThreads extends Reconciliation {
  /** A thread is open whose code is as it was, reported again or not. */
  readonly isOpen: boolean
}

/** What was done with threads on GitHub. */
export interface ClosedThreads {
  readonly closed: number
  readonly opened: number
  /** GitHub's words, where it refused any. */
  readonly refused: string | undefined
}

/**
 * Holds the findings of a run against the threads of the pull request as they are now: people may have answered since it began. Where their code is
 * was found out when it did; of a thread that came meanwhile only what was said on the same commit (hex) is known.
 */
export function holdThreads(
  now: readonly ReviewThread[],
  earlier: EarlierReview<PlacedThread>,
  { commit, pull }: { readonly commit: string | undefined; readonly pull: number },
  { findings, setAside }: Pick<ReportModel, 'findings' | 'setAside'>,
  state: RunState,
): HeldThreads {
  const places = new Map(earlier.threads.map(({ id, place }) => [id, place]))
  const placed = now.map((thread): PlacedThread => {
    const { path, line, endLine } = thread
    const kind = thread.commit === commit ? 'same' : 'unknown'
    return { ...thread, place: places.get(thread.id) ?? { kind, path, line, endLine } }
  })
  const remembered = earlier.threads.filter((thread) => thread.pull !== pull)
  const reviewers = reviewersOf(state)
  const [looked, all] = [reviewers.looked, reviewers.all].map(
    (list) => new Set(list.map(({ instance }) => instance.id)),
  )
  const held = reconcile([...placed, ...remembered], [...findings, ...dismissedOf(setAside)], (agents) => {
    if (agents.some((id) => looked?.has(id))) return true
    return reviewers.looked.length > 0 && !agents.some((id) => all?.has(id))
  })
  const staysOpen = ({ standing, place }: PlacedThread): boolean => standing === 'open' && place.kind === 'same'
  return { ...held, isOpen: held.open.length > 0 || held.returned.length > 0 || held.kept.some(staysOpen) }
}

/** What was done with threads, in a few words each. */
export function describeThreads(
  { open, dismissed }: HeldThreads,
  { closed, opened, refused }: ClosedThreads,
): string[] {
  return [
    ...(open.length > 0 ? [`${formatPlural(open.length, 'finding')} said before`] : []),
    ...(dismissed.length > 0 ? [`${dismissed.length} dismissed before`] : []),
    ...(closed > 0 ? [`${formatPlural(closed, 'thread')} closed as fixed`] : []),
    ...(opened > 0 ? [`${formatPlural(opened, 'thread')} opened again`] : []),
    ...(refused === undefined ? [] : [`GitHub refused to close or open threads (${refused})`]),
  ]
}
