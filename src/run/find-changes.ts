import type { Changes, ChangesNeeded } from '../core/changes.ts'
import type { JsonObject } from '../core/json.ts'
import { messageOf } from '../core/message-of.ts'
import type { Plan } from '../core/plan.ts'
import { isObject } from '../core/is-object.ts'
import type { EarlierReview } from '../core/review-thread.ts'
import type { ReadChanges } from './read-changes.ts'
import type { RunOptions } from './run-options.ts'

/** What of a run's options says what changed. */
export interface FindChangesOptions {
  readonly plan: Plan
  readonly workspace: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly github?: JsonObject
  readonly base?: string
  readonly before?: AbortSignal
  readonly earlier?: RunOptions['earlier']
}

/** Longest wait for what earlier reviews said. */
const earlierMs = 30_000

/**
 * What changed, where the plan asks for it, or a review of a pull request needs it to know its lines: without that a run goes on all the same, and
 * the notice says so. With it comes what earlier reviews said, and where that is now.
 */
export async function findChanges(
  options: FindChangesOptions,
  mask: (text: string) => string,
): Promise<{ readonly found: ReadChanges | undefined; readonly notices: readonly string[] }> {
  const { plan, github = {}, before } = options
  const reviews = plan.report.review !== undefined && isObject(github['event']) && 'pull_request' in github['event']
  const needed: ChangesNeeded | undefined = reviews ? 'diff' : plan.changes
  if (needed === undefined) return { found: undefined, notices: [] }
  const earlier = reviews ? askEarlier(options) : undefined
  const { readChanges } = await import('./read-changes.ts')
  try {
    const found = await readChanges({
      ...options,
      github,
      needed,
      mask,
      ...(before && { abort: before }),
      ...(earlier && { earlierReview: earlier.then(({ review }) => review) }),
    })
    return { found, notices: [...found.notes, ...((await earlier)?.notices ?? [])] }
  } catch (error) {
    if (plan.changes !== undefined) throw error
    return { found: undefined, notices: [`The review will have no comments on lines: ${messageOf(error)}`] }
  }
}

/** The files that changed, for whoever decides whether there is to be a run at all. Rejects with ChangesError where git cannot tell. */
export async function filesChanged(
  plan: Plan,
  options: Omit<FindChangesOptions, 'plan'>,
): Promise<Changes | undefined> {
  const { review: _none, ...report } = plan.report
  const { found } = await findChanges({ ...options, plan: { ...plan, report, changes: 'files' } }, (text) => text)
  return found?.changes
}

/** A run goes on without it, and says so. */
async function askEarlier({ earlier, before }: FindChangesOptions): Promise<{
  readonly review: EarlierReview | undefined
  readonly notices: readonly string[]
}> {
  if (earlier === undefined) return { review: undefined, notices: [] }
  try {
    const limit = AbortSignal.timeout(earlierMs)
    const review = await earlier(before === undefined ? limit : AbortSignal.any([before, limit]))
    return { review, notices: [] }
  } catch (error) {
    const why = `What earlier reviews said is not known (${messageOf(error)})`
    return { review: undefined, notices: [`${why}: their threads are left as they are.`] }
  }
}
