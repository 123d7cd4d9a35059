import type { Plan } from '../core/plan.ts'
import type { ActionInputs } from '../github/inputs.ts'
import type { RunOptions } from '../run/run-options.ts'
import { lazyApi, type ActionStep } from './step.ts'

/** What asks GitHub for what earlier runs said about the pull request, where a review of the plan goes on with it. */
export function earlierOf(step: ActionStep, inputs: ActionInputs, plan: Plan): Pick<RunOptions, 'earlier'> {
  const connect = lazyApi(step, inputs.token)
  const { context } = step
  if (plan.report.review === undefined || context.pullRequest === undefined || connect === undefined) return {}
  return {
    async earlier(signal) {
      const { readEarlierReview } = await import('../github/earlier-review.ts')
      const scope = plan.report.review?.scope ?? 'full'
      return readEarlierReview(await connect(), { context, inputs }, plan.name, scope, signal)
    },
  }
}
