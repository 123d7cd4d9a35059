import type { Json, JsonObject } from '../core/json.ts'
import { isObject } from '../core/is-object.ts'

/** A text field; empty when it is not one. */
export const textField = (object: JsonObject | undefined, key: string): string => {
  const value = object?.[key]
  return typeof value === 'string' ? value : ''
}

/** A field with an amount; 0 when it is not a finite number, or less than nothing. */
export const numberField = (object: JsonObject | undefined, key: string): number => {
  const value = object?.[key]
  return typeof value === 'number' && Number.isFinite(value) ? Math.max(0, value) : 0
}

/** An object field; undefined when it is not one. */
export const objectField = (object: JsonObject | undefined, key: string): JsonObject | undefined => {
  const value = object?.[key]
  return isObject(value) ? value : undefined
}

/** The objects in a list field. */
export const objectsField = (object: JsonObject | undefined, key: string): readonly JsonObject[] => {
  const value = object?.[key]
  return Array.isArray(value) ? (value as readonly Json[]).filter(isObject) : []
}
