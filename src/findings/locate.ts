import type { Finding } from '../core/finding.ts'
import { withoutReplacement } from './replacement.ts'

/** Quotes with fewer letters and digits than these, such as a brace, stand in too many places to tell one. */
const tellingCharacters = 4

/**
 * A finding held against the lines of its file: where the code it quotes stands elsewhere, it moves to the occurrence nearest to its own lines; where
 * its lines are beyond the end of the file, it is about the whole file. Blanks do not matter, nor does the sign that a line has in a diff.
 */
export function locateFinding(finding: Finding, lines: readonly string[]): Finding {
  const { line, endLine, evidence } = finding
  const last = endLine ?? line
  const place = evidence === undefined ? undefined : findQuote(evidence, lines, line ?? 1, last ?? lines.length)
  if (place !== undefined) {
    const [start, end] = place
    const isThere = line !== null && last !== null && line <= start && end <= last && last <= lines.length
    return isThere ? finding : moveTo(finding, start, end)
  }
  if (line === null || last === null || last <= lines.length) return finding
  return line > lines.length
    ? { ...withoutReplacement(finding), line: null, endLine: null }
    : moveTo(finding, line, lines.length)
}

/** A replacement is for the lines that the reporter had in mind: for as many of them elsewhere too, for more or fewer it would be wrong. */
function moveTo(finding: Finding, start: number, end: number): Finding {
  const length = finding.line === null ? 0 : (finding.endLine ?? finding.line) - finding.line + 1
  const kept = length === end - start + 1 ? finding : withoutReplacement(finding)
  return { ...kept, line: start, endLine: end > start ? end : null }
}

/**
 * First and last line of the occurrence nearest to `first` … `last` that `isMeant`, the upper one of two; undefined where it stands nowhere. Of a quote that is
 * a diff, the side is looked for.
 */
export function findQuote(
  quote: string,
  lines: readonly string[],
  first: number,
  last: number,
  { side = 'right', isMeant = () => true }: QuoteOptions = {},
): readonly [start: number, end: number] | undefined {
  const quoted = quote.split(/\r?\n/)
  const isDiff = quoted.every((each) => /^(?:[-+ ]|$)/.test(each)) && quoted.some((each) => /^[-+]/.test(each))
  const other = side === 'right' ? '-' : '+'
  const own = quoted.filter((each) => !each.startsWith(other)).map((each) => each.slice(1))
  const find = (wanted: readonly string[]) => nearest(wanted, lines, first, last, isMeant)
  return find(quoted) ?? (isDiff ? find(own) : undefined)
}

/** What a quote is looked for in. */
export interface QuoteOptions {
  /** Whether the lines are those after a change or before it. */
  readonly side?: 'right' | 'left'
  /** Whether an occurrence, by its first and last line, may be the one. */
  readonly isMeant?: (start: number, end: number) => boolean
}

function nearest(
  quoted: readonly string[],
  lines: readonly string[],
  first: number,
  last: number,
  isMeant: (start: number, end: number) => boolean,
): readonly [start: number, end: number] | undefined {
  const wanted = trimBlank(quoted.map(squeeze))
  const [only = ''] = wanted
  if (wanted.join('').replaceAll(/[^\p{L}\p{N}]/gu, '').length < tellingCharacters) return undefined
  let best: readonly [number, number] | undefined
  let bestDistance = Number.POSITIVE_INFINITY
  for (let at = 0; at + wanted.length <= lines.length; at++) {
    const isHere =
      wanted.length === 1
        ? squeeze(lines[at] ?? '').includes(only)
        : wanted.every((line, index) => squeeze(lines[at + index] ?? '') === line)
    if (!isHere) continue
    const [start, end] = [at + 1, at + wanted.length]
    const distance = Math.max(0, start - last, first - end)
    if (distance < bestDistance && isMeant(start, end)) [best, bestDistance] = [[start, end], distance]
  }
  return best
}

function squeeze(line: string): string {
  return line.replaceAll(/\s+/g, ' ').trim()
}

function trimBlank(lines: readonly string[]): string[] {
  const start = lines.findIndex((line) => line !== '')
  return start === -1 ? [] : lines.slice(start, lines.findLastIndex((line) => line !== '') + 1)
}
