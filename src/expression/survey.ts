import {
  Binary,
  ContextAccess,
  FunctionCall,
  Grouping,
  IndexAccess,
  Literal,
  Logical,
  Star,
  Unary,
} from '@actions/expressions/ast'
import type { Expr } from '@actions/expressions/ast'
import type { Token } from '@actions/expressions/lexer'
import type { Program } from './program.ts'

/** A step of a path: a name written in the expression, `*`, or an index that is known only when evaluated. */
export type PathStep =
  | { readonly kind: 'name'; readonly name: string; readonly offset: number; readonly length: number }
  | { readonly kind: 'star' }
  | { readonly kind: 'dynamic' }

/** A read of a context: `needs.build['outputs'].x`. `offset` and `length` are of the whole as far as its steps are names. */
export interface ContextRead {
  /** In lower case. */
  readonly context: string
  readonly steps: readonly PathStep[]
  readonly offset: number
  readonly length: number
  /** Range of the context's name alone. */
  readonly nameLength: number
}

/** A comparison of two operands. */
export interface Comparison {
  readonly expression: Binary
  readonly left: Expr
  readonly right: Expr
  readonly offset: number
  readonly length: number
}

/** What the checks look at in a program, in the order of the source. */
export interface Survey {
  readonly reads: readonly ContextRead[]
  readonly comparisons: readonly Comparison[]
  readonly calls: readonly FunctionCall[]
}

/** Collects reads, comparisons and calls of a program. Iterative: comparisons chain as deep as the source is long. */
export function surveyProgram(program: Program): Survey {
  const indexOf = new Map(program.tokens.map(({ token }, index) => [token, index]))
  const reads: ContextRead[] = []
  const comparisons: Comparison[] = []
  const calls: FunctionCall[] = []
  const pending: Expr[] = [program.root]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next instanceof Grouping) pending.push(next.group)
    else if (next instanceof Unary) pending.push(next.expr)
    else if (next instanceof Logical) pending.push(...next.args)
    else if (next instanceof FunctionCall) {
      calls.push(next)
      pending.push(...next.args)
    } else if (next instanceof Binary) {
      const { start, end } = placeOf(program, indexOf, next.operator)
      comparisons.push({ expression: next, left: next.left, right: next.right, offset: start, length: end - start })
      pending.push(next.left, next.right)
    } else if (next instanceof ContextAccess) reads.push(readOf(program, indexOf, next, []))
    else if (next instanceof IndexAccess) {
      const { base, indexes } = unwound(next)
      if (base instanceof ContextAccess) reads.push(readOf(program, indexOf, base, indexes))
      else pending.push(base)
      pending.push(...indexes.filter((index) => !(index instanceof Star || index instanceof Literal)))
    }
  }
  reads.sort((a, b) => a.offset - b.offset)
  comparisons.sort((a, b) => a.offset - b.offset)
  return { reads, comparisons, calls }
}

/** The expression inside any brackets. */
export function withoutBrackets(expression: Expr): Expr {
  let inner = expression
  while (inner instanceof Grouping) inner = inner.group
  return inner
}

/** Names an expression reads one after the other, in lower case: `['needs', 'a', 'result']`; undefined when it is no such read. */
export function namesRead(expression: Expr): string[] | undefined {
  const inner = withoutBrackets(expression)
  if (!(inner instanceof IndexAccess)) return undefined
  const { base, indexes } = unwound(inner)
  if (!(base instanceof ContextAccess)) return undefined
  const names = [base.name.lexeme.toLowerCase()]
  for (const index of indexes) {
    if (!(index instanceof Literal)) return undefined
    names.push(index.literal.coerceString().toLowerCase())
  }
  return names
}

/** What an access starts from, and its indexes in the order they are written. */
function unwound(access: IndexAccess): { base: Expr; indexes: Expr[] } {
  const indexes: Expr[] = []
  let base: Expr = access
  while (base instanceof IndexAccess) {
    indexes.push(base.index)
    base = withoutBrackets(base.expr)
  }
  return { base, indexes: indexes.toReversed() }
}

type TokenIndexes = ReadonlyMap<Token, number>

function readOf(program: Program, indexOf: TokenIndexes, base: ContextAccess, indexes: readonly Expr[]): ContextRead {
  const { start, end } = placeOf(program, indexOf, base.name)
  let wholeEnd = end
  let named = true
  const steps = indexes.map((index): PathStep => {
    const step = stepOf(program, indexOf, index)
    named &&= step.kind === 'name'
    if (named && step.kind === 'name') wholeEnd = indexEnd(program, step.offset, step.offset + step.length)
    return step
  })
  const context = base.name.lexeme.toLowerCase()
  return { context, steps, offset: start, length: wholeEnd - start, nameLength: end - start }
}

function stepOf(program: Program, indexOf: TokenIndexes, index: Expr): PathStep {
  const inner = withoutBrackets(index)
  if (inner instanceof Star) return { kind: 'star' }
  if (!(inner instanceof Literal)) return { kind: 'dynamic' }
  const { start, end } = placeOf(program, indexOf, inner.token)
  return { kind: 'name', name: inner.literal.coerceString(), offset: start, length: end - start }
}

/** Where an index ends: after the bracket when it stands in brackets. */
function indexEnd({ source }: Program, start: number, end: number): number {
  if (!/\[\s*$/.test(source.slice(Math.max(0, start - 100), start))) return end
  const closing = source.indexOf(']', end)
  return closing === -1 ? end : closing + 1
}

function placeOf(program: Program, indexOf: TokenIndexes, token: Token): { start: number; end: number } {
  return program.tokens[indexOf.get(token) ?? -1] ?? { start: 0, end: program.source.length }
}
