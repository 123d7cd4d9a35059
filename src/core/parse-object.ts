import { isObject } from './is-object.ts'
import type { Json, JsonObject } from './json.ts'

/** The object that a text holds as JSON; undefined for anything else. */
export function parseObject(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as Json
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
