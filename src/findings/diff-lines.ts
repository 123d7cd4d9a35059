/** Lines of one file that one hunk of a diff shows. */
export interface Hunk {
  /** Number of the first. */
  readonly start: number
  /** Without the line feeds; changed lines and those around them. */
  readonly lines: readonly string[]
}

/** Both sides of a hunk. */
export interface HunkSides {
  /** The file before the change, and which of its lines (by number) were removed. */
  readonly old: Hunk & { readonly removed: ReadonlySet<number> }
  /** The file after it, and which of its lines came. */
  readonly now: Hunk & { readonly added: ReadonlySet<number> }
}

/** The hunks of the diff of one file. One that does not have the lines its header tells of, because something in it was masked, is left out. */
export function readHunks(diff: string): HunkSides[] {
  const hunks: HunkSides[] = []
  const lines = diff.split('\n')
  for (let at = 0; at < lines.length;) {
    const header = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(lines[at++] ?? '')
    if (header === null) continue
    const [, from = '0', before = '1', start = '0', after = '1'] = header
    let [left, right] = [Number(before), Number(after)]
    const [old, now]: [string[], string[]] = [[], []]
    const [removed, added] = [new Set<number>(), new Set<number>()]
    while (left > 0 || right > 0) {
      const line = lines[at] ?? ''
      const sign = line.charAt(0)
      if (sign === '+' || sign === ' ') {
        if (sign === '+') added.add(Number(start) + now.length)
        now.push(line.slice(1))
        right--
      }
      if (sign === '-' || sign === ' ') {
        if (sign === '-') removed.add(Number(from) + old.length)
        old.push(line.slice(1))
        left--
      }
      if (!/^[-+ \\]/.test(line)) break
      at++
    }
    if (left === 0 && right === 0)
      hunks.push({
        old: { start: Number(from), lines: old, removed },
        now: { start: Number(start), lines: now, added },
      })
  }
  return hunks
}

/** The lines of the new file that a diff of one file shows. A review on GitHub can be about these alone, and those removed ("line must be part of the diff"). */
export function shownLines(diff: string): Hunk[] {
  return readHunks(diff).flatMap(({ now }) => (now.lines.length > 0 ? [now] : []))
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
    if (start <= end) return anchor({ start: from, lines }, start, end, [first, last])
  }
  return undefined
}

/** The part of `first` to `last` of the old file from the first to the last line that one hunk removes; undefined where none is removed. */
export function removedAnchorOf(hunks: readonly HunkSides[], first: number, last: number): Anchor | undefined {
  for (const { old } of hunks) {
    const own = [...old.removed].filter((line) => first <= line && line <= last)
    const [start, end] = [own[0], own.at(-1)]
    if (start !== undefined && end !== undefined) return anchor(old, start, end, [first, last])
  }
  return undefined
}

function anchor({ start: from, lines }: Hunk, start: number, end: number, [first, last]: [number, number]): Anchor {
  const text = lines.slice(start - from, end - from + 1).join('\n')
  return { start, end, text, isWhole: start === first && end === last }
}
