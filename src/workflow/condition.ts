import { splitTemplate } from '../expression/template.ts'

/** The expression of a condition, and where it begins in the text as written. */
export interface Condition {
  readonly source: string
  readonly offset: number
  /** Set when text stands around `${{ }}`, which makes every condition true. */
  readonly mixed: boolean
}

/** Reads `if`, where `${{ }}` may be left out, or the `when` of an edge. */
export function readCondition(text: string): Condition {
  const { segments } = splitTemplate(text)
  const expressions = segments.filter((segment) => segment.kind === 'expression')
  const [only] = expressions
  if (only === undefined) return trimmed(text, 0, false)
  const mixed =
    expressions.length > 1 || segments.some((segment) => segment.kind === 'text' && segment.text.trim() !== '')
  return trimmed(only.source, only.offset, mixed)
}

function trimmed(source: string, offset: number, mixed: boolean): Condition {
  const start = source.length - source.trimStart().length
  return { source: source.trim(), offset: offset + start, mixed }
}
