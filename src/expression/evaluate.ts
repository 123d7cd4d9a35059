import { cutText } from '../core/cut-text.ts'
import type { ContextAccess, Expr, FunctionCall } from '@actions/expressions/ast'
import * as data from '@actions/expressions/data/index'
import { Evaluator } from '@actions/expressions/evaluator'
import type { Json } from '../core/json.ts'
import { knownContexts } from './context-names.ts'
import { hashFilesMessage, languageFunctions, type StatusFunctions } from './functions.ts'
import { parseExpression } from './program.ts'
import { hasExpression, splitTemplate } from './template.ts'
import { toJson, WrappedObject } from './wrapped-json.ts'

/** The values of the contexts by name. One that is known to the language and not here is null. */
export type Contexts = Readonly<Record<string, Json | undefined>>

export type { StatusFunctions } from './functions.ts'

/** An expression could not be evaluated; `message` is one line for people. The only error that evaluation throws. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError'
}

/** The value of an expression (without `${{ }}`). Numbers that JSON cannot write are null. */
export function evaluateExpression(source: string, contexts: Contexts, status?: StatusFunctions): Json {
  return guarded(source, () => toJson(evaluateSource(source, new WrappedObject(contexts), status)))
}

/** A template with each `${{ }}` replaced by its value as text: null is empty, objects and arrays are `Object` and `Array`. */
export function renderTemplate(text: string, contexts: Contexts, status?: StatusFunctions): string {
  if (!hasExpression(text)) return text
  const { segments, issues } = splitTemplate(text)
  if (issues[0] !== undefined) throw new EvaluationError(issues[0].message)
  const root = new WrappedObject(contexts)
  return segments
    .map((segment) =>
      segment.kind === 'text'
        ? segment.text
        : guarded(segment.source, () => evaluateSource(segment.source, root, status).coerceString()),
    )
    .join('')
}

/** Like `renderTemplate`, but a template that is exactly one `${{ }}` keeps the type of its value. */
export function evaluateTemplate(text: string, contexts: Contexts, status?: StatusFunctions): Json {
  if (!hasExpression(text)) return text
  const { segments } = splitTemplate(text)
  const only = segments.length === 1 ? segments[0] : undefined
  return only?.kind === 'expression'
    ? evaluateExpression(only.source, contexts, status)
    : renderTemplate(text, contexts, status)
}

/** What a condition makes of a value: false, 0, the empty string and null are false. */
export function isTruthy(value: Json): boolean {
  return value !== null && value !== false && value !== '' && value !== 0 && !Number.isNaN(value)
}

function evaluateSource(source: string, root: WrappedObject, status: StatusFunctions | undefined): data.ExpressionData {
  const parsed = parseExpression(source)
  if (parsed.program === undefined) throw new EvaluationError(`${parsed.issue.message}: \`${shortened(source)}\``)
  return new ProgramEvaluator(parsed.program.root, root, status).evaluate()
}

/** The library's errors are of three classes and some are plain type errors: all become ours. */
function guarded<T>(source: string, evaluate: () => T): T {
  try {
    return evaluate()
  } catch (error) {
    if (error instanceof EvaluationError) throw error
    const why =
      error instanceof RangeError
        ? 'the expression is too deep or too large'
        : error instanceof Error
          ? error.message
          : String(error)
    throw new EvaluationError(`${why}: \`${shortened(source)}\``, { cause: error })
  }
}

function shortened(source: string): string {
  return cutText(source.trim().replaceAll(/\s+/g, ' '), 120)
}

/** The library's evaluator with our function table and null for contexts that have no value here. */
class ProgramEvaluator extends Evaluator {
  readonly #root: WrappedObject
  readonly #status: StatusFunctions | undefined

  constructor(expression: Expr, root: WrappedObject, status: StatusFunctions | undefined) {
    super(expression, root)
    this.#root = root
    this.#status = status
  }

  override visitContextAccess(access: ContextAccess): data.ExpressionData {
    const name = access.name.lexeme
    const value = this.#root.get(name)
    if (value !== undefined) return value
    if (knownContexts.has(name.toLowerCase())) return new data.Null()
    throw new EvaluationError(`unknown context \`${name}\``)
  }

  override visitFunctionCall(call: FunctionCall): data.ExpressionData {
    const name = call.functionName.lexeme
    const called = languageFunctions.get(name.toLowerCase())
    if (called === undefined)
      throw new EvaluationError(name.toLowerCase() === 'hashfiles' ? hashFilesMessage : `unknown function \`${name}\``)
    return called.call(
      call.args.map((argument) => this.eval(argument)),
      this.#status,
      (context) => toJson(this.#root.get(context)),
    )
  }
}
