import { isObject } from './is-object.ts'
import type { Json } from './json.ts'

/** The number of the issue or pull request that an event of GitHub is about, by its payload; undefined where it is about none. */
export function eventSubject(payload: Json | undefined): number | undefined {
  if (!isObject(payload)) return undefined
  for (const key of ['pull_request', 'issue']) {
    const subject = payload[key]
    if (isObject(subject) && typeof subject['number'] === 'number') return subject['number']
  }
  return undefined
}
