import type { RunState } from '../core/run-state.ts'
import type { EarlierReview, PlacedThread } from '../core/review-thread.ts'
import { describeThreads, holdThreads, type HeldThreads } from '../report/held-threads.ts'
import type { ReportModel } from '../report/report-model.ts'
import type { Api } from './api.ts'
import { closeThreads } from './close-threads.ts'
import { readThreads } from './review-threads.ts'
import type { CommentTarget } from './sticky-comment.ts'

/** Which review of which commit goes on. */
export interface LastingReview {
  readonly target: CommentTarget
  /** The word in the marks of its comments. */
  readonly scope: string
  /** Hex; undefined where the event does not name the head. */
  readonly commit: string | undefined
}

/** Reads the threads as they are now, and says what the findings of a run make of them. */
export async function holdAgainstThreads(
  api: Api,
  { target, scope, commit }: LastingReview,
  earlier: EarlierReview<PlacedThread>,
  model: Pick<ReportModel, 'findings' | 'setAside'>,
  state: RunState,
  signal: AbortSignal,
): Promise<HeldThreads> {
  const now = await readThreads(api, target, scope, signal)
  return holdThreads(now, earlier, { commit, pull: target.number }, model, state)
}

/** Closes and opens threads as decided; says what was done. */
export async function settleThreads(
  api: Api,
  target: CommentTarget,
  held: HeldThreads,
  pauseMs: number,
  signal: AbortSignal,
): Promise<string[]> {
  return describeThreads(held, await closeThreads(api, target, held, pauseMs, signal))
}
