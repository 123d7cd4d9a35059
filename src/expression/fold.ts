import type { Json } from '../core/json.ts'
import { knownContexts } from './context-names.ts'
import { evaluateExpression, EvaluationError, renderTemplate, type Contexts, type StatusFunctions } from './evaluate.ts'
import { hasExpression, splitTemplate } from './template.ts'

/** What is known of an expression before the run: its value, that it can have none, or nothing (`open`). */
export type Folded =
  | { readonly kind: 'constant'; readonly value: Json }
  | { readonly kind: 'failing'; readonly message: string }
  | { readonly kind: 'open' }

/** Thrown by the contexts that are known only while running. */
class NotConstantError extends Error {}

const refuse = (): never => {
  throw new NotConstantError()
}

/** Every context, none of which says anything; what `&&` and `||` never come to is never asked. */
const openContexts: Contexts = Object.defineProperties(
  {},
  Object.fromEntries([...knownContexts].map((name) => [name, { enumerable: true, get: refuse }])),
)

const openStatus: StatusFunctions = { success: refuse, failure: refuse, cancelled: refuse, always: () => true }

/** Functions that can make a text longer than their arguments together; more than one of them is left to the run. */
const lengthening = /\b(?:format|join|tojson)\s*\(/gi
const lengtheningSourceLimit = 1000

/** What is asked first decides: most expressions are seen at a glance to be open. */
const beginsOpen = new RegExp(`^[\\s(!]*(?:${[...knownContexts].join('|')}|success|failure|cancelled)\\b`, 'i')

/** Evaluates an expression (without `${{ }}`) that reads no context and asks no status but `always()`. */
export function foldExpression(source: string): Folded {
  return folded(source, () => evaluateExpression(source, openContexts, openStatus))
}

/** A template with the parts that are constant put in, where the result says the same; the others stand as written. */
export function foldTemplate(text: string): string {
  if (!hasExpression(text)) return text
  const { segments, issues } = splitTemplate(text)
  if (issues.length > 0) return text
  const open: string[] = []
  const parts = segments.map((segment) => {
    if (segment.kind === 'text') return segment.text
    const whole = `\${{${segment.source}}}`
    const part = folded(segment.source, () => renderTemplate(whole, openContexts, openStatus))
    if (part.kind === 'constant' && typeof part.value === 'string') return part.value
    open.push(segment.source)
    return whole
  })
  const result = parts.join('')
  // A value that looks like an expression, alone or with the text around it, would become one.
  const again = splitTemplate(result)
  const sources = again.segments.flatMap((segment) => (segment.kind === 'expression' ? segment.source : []))
  const isSame = sources.length === open.length && sources.every((source, index) => source === open[index])
  return again.issues.length === 0 && isSame ? result : text
}

/** JSON with every text in it that is one constant expression replaced by its value, of any type. */
export function foldValue(value: Json): Json {
  if (typeof value === 'string') {
    if (!hasExpression(value)) return value
    const { segments } = splitTemplate(value)
    const only = segments.length === 1 ? segments[0] : undefined
    if (only?.kind !== 'expression') return foldTemplate(value)
    const result = foldExpression(only.source)
    return result.kind === 'constant' && !holdsOpening(result.value) ? result.value : value
  }
  if (isList(value)) return value.map(foldValue)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, foldValue(item)]))
}

function folded(source: string, evaluate: () => Json): Folded {
  if (beginsOpen.test(source)) return { kind: 'open' }
  const lengtheners = source.match(lengthening)?.length ?? 0
  if (lengtheners > 1 || (lengtheners === 1 && source.length > lengtheningSourceLimit)) return { kind: 'open' }
  try {
    return { kind: 'constant', value: evaluate() }
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error
    const isOpen = error.cause instanceof NotConstantError || error.cause instanceof RangeError
    return isOpen
      ? { kind: 'open' }
      : { kind: 'failing', message: error.cause instanceof Error ? error.cause.message : error.message }
  }
}

function holdsOpening(value: Json): boolean {
  if (typeof value === 'string') return hasExpression(value)
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, item]) => hasExpression(key) || holdsOpening(item))
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
