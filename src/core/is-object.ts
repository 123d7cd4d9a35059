import type { JsonObject } from './json.ts'

/** Whether a value is an object with named fields: no list, no null. `T` narrows it further where the caller knows its shape. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller names the shape it goes on to check
export function isObject<T extends object = JsonObject>(value: unknown): value is T {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
