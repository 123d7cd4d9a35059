import type { Diagnostic, SourceRange } from '../core/diagnostic.ts'
import { plainLine } from '../core/plain-text.ts'
import { formatPlural } from './quantities.ts'
import { excerptSource } from './source-excerpt.ts'
import { createStyle, type Style } from './style.ts'

/** How diagnostics are written: with source excerpts, one a line (as compilers do), as a JSON array. */
export type DiagnosticFormat = 'text' | 'line' | 'json'

/** `columns` is the width that excerpts may take. */
export interface DiagnosticOptions {
  readonly colour?: boolean
  readonly columns?: number
}

type Lines = (file: string) => readonly string[]

/** Diagnostics as text, ending with a line feed unless empty. `sources` are the texts by file name. */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: ReadonlyMap<string, string>,
  format: DiagnosticFormat,
  options: DiagnosticOptions = {},
): string {
  if (format === 'json') return `${JSON.stringify(diagnostics, null, 2)}\n`
  if (format === 'line') return diagnostics.map((diagnostic) => `${renderLine(diagnostic)}\n`).join('')
  const lines = splitSources(sources)
  const style = createStyle(options.colour ?? false)
  return diagnostics.map((diagnostic) => `${renderText(diagnostic, lines, style, options.columns ?? 120)}\n`).join('\n')
}

/** `2 errors, 1 warning`; empty when there is nothing to count. */
export function countDiagnostics(diagnostics: readonly Diagnostic[]): string {
  const parts: string[] = []
  for (const severity of ['error', 'warning', 'notice'] as const) {
    const count = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length
    if (count > 0) parts.push(formatPlural(count, severity))
  }
  return parts.join(', ')
}

function renderLine({ severity, code, message, range }: Diagnostic): string {
  return `${range === undefined ? '' : `${placeOf(range)}: `}${severity} ${code} ${plainLine(message)}`
}

function renderText(diagnostic: Diagnostic, lines: Lines, style: Style, columns: number): string {
  const { severity, code, message, range, notes = [], hint } = diagnostic
  const colour = severity === 'error' ? style.red : severity === 'warning' ? style.yellow : style.cyan
  const place = range === undefined ? '' : style.bold(`${placeOf(range)}: `)
  const text = [`${place}${colour(`${severity}[${code}]`)}: ${style.bold(plainLine(message))}`]
  const gutter = Math.max(
    4,
    ...[range, ...notes.map((note) => note.range)].map((at) => String(at?.start.line ?? 0).length),
  )
  if (range !== undefined) text.push(...renderExcerpt(range, lines, gutter, columns, style, colour))
  for (const note of notes) {
    const at = note.range === undefined ? '' : `${placeOf(note.range)}: `
    text.push(`${' '.repeat(gutter)} ${style.cyan('note')}: ${at}${plainLine(note.message)}`)
    if (note.range !== undefined) text.push(...renderExcerpt(note.range, lines, gutter, columns, style, style.cyan))
  }
  if (hint !== undefined) text.push(`${' '.repeat(gutter)} ${style.green('hint')}: ${hintText(hint, gutter)}`)
  return text.join('\n')
}

/** A hint of several lines (a fix as code) keeps them, indented under its first. */
function hintText(hint: string, gutter: number): string {
  const lines = hint.trimEnd().split('\n')
  return lines.join(`\n${' '.repeat(gutter + 7)}`)
}

function renderExcerpt(
  range: SourceRange,
  lines: Lines,
  gutter: number,
  columns: number,
  style: Style,
  mark: (text: string) => string,
): string[] {
  const excerpt = excerptSource(lines(range.file), range, columns - gutter - 4)
  if (excerpt === undefined) return []
  const carets = `${' '.repeat(excerpt.markAt)}${mark(`^${'~'.repeat(excerpt.markWidth - 1)}`)}`
  return [
    `${style.dim(`${String(excerpt.lineNumber).padStart(gutter)} |`)} ${excerpt.text}`,
    `${style.dim(`${' '.repeat(gutter)} |`)} ${carets}`,
  ]
}

function placeOf({ file, start }: SourceRange): string {
  return `${plainLine(file)}:${start.line}:${start.column}`
}

/** Lines by file, split once however many diagnostics a file has. A byte order mark takes no column. */
function splitSources(sources: ReadonlyMap<string, string>): Lines {
  const split = new Map<string, readonly string[]>()
  return (file) => {
    const known = split.get(file)
    if (known !== undefined) return known
    const lines = sources.get(file)?.split(/\r?\n/) ?? []
    split.set(file, lines)
    return lines
  }
}
