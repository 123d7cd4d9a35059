import type { Json, JsonObject } from '../core/json.ts'

/** Plain data of a document as JSON; what a mistake left undefined becomes null. */
export function toJson(value: unknown): Json {
  if (Array.isArray(value)) return value.map(toJson)
  if (typeof value === 'object' && value !== null) return toJsonObject(value)
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}

/** A plain map as a JSON object. */
export function toJsonObject(map: object): JsonObject {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, toJson(value)]))
}
