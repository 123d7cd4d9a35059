import type { Position, SourceRange } from '../core/diagnostic.ts'

/** A text with a name, and where its lines begin. */
export interface SourceFile {
  readonly path: string
  readonly text: string
  /** Offsets of the first character of each line. */
  readonly lineStarts: readonly number[]
}

/** Most lines of a file: what has more would keep the parser busy for long, and is refused. */
export const lineLimit = 500_000

/** A source file; a byte order mark is dropped, so that columns count what one sees. */
export function createSourceFile(path: string, raw: string): SourceFile {
  const text = raw.startsWith('\uFEFF') ? raw.slice(1) : raw
  const lineStarts = [0]
  for (let at = text.indexOf('\n'); at !== -1 && lineStarts.length <= lineLimit; at = text.indexOf('\n', at + 1))
    lineStarts.push(at + 1)
  return { path, text, lineStarts }
}

/** Line and column of an offset. */
export function positionAt(file: SourceFile, offset: number): Position {
  const { lineStarts } = file
  let low = 0
  let high = lineStarts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((lineStarts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1, offset }
}

/** The stretch from one offset to another (exclusive); both are brought inside the text. */
export function rangeAt(file: SourceFile, start: number, end: number): SourceRange {
  const from = Math.min(Math.max(start, 0), file.text.length)
  const to = Math.min(Math.max(end, from), file.text.length)
  return { file: file.path, start: positionAt(file, from), end: positionAt(file, to) }
}
