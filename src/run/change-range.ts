import type { Json, JsonObject } from '../core/json.ts'
import { isObject } from '../core/is-object.ts'

/** Between what a run tells its changes; commits are named as the event names them. */
export type ChangeRange =
  /** From where the two parted, as GitHub shows a pull request. */
  | { readonly kind: 'parted'; readonly base: string; readonly head: string }
  /** From one to the other, as GitHub compares a push. */
  | { readonly kind: 'push'; readonly before: string; readonly after: string; readonly branch: string | undefined }
  /** HEAD since it left a branch; `isDesk` says that uncommitted files count as well. */
  | { readonly kind: 'branch'; readonly base: string | undefined; readonly isDesk: boolean }

/** What GitHub writes where there is no commit: the `before` of a new branch, the `after` of a deleted one. */
const noCommit = /^0+$/

/**
 * Which commits the event of a run is about. `base` is what the user asked for at a desk, and goes before everything. Payloads: GitHub's
 * documentation "Webhook events and payloads"; which commits it compares: "Workflow syntax", `paths`, "Git diff comparisons".
 */
export function changeRange(github: JsonObject, base: string | undefined): ChangeRange {
  const { event } = github
  if (base !== undefined) return { kind: 'branch', base, isDesk: true }
  const pull = at(event, 'pull_request')
  const own = text(at(pull, 'base', 'sha'))
  const head = text(at(pull, 'head', 'sha'))
  if (own !== undefined && head !== undefined) return { kind: 'parted', base: own, head }
  const queued = at(event, 'merge_group')
  const queueBase = text(at(queued, 'base_sha'))
  const queueHead = text(at(queued, 'head_sha'))
  if (queueBase !== undefined && queueHead !== undefined) return { kind: 'parted', base: queueBase, head: queueHead }
  const branch = text(at(event, 'repository', 'default_branch'))
  const before = text(at(event, 'before'))
  const after = text(at(event, 'after'))
  if (before !== undefined && after !== undefined && !noCommit.test(after))
    return { kind: 'push', before: noCommit.test(before) ? '' : before, after, branch }
  return { kind: 'branch', base: branch, isDesk: text(github['run_id']) === undefined }
}

/** Number of the event's pull request; 0 where it is about none. */
export function pullOf({ event }: JsonObject): number {
  const number = at(event, 'pull_request', 'number')
  return typeof number === 'number' ? number : 0
}

function at(value: Json | undefined, ...keys: readonly string[]): Json | undefined {
  let found = value
  for (const key of keys) found = isObject(found) && Object.hasOwn(found, key) ? found[key] : undefined
  return found
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
