import type { InputDeclaration } from '../core/plan.ts'
import type { Json, JsonObject } from '../core/json.ts'
import { isObject } from '../core/is-object.ts'
import { referencesOf } from '../expression/check.ts'
import { EvaluationError, evaluateTemplate } from '../expression/evaluate.ts'
import { splitTemplate } from '../expression/template.ts'
import { emptyValue, readInput } from './inputs.ts'
import { suggest } from './suggestion.ts'

/** What an expression comes to before the run. */
export type StaticValue =
  | { readonly kind: 'value'; readonly value: Json }
  /** It reads a required input that has no value yet, as when a file is only checked. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'failing'; readonly code: string; readonly message: string; readonly hint?: string | undefined }
  /** It reads what is known only while running. */
  | { readonly kind: 'open' }

/** A number, `true` or `false` as it is written. */
type Written = (owner: object, key: string) => string | undefined

/** The inputs of a compilation, which are known before the run: expressions over them may stand wherever a value may. */
export interface StaticInputs {
  /** Takes the `inputs` of a document as they were written, before anything is validated; what is said again takes the place of what was said before. */
  declare(inputs: unknown, written: Written): void
  evaluate(text: string): StaticValue
  /** A text with the expressions that are known put in. */
  fold(text: string): string
  /** The values there are. */
  readonly values: JsonObject
  /** Whether an expression reads an input without a value. */
  isUnknown(text: string): boolean
  /** The values that were put in. */
  readonly used: JsonObject
  /** Names of the inputs whose values were missed: what reads them was left out. */
  readonly missed: ReadonlySet<string>
}

/** The inputs with the values that were given, as texts. */
export function createStaticInputs(given: Readonly<Record<string, string>>): StaticInputs {
  const values: Record<string, Json> = {}
  const declared = new Set<string>()
  const used: Record<string, Json> = {}
  const missed = new Set<string>()

  const misses = (names: readonly string[]): boolean => {
    const without = names.filter((name) => !Object.hasOwn(values, name))
    for (const name of without) missed.add(name)
    return without.length > 0
  }

  const namesIn = (text: string): string[] | undefined => {
    const names: string[] = []
    for (const segment of splitTemplate(text).segments) {
      if (segment.kind !== 'expression') continue
      for (const { context, path } of referencesOf(segment.source)) {
        if (context !== 'inputs' || path[0] === undefined) return undefined
        names.push(path[0])
      }
    }
    return names
  }

  const evaluate = (text: string): StaticValue => {
    if (splitTemplate(text).issues.length > 0) return { kind: 'open' }
    const names = namesIn(text)
    if (names === undefined) return { kind: 'open' }
    const stranger = names.find((name) => !declared.has(name))
    if (stranger !== undefined)
      return {
        kind: 'failing',
        code: 'unknown-input',
        message: `unknown input \`${stranger}\``,
        hint: suggest(stranger, declared),
      }
    if (misses(names)) return { kind: 'unknown' }
    try {
      const value = evaluateTemplate(text, { inputs: values })
      for (const name of names) used[name] = values[name] ?? null
      return { kind: 'value', value }
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error
      return { kind: 'failing', code: 'expression-fails', message: error.message }
    }
  }

  return {
    values,
    used,
    missed,
    declare(inputs, written) {
      if (!isObject<Record<string, unknown>>(inputs)) return
      for (const [name, entry] of Object.entries(inputs)) {
        declared.add(name)
        if (!isObject<Record<string, unknown>>(entry)) continue
        const value = valueOf(entry, Object.hasOwn(given, name) ? given[name] : undefined, written)
        if (value === undefined) delete values[name]
        else values[name] = value
      }
    },
    evaluate,
    fold: (text) =>
      splitTemplate(text)
        .segments.map((segment) => {
          if (segment.kind === 'text') return segment.text
          const whole = `\${{${segment.source}}}`
          const result = evaluate(whole)
          return result.kind === 'value' && typeof result.value !== 'object' ? String(result.value) : whole
        })
        .join(''),
    isUnknown: (text) =>
      splitTemplate(text).segments.some(
        (segment) =>
          segment.kind === 'expression' &&
          misses(
            referencesOf(segment.source).flatMap(({ context, path }) =>
              context === 'inputs' && path[0] !== undefined ? path[0] : [],
            ),
          ),
      ),
  }
}

const types: readonly InputDeclaration['type'][] = ['string', 'number', 'boolean', 'choice']

/** What is wrong with a declaration or a given value is said where they are read; here it has no value. */
function valueOf(
  entry: Readonly<Record<string, unknown>>,
  given: string | undefined,
  written: Written,
): Json | undefined {
  const type = types.find((known) => known === (entry['type'] ?? 'string'))
  if (type === undefined) return undefined
  const options = Array.isArray(entry['options']) ? entry['options'].map(String) : undefined
  if (given !== undefined) return readInput(given, { type, required: false, ...(options !== undefined && { options }) })
  const standard = entry['default']
  if (standard === undefined) return entry['required'] === true ? undefined : emptyValue({ type })
  if (standard === null) return undefined
  if (type === 'string' || type === 'choice')
    return typeof standard === 'string'
      ? standard
      : typeof standard === 'number' || typeof standard === 'boolean'
        ? (written(entry, 'default') ?? String(standard))
        : undefined
  return typeof standard === type && (typeof standard === 'number' || typeof standard === 'boolean')
    ? standard
    : undefined
}
