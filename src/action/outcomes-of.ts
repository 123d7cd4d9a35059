import type { JsonObject } from '../core/json.ts'
import type { Plan } from '../core/plan.ts'
import type { ActionInputs } from '../github/inputs.ts'
import type { Trust } from '../github/trust.ts'
import type { RunOptions } from '../run/run-options.ts'
import type { ActionStep } from './step.ts'

/** Where outcomes of earlier runs are, unless the input `cache` says `off`; asked for, and loaded, where an instance has a cache. */
export function outcomesOf(
  step: ActionStep,
  inputs: ActionInputs,
  plan: Plan,
  trust: Trust,
  root: string,
): Pick<RunOptions, 'outcomes'> {
  if (!inputs.cache) return {}
  return {
    outcomes: async () => (await import('./outcomes.ts')).openOutcomePlace(step, inputs, plan, trust, root),
  }
}

/** What a re-run of the workflow run goes on with, and the journal of it that is proven so far; nothing in a first attempt. */
export async function earlierAttemptOf(
  step: ActionStep,
  inputs: ActionInputs,
  plan: Plan,
  given: JsonObject,
  root: string,
): Promise<Pick<RunOptions, 'resume'> & { readonly proven?: Uint8Array }> {
  if (!(Number(step.context.runAttempt) > 1) || !inputs.resume) return {}
  const { resumeEarlierAttempt, provenSoFar } = await import('./rerun.ts')
  const resume = await resumeEarlierAttempt(step, inputs, plan, given, root)
  return resume === undefined ? {} : { resume, proven: provenSoFar(resume) }
}
