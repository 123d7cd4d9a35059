import type { EarlierReview } from '../core/review-thread.ts'
import type { Api } from './api.ts'
import { targetOf } from './comment-reporter.ts'
import { readDismissals, readThreads } from './review-threads.ts'
import { reviewStart, scopeOf } from './review-reporter.ts'
import type { StepReporting } from './step-reporting.ts'

/** Reads what earlier runs of an orchestration said about the pull request of a step, and what people dismissed in others. */
export async function readEarlierReview(
  api: Api,
  step: Pick<StepReporting, 'context' | 'inputs'>,
  name: string,
  signal: AbortSignal,
): Promise<EarlierReview> {
  const target = targetOf(step)
  if (target === undefined) return { threads: [] }
  const scope = scopeOf(reviewStart(step, name))
  const [own, others] = await Promise.all([
    readThreads(api, target, scope, signal),
    readDismissals(api, target, scope, signal),
  ])
  return { threads: [...own, ...others] }
}
