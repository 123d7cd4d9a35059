import { z } from 'zod'
import type { Json, JsonObject } from '../core/json.ts'
import { messageOf } from '../core/message-of.ts'
import { hasHopelessPattern, makePatternsLinear } from './linear-patterns.ts'
import { plainLine } from '../core/plain-text.ts'
import { isObject } from '../core/is-object.ts'

/** Whether a value satisfies a schema; `unknown` when the schema says what cannot be checked. */
export type SchemaVerdict =
  | { readonly kind: 'satisfied' }
  | { readonly kind: 'violated'; readonly detail: string }
  | { readonly kind: 'unknown'; readonly detail: string }

/** Violations that are told one by one. */
const shownIssues = 3

/**
 * Holds a value against a JSON Schema by zod's `z.fromJSONSchema`. What that cannot express is never passed in silence: `if`/`then`/`else`,
 * `not`, `dependentRequired`, `dependentSchemas`, `unevaluated…`, `$dynamicRef`, references to other documents, and `const` or `enum`
 * of objects and lists make the verdict `unknown`.
 */
export function checkSchema(schema: JsonObject, value: Json): SchemaVerdict {
  let checker: z.ZodType
  try {
    if (hasHopelessPattern(schema)) throw new Error('a pattern for keys repeats a repetition')
    checker = z.fromJSONSchema(explicitSchema(schema) as Parameters<typeof z.fromJSONSchema>[0])
    makePatternsLinear(checker)
  } catch (error) {
    const why = messageOf(error)
    return { kind: 'unknown', detail: plainLine(`the output schema cannot be checked: ${why}`) }
  }
  const checked = checker.safeParse(value)
  if (checked.success) return { kind: 'satisfied' }
  const { issues } = checked.error
  const parts = issues
    .slice(0, shownIssues)
    .map(({ path, message }) => `${path.length === 0 ? 'the answer' : path.join('.')}: ${message}`)
  if (issues.length > shownIssues) parts.push(`and ${issues.length - shownIssues} more`)
  return { kind: 'violated', detail: plainLine(parts.join('; ')) }
}

const mapsOfSchemas = ['properties', 'patternProperties', '$defs', 'definitions']
const listsOfSchemas = ['anyOf', 'oneOf', 'allOf', 'prefixItems']
const schemas = ['items', 'additionalProperties', 'contains', 'propertyNames']

/** Keywords that zod ignores where `type` is not written, and the type their author had in mind. */
const impliedTypes: readonly (readonly [string, readonly string[]])[] = [
  ['object', ['properties', 'required', 'additionalProperties', 'patternProperties', 'minProperties', 'maxProperties']],
  ['array', ['items', 'prefixItems', 'contains', 'minItems', 'maxItems', 'uniqueItems']],
  ['string', ['minLength', 'maxLength', 'pattern', 'format']],
  ['number', ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']],
]

/** Keywords that only annotate: beside a `$ref` they change nothing. */
const annotations = new Set([
  '$ref',
  '$schema',
  '$id',
  '$defs',
  'definitions',
  'title',
  'description',
  'default',
  'examples',
  '$comment',
])

/**
 * The same schema with everything said that zod would otherwise pass over: the type that keywords imply, required properties and items that are not
 * described, what stands beside a `$ref`. Throws for a `const` or `enum` that zod compares by identity.
 */
function explicitSchema(schema: Json): Json {
  if (!isObject(schema)) return schema
  const explicit: Record<string, Json> = { ...schema }
  for (const key of mapsOfSchemas) {
    const map = schema[key]
    if (isObject(map))
      explicit[key] = Object.fromEntries(Object.entries(map).map(([name, part]) => [name, explicitSchema(part)]))
  }
  for (const key of listsOfSchemas) {
    const list = schema[key]
    if (Array.isArray(list)) explicit[key] = (list as readonly Json[]).map(explicitSchema)
  }
  for (const key of schemas) if (schema[key] !== undefined) explicit[key] = explicitSchema(schema[key])
  const values = [schema['const'], ...(Array.isArray(schema['enum']) ? (schema['enum'] as readonly Json[]) : [])]
  if (values.some((value) => typeof value === 'object' && value !== null))
    throw new Error('const and enum of objects and lists are not supported')
  if (schema['$ref'] !== undefined) return besideReference(explicit)
  if (schema['type'] === undefined && schema['const'] === undefined && schema['enum'] === undefined) {
    const implied = impliedTypes.find(([, keywords]) => keywords.some((keyword) => schema[keyword] !== undefined))
    if (implied !== undefined) explicit['type'] = implied[0]
  }
  if (explicit['type'] === 'array' && schema['items'] === undefined && schema['prefixItems'] === undefined)
    explicit['items'] = {}
  const required = schema['required']
  if (Array.isArray(required)) {
    const described = isObject(explicit['properties']) ? explicit['properties'] : {}
    const names = (required as readonly Json[]).filter((name) => typeof name === 'string')
    explicit['properties'] = { ...Object.fromEntries(names.map((name) => [name, {}])), ...described }
  }
  return explicit
}

/** Zod looks at nothing beside a `$ref`: both go into an `allOf`. */
function besideReference(schema: Readonly<Record<string, Json>>): Json {
  const entries = Object.entries(schema)
  const beside = entries.filter(([key]) => !annotations.has(key))
  if (beside.length === 0) return schema
  const kept = entries.filter(([key]) => annotations.has(key) && key !== '$ref')
  return {
    ...Object.fromEntries(kept),
    allOf: [{ $ref: schema['$ref'] ?? '' }, explicitSchema(Object.fromEntries(beside))],
  }
}
