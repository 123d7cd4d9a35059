import type { SourceRange } from '../core/diagnostic.ts'
import { characterWidth } from './text-width.ts'

/** One source line with a mark under a part of it, ready to print. */
export interface SourceExcerpt {
  readonly lineNumber: number
  readonly text: string
  /** Columns before the mark, and of the mark itself (at least 1). */
  readonly markAt: number
  readonly markWidth: number
}

const tabWidth = 4

/**
 * The line a range starts on, as it can be printed: tabs as spaces, characters without a look by their code, a long line cut to
 * `columns` around the mark. Undefined when the text has no such line.
 */
export function excerptSource(
  lines: readonly string[],
  range: SourceRange,
  columns: number,
): SourceExcerpt | undefined {
  const line = lines[range.start.line - 1]
  if (line === undefined) return undefined
  const endColumn = range.end.line > range.start.line ? line.length + 1 : range.end.column
  const pieces: string[] = []
  const widths: number[] = []
  let first = -1
  let last = -1
  let at = 1
  for (const character of line) {
    if (first === -1 && at + character.length > range.start.column) first = pieces.length
    if (at < endColumn) last = pieces.length
    const piece = printable(character)
    pieces.push(piece)
    widths.push(
      piece.length > 2 ? piece.length : piece === ' '.repeat(piece.length) ? piece.length : characterWidth(piece),
    )
    at += character.length
  }
  if (first === -1) {
    first = pieces.length
    pieces.push('')
    widths.push(1)
  }
  last = Math.max(first, last)
  return cutAround({ pieces, widths, first, last, lineNumber: range.start.line, columns: Math.max(20, columns) })
}

interface Cells {
  readonly pieces: readonly string[]
  readonly widths: readonly number[]
  readonly first: number
  readonly last: number
  readonly lineNumber: number
  readonly columns: number
}

/** Keeps the mark's start in view with about a third of the width before it. */
function cutAround({ pieces, widths, first, last, lineNumber, columns }: Cells): SourceExcerpt {
  let from = 0
  if (sum(widths, 0, pieces.length) > columns) {
    let before = 0
    for (from = first; from > 0 && before < columns / 3; from--) before += widths[from - 1] ?? 0
    if (sum(widths, 0, last + 1) <= columns - 1) from = 0
    while (from > 0 && sum(widths, from - 1, pieces.length) < columns) from--
  }
  const lead = from > 0 ? '…' : ''
  let to = from
  let used = lead.length
  while (to < pieces.length && used + (widths[to] ?? 0) <= columns - (to === pieces.length - 1 ? 0 : 1))
    used += widths[to++] ?? 0
  const trail = to < pieces.length ? '…' : ''
  return {
    lineNumber,
    text: (lead + pieces.slice(from, to).join('') + trail).trimEnd(),
    markAt: lead.length + sum(widths, from, first),
    markWidth: Math.max(1, sum(widths, first, Math.min(last + 1, to))),
  }
}

function sum(widths: readonly number[], from: number, to: number): number {
  let total = 0
  for (let at = from; at < to; at++) total += widths[at] ?? 0
  return total
}

/** A character as it can be shown: what reorders or hides text is named (a source that looks other than it reads is a trap). */
function printable(character: string): string {
  if (character === '\t') return ' '.repeat(tabWidth)
  if (/\p{Mark}|\u200D|[\uFE00-\uFE0F]/u.test(character)) return character
  if (/\p{Control}|\p{Surrogate}|\p{Default_Ignorable_Code_Point}|[\u2028\u2029\uFFF9-\uFFFB]/u.test(character))
    return `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`
  return character
}
