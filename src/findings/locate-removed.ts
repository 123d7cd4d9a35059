import type { Finding } from '../core/finding.ts'
import { removedAnchorOf, type Hunk, type HunkSides } from './diff-lines.ts'
import { findQuote, locateFinding } from './locate.ts'
import { withoutReplacement } from './replacement.ts'

/** A file that a change is about. */
export interface ChangedCode {
  /** The file as it is; undefined where it is not there any more. */
  readonly lines: readonly string[] | undefined
  /** What the change did to it. */
  readonly hunks: readonly HunkSides[]
}

/**
 * A finding held against both sides of a change: one whose quote stands in removed lines, and not in the file, is about these (`left`), and so is every
 * finding in a file that was deleted. One on the left whose lines were not removed is about the same lines as they are now. What is on the left
 * quotes its code, and offers no replacement.
 */
export function locateInChange(finding: Finding, { lines, hunks }: ChangedCode): Finding {
  const { side: claimed, ...unsided } = finding
  const { line, evidence } = finding
  const last = finding.endLine ?? line
  const isLeft = claimed === 'left' || lines === undefined
  const here = evidence && lines && findQuote(evidence, lines, line ?? 1, last ?? lines.length)
  if (evidence !== undefined && (isLeft || !here)) {
    const removed = findRemoved(evidence, hunks, line ?? 1, last ?? line ?? 1)
    if (removed !== undefined) {
      const [start, end] = removed
      const isThere = isLeft && line !== null && last !== null && line <= start && end <= last
      return onLeft(isThere ? finding : { ...finding, line: start, endLine: end > start ? end : null }, hunks)
    }
  }
  if (lines !== undefined && (!isLeft || here)) return locateFinding(unsided, lines)
  if (line === null || last === null) return unsided
  if (removedAnchorOf(hunks, line, last) !== undefined) return onLeft(finding, hunks)
  if (lines === undefined) return { ...withoutReplacement(unsided), line: null, endLine: null }
  const [first, end] = [nowOf(line, hunks), nowOf(last, hunks)]
  return locateFinding({ ...unsided, line: first, endLine: end > first ? end : null }, lines)
}

/** A finding on the left whose lines are those of another diff, as one that quotes them: the numbers mean nothing elsewhere. */
export function withQuoteOf(finding: Finding, hunks: readonly HunkSides[]): Finding {
  const { side, line, endLine, evidence } = finding
  const anchor = side === undefined || line === null ? undefined : removedAnchorOf(hunks, line, endLine ?? line)
  if (anchor === undefined) return finding
  return { ...finding, line: null, endLine: null, evidence: evidence ?? anchor.text }
}

/** The lines of the old file from the first to the last that are removed, as a finding on the left has them. */
function onLeft(finding: Finding, hunks: readonly HunkSides[]): Finding {
  const { line, endLine } = finding
  const anchor = line === null ? undefined : removedAnchorOf(hunks, line, endLine ?? line)
  if (anchor === undefined) return { ...withoutReplacement(finding), side: 'left' }
  const { start, end, text } = anchor
  return {
    ...withoutReplacement(finding),
    line: start,
    endLine: end > start ? end : null,
    side: 'left',
    ...(finding.evidence === undefined && text.trim() !== '' && { evidence: text }),
  }
}

/** First and last line of the occurrence in the old file, among what is removed and the lines around it, that is nearest to some lines. */
function findRemoved(
  quote: string,
  hunks: readonly HunkSides[],
  first: number,
  last: number,
): readonly [start: number, end: number] | undefined {
  const found = hunks.flatMap(({ old }) => {
    const before = old.start - 1
    const isMeant = (start: number, end: number): boolean =>
      Array.from({ length: end - start + 1 }, (_, at) => before + start + at).some((each) => old.removed.has(each))
    const place = findQuote(quote, old.lines, first - before, last - before, { side: 'left', isMeant })
    return place === undefined ? [] : [[before + place[0], before + place[1]] as const]
  })
  const distance = ([start, end]: readonly [number, number]): number => Math.max(0, start - last, first - end)
  return found.toSorted((a, b) => distance(a) - distance(b) || a[0] - b[0])[0]
}

/** The number that a line of the old file which was not removed has now. */
function nowOf(line: number, hunks: readonly HunkSides[]): number {
  let shift = 0
  for (const { old, now } of hunks) {
    if (old.lines.length === 0 ? line <= old.start : line < old.start) break
    if (line >= old.start + old.lines.length) shift += now.lines.length - old.lines.length
    else {
      const kept = numbersOf(old).filter((each) => !old.removed.has(each))
      const stayed = numbersOf(now).filter((each) => !now.added.has(each))
      return stayed[kept.indexOf(line)] ?? line + shift
    }
  }
  return line + shift
}

function numbersOf({ start, lines }: Hunk): number[] {
  return lines.map((_, at) => start + at)
}
