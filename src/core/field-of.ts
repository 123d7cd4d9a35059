import { isObject } from './is-object.ts'
import type { Json } from './json.ts'

/** A field of something that was not looked at yet, an event's payload or an answer of GitHub; undefined where there is none. */
export function fieldOf(value: Json | undefined, key: string): Json | undefined
export function fieldOf(value: unknown, key: string): unknown
export function fieldOf(value: unknown, key: string): unknown {
  return isObject<Record<string, unknown>>(value) && Object.hasOwn(value, key) ? value[key] : undefined
}
