import type { ChangesNeeded } from '../core/changes.ts'
import type { JsonObject } from '../core/json.ts'
import { messageOf } from '../core/message-of.ts'
import type { Plan } from '../core/plan.ts'
import { isObject } from '../core/is-object.ts'
import type { ReadChanges } from './read-changes.ts'

/** What of a run's options says what changed. */
export interface FindChangesOptions {
  readonly plan: Plan
  readonly workspace: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly github?: JsonObject
  readonly base?: string
  readonly before?: AbortSignal
}

/**
 * What changed, where the plan asks for it, or a review of a pull request needs it to know its lines: without that a run goes on all the same, and
 * the notice says so.
 */
export async function findChanges(
  options: FindChangesOptions,
  mask: (text: string) => string,
): Promise<{ readonly found: ReadChanges | undefined; readonly notices: readonly string[] }> {
  const { plan, github = {}, before } = options
  const reviews = plan.report.review !== undefined && isObject(github['event']) && 'pull_request' in github['event']
  const needed: ChangesNeeded | undefined = reviews ? 'diff' : plan.changes
  if (needed === undefined) return { found: undefined, notices: [] }
  const { readChanges } = await import('./read-changes.ts')
  try {
    const found = await readChanges({ ...options, github, needed, mask, ...(before && { abort: before }) })
    return { found, notices: found.notes }
  } catch (error) {
    if (plan.changes !== undefined) throw error
    return { found: undefined, notices: [`The review will have no comments on lines: ${messageOf(error)}`] }
  }
}
