import { Literal, type Expr, type FunctionCall } from '@actions/expressions/ast'
import { Kind } from '@actions/expressions/data/index'
import { Evaluator } from '@actions/expressions/evaluator'
import { closestName } from '../core/closest-name.ts'
import { resultWords } from './context-names.ts'
import type { Program } from './program.ts'
import { namesRead, withoutBrackets, type Comparison, type Survey } from './survey.ts'
import type { ExpressionIssue } from './template.ts'
import { WrappedObject } from './wrapped-json.ts'

/** Comparisons whose outcome does not depend on any value, and literal formats that cannot work. */
export function checkConstants(program: Program, survey: Survey): ExpressionIssue[] {
  const comparisons = survey.comparisons.map((comparison) => literalIssue(comparison) ?? resultIssue(comparison))
  const formats = survey.calls.map((call) => formatIssue(program, call))
  return [...comparisons, ...formats].filter((issue) => issue !== undefined)
}

/** `'a' == 'b'` */
function literalIssue({ expression, left, right, offset, length }: Comparison): ExpressionIssue | undefined {
  if (!(withoutBrackets(left) instanceof Literal && withoutBrackets(right) instanceof Literal)) return undefined
  const value = new Evaluator(expression, new WrappedObject({})).evaluate().coerceString()
  return { code: 'constant-comparison', message: `this comparison is always ${value}`, offset, length }
}

/** `needs.a.result == 'failed'` */
function resultIssue({ expression, left, right, offset, length }: Comparison): ExpressionIssue | undefined {
  const operator = expression.operator.lexeme
  if (operator !== '==' && operator !== '!=') return undefined
  const word = wordComparedWithResult(left, right) ?? wordComparedWithResult(right, left)
  if (word === undefined || resultWords.has(word.toLowerCase())) return undefined
  const closest = closestName(word, resultWords) ?? resultSynonyms.get(word.toLowerCase())
  return {
    code: 'constant-comparison',
    message: `this comparison is always ${operator === '!='}: a result is never \`${word.slice(0, 40)}\``,
    offset,
    length,
    hint:
      closest === undefined
        ? `A result is one of ${[...resultWords].map((name) => `\`${name}\``).join(', ')}.`
        : `Did you mean \`'${closest}'\`?`,
  }
}

const resultSynonyms = new Map([
  ['failed', 'failure'],
  ['error', 'failure'],
  ['succeeded', 'success'],
  ['passed', 'success'],
  ['ok', 'success'],
  ['canceled', 'cancelled'],
])

function wordComparedWithResult(read: Expr, other: Expr): string | undefined {
  const literal = withoutBrackets(other)
  if (!(literal instanceof Literal) || literal.literal.kind !== Kind.String) return undefined
  const word = literal.literal.coerceString()
  const names = namesRead(read) ?? []
  const property = names[0] === 'needs' ? names[2] : names[1]
  const direct = /^(needs|previous|result)$/.test(names[0] ?? '') && property === names.at(-1)
  // A missing `previous` reads as null, which equals the empty string.
  return direct && word !== '' && (property === 'result' || property === 'outcome') ? word : undefined
}

/** `format('{1}', x)` */
function formatIssue(program: Program, call: FunctionCall): ExpressionIssue | undefined {
  if (call.functionName.lexeme.toLowerCase() !== 'format') return undefined
  const text = call.args[0]
  if (!(text instanceof Literal)) return undefined
  const at = program.tokens.find(({ token }) => token === text.token)
  const place = { offset: at?.start ?? 0, length: at === undefined ? 1 : at.end - at.start }
  const unescaped = text.literal.coerceString().replaceAll(/\{\{|\}\}/g, '')
  for (const [, index] of unescaped.matchAll(/\{(\d+)\}/g))
    if (Number(index) >= call.args.length - 1)
      return { code: 'wrong-arity', message: `\`format\` has no argument for \`{${index}}\``, ...place }
  if (/[{}]/.test(unescaped.replaceAll(/\{\d+\}/g, '')))
    return {
      code: 'expression-syntax',
      message: 'the format has a brace that is not part of a `{N}`',
      ...place,
      hint: 'Write a literal brace twice: `{{` or `}}`.',
    }
  return undefined
}
