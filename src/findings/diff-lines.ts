/** Lines of the new file that one hunk of a diff shows. */
export interface Hunk {
  /** Number of the first. */
  readonly start: number
  /** Without the line feeds; added lines and those around them. */
  readonly lines: readonly string[]
}

/**
 * The lines of the new file that a diff of one file shows. A review on GitHub can be about these alone ("line must be part of the diff"). A hunk
 * that does not have the lines its header tells of, because something in it was masked, shows none.
 */
export function shownLines(diff: string): Hunk[] {
  const hunks: Hunk[] = []
  const lines = diff.split('\n')
  for (let at = 0; at < lines.length;) {
    const header = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(lines[at++] ?? '')
    if (header === null) continue
    const [, before = '1', start = '0', after = '1'] = header
    let [left, right] = [Number(before), Number(after)]
    const shown: string[] = []
    while (left > 0 || right > 0) {
      const line = lines[at] ?? ''
      const sign = line.charAt(0)
      if (sign === '+' || sign === ' ') {
        shown.push(line.slice(1))
        right--
      }
      if (sign === '-' || sign === ' ') left--
      if (!/^[-+ \\]/.test(line)) break
      at++
    }
    if (left === 0 && right === 0 && shown.length > 0) hunks.push({ start: Number(start), lines: shown })
  }
  return hunks
}

/** A stretch of lines that a comment can be about, and what they say. */
export interface Anchor {
  readonly start: number
  readonly end: number
  readonly text: string
  /** Whether that is all that was meant: not cut to what the diff shows. */
  readonly isWhole: boolean
}

/** The part of `first` to `last` that a diff shows in one hunk; undefined where it shows none of it. */
export function anchorOf(hunks: readonly Hunk[], first: number, last: number): Anchor | undefined {
  for (const { start: from, lines } of hunks) {
    const start = Math.max(first, from)
    const end = Math.min(last, from + lines.length - 1)
    if (start > end) continue
    const text = lines.slice(start - from, end - from + 1).join('\n')
    return { start, end, text, isWhole: start === first && end === last }
  }
  return undefined
}
