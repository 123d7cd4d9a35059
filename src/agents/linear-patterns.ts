import type { z } from 'zod'
import { isObject } from '../core/is-object.ts'
import type { Json } from '../core/json.ts'
import { compilePattern } from '../core/pattern.ts'

/**
 * Has every `pattern` that zod made of a JSON Schema tested in linear time: the pattern is a user's and the text a model's, and
 * JavaScript's own engine can be kept busy for ever with a line of it. Throws for a pattern that the engine does not know.
 */
export function makePatternsLinear(checker: z.ZodType): void {
  const seen = new Set<object>()
  const waiting: unknown[] = [checker]
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    if (typeof part !== 'object' || part === null || part instanceof RegExp || seen.has(part)) continue
    seen.add(part)
    const inner: unknown = Reflect.get(part, '_zod')
    const definition: object = typeof inner === 'object' && inner !== null ? Object(Reflect.get(inner, 'def')) : part
    const pattern: unknown = Reflect.get(definition, 'pattern')
    if (Reflect.get(definition, 'format') === 'regex' && pattern instanceof RegExp) {
      const linear = compilePattern(pattern.source, '')
      Reflect.set(definition, 'pattern', { test: (text: string) => linear.test(text), toString: () => String(pattern) })
    }
    const getter: unknown = Reflect.get(definition, 'getter')
    if (typeof getter === 'function') waiting.push(Reflect.apply(getter, definition, []))
    waiting.push(...Object.values(definition))
  }
}

/** Keywords whose schemas zod keeps where nobody can reach them. */
const hidden = new Set(['propertyNames', 'contains', 'not', 'if', 'dependentSchemas'])

/** Whether a pattern that cannot be made linear could keep JavaScript's engine busy: one repetition, or choice, inside another. */
export function hasHopelessPattern(schema: Json, isHidden = false): boolean {
  if (Array.isArray(schema)) return schema.some((part: Json) => hasHopelessPattern(part, isHidden))
  if (!isObject(schema)) return false
  const { pattern, patternProperties } = schema
  const keys = isObject(patternProperties) ? Object.keys(patternProperties) : []
  if (keys.some(repeatsRepetition) || (isHidden && typeof pattern === 'string' && repeatsRepetition(pattern)))
    return true
  return Object.entries(schema).some(([keyword, part]) => hasHopelessPattern(part, isHidden || hidden.has(keyword)))
}

function repeatsRepetition(pattern: string): boolean {
  return /(?:[+*}]\??|\|[^)]*)\)+[+*{]/.test(pattern)
}
