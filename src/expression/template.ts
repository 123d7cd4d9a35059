/** One mistake in an expression. `offset` and `length` count UTF-16 units of the text that was checked. */
export interface ExpressionIssue {
  /** Stable name of the rule, documented in `docs/diagnostics.md`. */
  readonly code: string
  readonly message: string
  readonly offset: number
  readonly length: number
  /** What to do about it, one sentence; code goes in backticks. */
  readonly hint?: string
}

/** A stretch of a template: text as it stands, or the source between `${{` and `}}` (`offset` and `length` of that source). */
export type Segment =
  | { readonly kind: 'text'; readonly text: string; readonly offset: number }
  | { readonly kind: 'expression'; readonly source: string; readonly offset: number; readonly length: number }

const opening = '${{'
const closing = '}}'

/**
 * Splits a template at its `${{ }}`. A `}}` inside a quoted string does not close. An opening without its closing
 * is an issue, and the rest is text.
 */
export function splitTemplate(text: string): { segments: Segment[]; issues: ExpressionIssue[] } {
  const segments: Segment[] = []
  let position = 0
  while (position < text.length) {
    const start = text.indexOf(opening, position)
    const end = start === -1 ? -1 : closingAt(text, start + opening.length)
    const textEnd = end === -1 ? text.length : start
    if (textEnd > position) segments.push({ kind: 'text', text: text.slice(position, textEnd), offset: position })
    if (end === -1) return { segments, issues: start === -1 ? [] : [unclosed(text, start)] }
    const offset = start + opening.length
    segments.push({ kind: 'expression', source: text.slice(offset, end), offset, length: end - offset })
    position = end + closing.length
  }
  return { segments, issues: [] }
}

/** Whether a text holds at least the opening of an expression. */
export function hasExpression(text: string): boolean {
  return text.includes(opening)
}

/** A template that renders to this text: what looks like an expression in it stays text. */
export function literalText(text: string): string {
  return text.replaceAll(opening, "${{ '${{' }}")
}

/** Offset of the `}}` that closes an expression whose source starts at `from`; -1 when there is none. */
function closingAt(text: string, from: number): number {
  for (let index = from; index < text.length; index++) {
    const unit = text[index]
    if (unit === "'") {
      // A doubled quote inside a string closes it and opens the next, which comes to the same.
      index = text.indexOf("'", index + 1)
      if (index === -1) return -1
    } else if (unit === '}' && text[index + 1] === '}') return index
  }
  return -1
}

function unclosed(text: string, start: number): ExpressionIssue {
  const quoted = text.includes(closing, start)
  const lineEnd = text.indexOf('\n', start)
  return {
    code: 'expression-unclosed',
    message: quoted
      ? 'the expression is never closed: the `}}` after it is inside a string'
      : 'the expression is never closed: `}}` is missing after `${{`',
    offset: start,
    length: (lineEnd === -1 ? text.length : lineEnd) - start,
    hint: quoted ? "Close the string with a single quote; write a quote inside it as `''`." : 'Add `}}`.',
  }
}
