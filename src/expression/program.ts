import type { Expr } from '@actions/expressions/ast'
import { ExpressionError, MAX_EXPRESSION_LENGTH, MAX_PARSER_DEPTH } from '@actions/expressions/errors'
import { Lexer, TokenType, type Token } from '@actions/expressions/lexer'
import { Parser } from '@actions/expressions/parser'
import { languageFunctions } from './functions.ts'
import type { ExpressionIssue } from './template.ts'

/** A token and where it stands in the source; `end` is exclusive. */
export interface PlacedToken {
  readonly token: Token
  readonly start: number
  readonly end: number
}

/** A parsed expression. `tokens` is without the end-of-input token. */
export interface Program {
  readonly source: string
  readonly root: Expr
  readonly tokens: readonly PlacedToken[]
}

/** What parsing came to. `tokens` is there as far as the source could be read, for checks that need no syntax tree. */
export type Parsed =
  | { readonly program: Program }
  | { readonly program: undefined; readonly issue: ExpressionIssue; readonly tokens: readonly PlacedToken[] }

/** Programs kept; the oldest goes first. */
const cacheLimit = 1024
const cache = new Map<string, Parsed>()

/** More comparisons than this in one expression would nest too deep to evaluate. */
const comparisonLimit = 1000

/**
 * Parses an expression (without `${{ }}`). Unknown contexts and functions parse; whether they may stand
 * there is for a check or the evaluation to say. Results are cached.
 */
export function parseExpression(source: string): Parsed {
  let parsed = cache.get(source)
  if (parsed === undefined) {
    parsed = parse(source)
    if (cache.size >= cacheLimit) for (const oldest of cache.keys()) if (cache.delete(oldest)) break
    if (source.length <= MAX_EXPRESSION_LENGTH) cache.set(source, parsed)
  }
  return parsed
}

/** Whether the token at `index` is the name of a function that is called, or of a context, rather than of a property. */
export function roleOf(tokens: readonly PlacedToken[], index: number): 'function' | 'context' | undefined {
  if (tokens[index]?.token.type !== TokenType.IDENTIFIER) return undefined
  if (tokens[index - 1]?.token.type === TokenType.DOT) return undefined
  return tokens[index + 1]?.token.type === TokenType.LEFT_PAREN ? 'function' : 'context'
}

function parse(source: string): Parsed {
  if (source.length > MAX_EXPRESSION_LENGTH)
    return failed({
      code: 'expression-too-long',
      message: `the expression has ${source.length} characters; at most ${MAX_EXPRESSION_LENGTH} are allowed`,
      offset: 0,
      length: source.length,
    })
  let lexed: Token[]
  try {
    lexed = new Lexer(source).lex().tokens
  } catch (error) {
    return failed(lexerIssue(source, error))
  }
  const tokens = joinMethods(placeTokens(source, lexed))
  if (tokens.length === 0)
    return failed({ code: 'expression-empty', message: 'the expression is empty', offset: 0, length: source.length })
  const issue = tokenIssue(tokens)
  if (issue !== undefined) return failed(issue, tokens)
  const names = (role: 'function' | 'context'): string[] =>
    tokens.filter((_, index) => roleOf(tokens, index) === role).map(({ token }) => token.lexeme)
  const functions = names('function').map((name) => {
    const known = languageFunctions.get(name.toLowerCase())
    return { name, minArgs: known?.minArgs ?? 0, maxArgs: known?.maxArgs ?? Infinity }
  })
  try {
    return {
      program: {
        source,
        root: new Parser(
          [...tokens.map(({ token }) => token), ...lexed.slice(-1)],
          names('context'),
          functions,
        ).parse(),
        tokens,
      },
    }
  } catch (error) {
    return failed(parserIssue(source, tokens, error), tokens)
  }
}

function failed(issue: ExpressionIssue, tokens: readonly PlacedToken[] = []): Parsed {
  return { program: undefined, issue, tokens }
}

/**
 * Finds each token again in the source: the lexer's own lines and columns go astray after a string over several lines.
 * On the way, string values get all their doubled quotes undone (the lexer undoes the first alone).
 */
function placeTokens(source: string, tokens: readonly Token[]): PlacedToken[] {
  const placed: PlacedToken[] = []
  let position = 0
  for (const token of tokens) {
    if (token.type === TokenType.EOF) break
    if (token.type === TokenType.STRING) token.value = token.lexeme.slice(1, -1).replaceAll("''", "'")
    const start = source.indexOf(token.lexeme, position)
    position = start + token.lexeme.length
    placed.push({ token, start, end: position })
  }
  return placed
}

