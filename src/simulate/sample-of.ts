import type { Json, JsonObject } from '../core/json.ts'
import { isObject } from '../core/is-object.ts'

const number = (value: Json | undefined): number | undefined => (typeof value === 'number' ? value : undefined)

/**
 * A small value that satisfies a JSON Schema: constants, the first of an enumeration, required properties only, as few items
 * as allowed. `pattern` and `format` are not followed but for dates and addresses.
 */
export function sampleOf(schema: Json, root: Json = schema, depth = 0): Json {
  if (!isObject(schema) || depth > 32) return null
  const reference = schema['$ref']
  if (typeof reference === 'string') return sampleOf(resolvePointer(root, reference), root, depth + 1)
  if (schema['const'] !== undefined) return schema['const']
  for (const key of ['enum', 'examples'] as const) {
    const list = schema[key]
    if (Array.isArray(list) && list.length > 0) return (list as readonly Json[])[0] ?? null
  }
  if (schema['default'] !== undefined) return schema['default']
  for (const key of ['anyOf', 'oneOf'] as const) {
    const list = schema[key]
    if (Array.isArray(list)) return sampleOf((list as readonly Json[])[0] ?? null, root, depth + 1)
  }
  const all = schema['allOf']
  if (Array.isArray(all)) {
    const parts = (all as readonly Json[]).map((part) => sampleOf(part, root, depth + 1))
    return parts.every(isObject) ? Object.assign({}, ...parts) : (parts[0] ?? null)
  }
  switch (typeNameOf(schema)) {
    case 'object':
      return sampleObject(schema, root, depth)
    case 'array':
      return Array.from({ length: number(schema['minItems']) ?? 0 }, () =>
        sampleOf(schema['items'] ?? {}, root, depth + 1),
      )
    case 'string':
      return sampleString(schema)
    case 'integer':
    case 'number':
      return sampleNumber(schema)
    case 'boolean':
      return false
    default:
      return null
  }
}

function typeNameOf(schema: JsonObject): Json | undefined {
  const type = schema['type']
  if (Array.isArray(type)) return (type as readonly Json[])[0]
  return type ?? (schema['properties'] === undefined ? undefined : 'object')
}

function resolvePointer(root: Json, reference: string): Json {
  let value: Json | undefined = root
  for (const part of reference.replace(/^#\/?/, '').split('/')) {
    if (part === '') continue
    value = isObject(value) ? value[decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')] : undefined
  }
  return value ?? null
}

function sampleObject(schema: JsonObject, root: Json, depth: number): JsonObject {
  const properties = isObject(schema['properties']) ? schema['properties'] : {}
  const required = Array.isArray(schema['required']) ? (schema['required'] as readonly Json[]) : []
  const sample: Record<string, Json> = {}
  for (const key of required)
    if (typeof key === 'string') sample[key] = sampleOf(properties[key] ?? { type: 'string' }, root, depth + 1)
  return sample
}

function sampleString(schema: JsonObject): string {
  switch (schema['format']) {
    case 'date':
      return '2026-01-01'
    case 'date-time':
      return '2026-01-01T00:00:00Z'
    case 'time':
      return '00:00:00Z'
    case 'email':
      return 'someone@example.com'
    case 'uri':
    case 'url':
      return 'https://example.com/'
    case 'uuid':
      return '00000000-0000-4000-8000-000000000000'
    default: {
      const longest = number(schema['maxLength']) ?? Number.POSITIVE_INFINITY
      return 'simulated'.padEnd(number(schema['minLength']) ?? 0, '.').slice(0, longest)
    }
  }
}

function sampleNumber(schema: JsonObject): number {
  const exclusive = number(schema['exclusiveMinimum'])
  const least = number(schema['minimum']) ?? (exclusive === undefined ? undefined : exclusive + 1)
  const most = number(schema['maximum'])
  return least ?? (most === undefined ? 0 : Math.min(0, most))
}
