import { parseJson } from './parse-json.ts'
import { isObject } from './is-object.ts'
import type { JsonObject } from './json.ts'

/** The object that a text holds as JSON; undefined for anything else. */
export function parseObject(text: string): JsonObject | undefined {
  try {
    const value = parseJson(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