/** A function that is spelled as a property, `changes.matches(`, is one token: GitHub's grammar has no such calls. */
function joinMethods(tokens: readonly PlacedToken[]): readonly PlacedToken[] {
  const isMethod = (index: number): boolean => {
    const [context, dot, name, bracket] = tokens.slice(index, index + 4)
    return (
      dot?.token.type === TokenType.DOT &&
      bracket?.token.type === TokenType.LEFT_PAREN &&
      roleOf(tokens, index) === 'context' &&
      languageFunctions.has(`${context?.token.lexeme}.${name?.token.lexeme}`.toLowerCase())
    )
  }
  if (!tokens.some((_, index) => isMethod(index))) return tokens
  const joined: PlacedToken[] = []
  for (let index = 0; index < tokens.length; index++) {
    const [first, , last] = tokens.slice(index, index + 3)
    if (first === undefined) break
    if (last === undefined || !isMethod(index)) {
      joined.push(first)
      continue
    }
    const lexeme = `${first.token.lexeme}.${last.token.lexeme}`
    joined.push({ token: { ...first.token, lexeme }, start: first.start, end: last.end })
    index += 2
  }
  return joined
}

/** What the library's parser lets through and GitHub does not, or what it could not evaluate. */
function tokenIssue(tokens: readonly PlacedToken[]): ExpressionIssue | undefined {
  let comparisons = 0
  for (const [index, { token, start, end }] of tokens.entries()) {
    if (token.type >= TokenType.BANG_EQUAL && token.type <= TokenType.LESS_EQUAL && ++comparisons > comparisonLimit)
      return { ...tooDeep, message: `more than ${comparisonLimit} comparisons`, offset: start, length: end - start }
    if (token.type === TokenType.COMMA && tokens[index + 1]?.token.type === TokenType.RIGHT_PAREN)
      return { code: 'expression-syntax', message: 'an argument is missing after this `,`', offset: start, length: 1 }
  }
  return undefined
}

const tooDeep = {
  code: 'expression-too-deep',
  hint: 'Compute parts of it in an earlier instance, or remove parentheses.',
}

const lexerPrefix = "Unexpected symbol: '"
const lexerPosition = /'\. Located at position (\d+)$/

/** The lexer says where in the text of its message, between the symbol and the whole input. */
function lexerIssue(source: string, error: unknown): ExpressionIssue {
  const message = error instanceof Error ? error.message : ''
  const head = message.slice(0, message.length - ` within expression: ${source}`.length)
  const found = lexerPosition.exec(head)
  const offset = found === null ? 0 : Number(found[1]) - 1
  const symbol = head.slice(lexerPrefix.length, found?.index ?? head.length)
  const place = { code: 'expression-syntax', offset, length: Math.max(1, symbol.length) }
  if (symbol.startsWith("'"))
    return { ...place, message: 'the string is never closed', hint: "Write a quote inside a string as `''`." }
  const hint = symbolHints.get(symbol.charAt(0))
  return { ...place, message: `unexpected \`${symbol.slice(0, 80)}\``, ...(hint !== undefined && { hint }) }
}

const symbolHints = new Map([
  ['"', 'Use single quotes for strings.'],
  ['=', 'Compare with `==`.'],
  ['&', 'Join conditions with `&&`.'],
  ['|', 'Join conditions with `||`.'],
  ['$', 'Inside an expression, write names without `$`.'],
  ['+', 'There is no arithmetic; use `format` to join strings.'],
  ['-', 'There is no arithmetic.'],
])

function parserIssue(source: string, tokens: readonly PlacedToken[], error: unknown): ExpressionIssue {
  if (!(error instanceof ExpressionError))
    return { ...tooDeep, message: 'the expression cannot be parsed', offset: 0, length: source.length }
  const index = tokens.findIndex(({ token }) => token.range.start === error.pos)
  const at = tokens[index] ?? tokens.at(-1) ?? { start: 0, end: source.length }
  const place = { offset: at.start, length: Math.max(1, at.end - at.start) }
  const text = source.slice(at.start, at.end)
  if (error.message.startsWith('Exceeded max expression depth'))
    return { ...tooDeep, message: `the expression nests deeper than ${MAX_PARSER_DEPTH} levels`, ...place }
  if (/^(Too (few|many)|Even number)/.test(error.message))
    return { code: 'wrong-arity', message: arityMessage(text), ...place }
  if (error.message.startsWith('Unexpected end') || index === -1)
    return { code: 'expression-syntax', message: 'the expression ends where more is expected', ...place }
  return { code: 'expression-syntax', message: `unexpected \`${text.slice(0, 80)}\``, ...place }
}

function arityMessage(name: string): string {
  const known = languageFunctions.get(name.toLowerCase())
  if (known === undefined) return `\`${name}\` has the wrong number of arguments`
  const { minArgs, maxArgs } = known
  const most = maxArgs > 100 ? undefined : maxArgs
  const count =
    most === undefined
      ? `at least ${plural(minArgs)}`
      : minArgs === most
        ? plural(minArgs)
        : `${minArgs} to ${most} arguments`
  return name.toLowerCase() === 'case'
    ? '`case` takes pairs of a condition and a value, then a default'
    : `\`${known.name}\` takes ${count}`
}

function plural(count: number): string {
  return count === 0 ? 'no arguments' : count === 1 ? '1 argument' : `${count} arguments`
}
