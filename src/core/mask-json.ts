import type { Json } from './json.ts'
import type { Redactor } from './redactor.ts'

/** A value with each of its keys and strings masked on its own, so that it stays JSON whatever a secret looks like. */
export function maskJson(value: Json, redactor: Redactor): Json {
  if (typeof value === 'string') return redactor.text(value)
  if (Array.isArray(value)) return value.map((item) => maskJson(item, redactor))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [redactor.text(key), maskJson(inner, redactor)]),
  )
}
