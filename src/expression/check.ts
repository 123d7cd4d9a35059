import { foreignContextHints, knownContexts } from './context-names.ts'
import { checkConstants } from './check-constants.ts'
import { foldExpression } from './fold.ts'
import { checkRead, unknown, type NeedShape } from './check-read.ts'
import { hashFilesMessage, isStatusFunction, languageFunctions, matchesFunction } from './functions.ts'
import { parseExpression, roleOf, type PlacedToken } from './program.ts'
import { surveyProgram } from './survey.ts'
import { splitTemplate, type ExpressionIssue } from './template.ts'

/** What an expression may use where it stands. */
export interface Scope {
  /** Names of the contexts it may read, of `inputs env github runner matrix needs previous previous-round run result`. */
  readonly contexts: ReadonlySet<string>
  /** What `needs.` may name; absent: not checked. */
  readonly needs?: ReadonlyMap<string, NeedShape>
  /** What `inputs.` may name; absent: not checked. */
  readonly inputs?: ReadonlySet<string>
  /** What `matrix.` may name; absent: not checked. */
  readonly matrix?: ReadonlySet<string> | 'unknown'
  /** What `previous-round.instances.` may name; absent: not checked. */
  readonly round?: ReadonlySet<string>
  /** Whether `success() failure() always() cancelled()` have a meaning. */
  readonly statusFunctions: boolean
}

export type { NeedShape } from './check-read.ts'

/** A read of a context. `path` goes as far as its steps are written names; `offset` and `length` cover the same. */
export interface Reference {
  /** In lower case. */
  readonly context: string
  readonly path: readonly string[]
  readonly offset: number
  readonly length: number
}

/** Every mistake that can be seen in an expression (without `${{ }}`) before it is evaluated, in the order of the source. */
export function checkExpression(source: string, scope: Scope): ExpressionIssue[] {
  const parsed = parseExpression(source)
  const issues = parsed.program === undefined ? [parsed.issue] : []
  const tokens = parsed.program === undefined ? parsed.tokens : parsed.program.tokens
  const syntaxErrorAt = issues[0]?.code === 'expression-syntax' ? issues[0].offset : Infinity
  for (const [index, token] of tokens.entries()) {
    if (token.start >= syntaxErrorAt) break
    const role = roleOf(tokens, index)
    const issue =
      role === 'function' ? functionIssue(token, scope) : role === 'context' ? contextIssue(token, scope) : undefined
    if (issue !== undefined) issues.push(issue)
  }
  if (parsed.program !== undefined) {
    const survey = surveyProgram(parsed.program)
    for (const read of survey.reads)
      if (scope.contexts.has(read.context)) {
        const issue = checkRead(read, scope)
        if (issue !== undefined) issues.push(issue)
      }
    issues.push(...checkConstants(parsed.program, survey))
    if (issues.length === 0) {
      const folded = foldExpression(source)
      if (folded.kind === 'failing')
        issues.push({ code: 'expression-fails', message: folded.message, offset: 0, length: source.length })
    }
  }
  return issues.toSorted((a, b) => a.offset - b.offset)
}

/** The same for every `${{ }}` of a template; offsets are in the whole text. */
export function checkTemplate(text: string, scope: Scope): ExpressionIssue[] {
  const { segments, issues } = splitTemplate(text)
  const found: ExpressionIssue[] = []
  for (const segment of segments)
    if (segment.kind === 'expression')
      for (const issue of checkExpression(segment.source, scope))
        found.push({ ...issue, offset: segment.offset + issue.offset })
  return [...found, ...issues]
}

/** Every read of a context in an expression, in the order of the source; none when it cannot be parsed. */
export function referencesOf(source: string): Reference[] {
  const { program } = parseExpression(source)
  if (program === undefined) return []
  const { tokens } = program
  const called = tokens
    .filter(({ token }, index) => roleOf(tokens, index) === 'function' && isMatches(token.lexeme))
    .map(({ start, end }) => ({ context: 'changes', path: ['matches'], offset: start, length: end - start }))
  const reads = surveyProgram(program).reads.map(({ context, steps, offset, length }) => {
    const path: string[] = []
    for (const step of steps) {
      if (step.kind !== 'name') break
      path.push(step.name)
    }
    return { context, path, offset, length }
  })
  return called.length === 0 ? reads : [...reads, ...called].toSorted((a, b) => a.offset - b.offset)
}

function isMatches(name: string): boolean {
  return name.toLowerCase() === matchesFunction
}

function functionIssue({ token, start, end }: PlacedToken, scope: Scope): ExpressionIssue | undefined {
  const name = token.lexeme
  const place = { offset: start, length: end - start }
  if (name.toLowerCase() === 'hashfiles')
    return {
      code: 'hash-files',
      message: hashFilesMessage,
      ...place,
      hint: 'Hash the files in an instance and read its output.',
    }
  if (!languageFunctions.has(name.toLowerCase())) {
    const candidates = [...languageFunctions.values()].map((known) => known.name)
    return unknown('function', `unknown function \`${name}\``, name, candidates, place)
  }
  if (isMatches(name) && !scope.contexts.has('changes'))
    return { code: 'unavailable-context', message: '`changes` is not available here', ...place }
  if (isStatusFunction(name) && !scope.statusFunctions)
    return {
      code: 'status-function',
      message: `\`${name}()\` is not allowed here`,
      ...place,
      hint: 'Status functions are only allowed in `if`, `when` and `until`.',
    }
  return undefined
}

function contextIssue({ token, start, end }: PlacedToken, scope: Scope): ExpressionIssue | undefined {
  const name = token.lexeme
  const lower = name.toLowerCase()
  if (scope.contexts.has(lower)) return undefined
  const place = { offset: start, length: end - start }
  if (knownContexts.has(lower))
    return {
      code: 'unavailable-context',
      message: `\`${name}\` is not available here`,
      ...place,
      hint: `Available here: ${listed(scope.contexts)}.`,
    }
  const foreign = foreignContextHints.get(lower)
  if (foreign !== undefined)
    return { code: 'unknown-context', message: `unknown context \`${name}\``, ...place, hint: foreign }
  if (languageFunctions.has(lower))
    return {
      code: 'unknown-context',
      message: `\`${name}\` is a function`,
      ...place,
      hint: `Call it: \`${languageFunctions.get(lower)?.name ?? name}()\`.`,
    }
  return unknown('context', `unknown context \`${name}\``, name, scope.contexts, place)
}

function listed(names: ReadonlySet<string>): string {
  return names.size === 0 ? 'none' : [...names].map((name) => `\`${name}\``).join(', ')
}
