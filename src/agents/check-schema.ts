import { z } from 'zod'
import type { Json, JsonObject } from '../core/json.ts'
import { oneLine } from './one-line.ts'

/**
 * Holds a value against a JSON Schema: undefined when it satisfies it, else one line that says where it does not.
 * Checked by zod's `z.fromJSONSchema`; a schema it cannot express is a problem too, never a silent pass.
 */
export function checkSchema(schema: JsonObject, value: Json): string | undefined {
  let checker: z.ZodType
  try {
    checker = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0])
  } catch (error) {
    return oneLine(`the output schema cannot be checked: ${error instanceof Error ? error.message : String(error)}`)
  }
  const checked = checker.safeParse(value)
  if (checked.success) return undefined
  const [issue] = checked.error.issues
  const place = issue === undefined || issue.path.length === 0 ? 'the answer' : issue.path.join('.')
  return oneLine(`${place}: ${issue?.message ?? 'does not satisfy the output schema'}`)
}
