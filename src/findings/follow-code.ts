import type { ThreadPlace } from '../core/review-thread.ts'

/** Lines of a file. */
export interface Stretch {
  readonly path: string
  readonly line: number
  readonly endLine: number
}

/** Code with fewer characters besides spaces, such as a lone brace, is found again only where its file's diff leads. */
const tellingCharacters = 12

/** Lines without the spaces around them and between their words: indented otherwise they are the same code. */
export function plainLines(text: string): string[] {
  return text.split('\n').map(plainLine)
}

function plainLine(line: string): string {
  return line.replaceAll(/\s+/g, ' ').trim()
}

/**
 * Where lines of the old file are in the new one, by the diff of that file: `same` when each is still there, be it indented otherwise, with nothing between them, else the
 * stretch between what is left around them (one line where it is empty).
 */
export function followLines(diff: string, line: number, endLine: number): Omit<ThreadPlace, 'path'> {
  const { gone, added } = readEdits(diff)
  const nowOf = (old: number): number => {
    let shift = 0
    for (const [at, count] of added) if (at <= old) shift += count
    for (const each of gone) if (each < old) shift--
    return old + shift
  }
  const length = endLine - line
  const isWhole = Array.from({ length: length + 1 }, (_, at) => line + at).every((each) => !gone.has(each))
  if (isWhole && nowOf(endLine) - nowOf(line) === length)
    return { kind: 'same', line: nowOf(line), endLine: nowOf(endLine) }
  let [before, after] = [line - 1, endLine + 1]
  while (gone.has(before)) before--
  while (gone.has(after)) after++
  const [start, end] = [before < 1 ? 1 : nowOf(before) + 1, nowOf(after) - 1]
  return end < start
    ? { kind: 'changed', line: Math.max(1, end), endLine: Math.max(1, end) }
    : { kind: 'changed', line: start, endLine: end }
}

/** What a diff of a file does to its lines, where those that differ in blanks alone are the same. */
interface Edits {
  /** Lines of the old file that went. */
  readonly gone: ReadonlySet<number>
  /** How many lines came before which of the old file. */
  readonly added: ReadonlyMap<number, number>
  /** Lines of the new file that came. */
  readonly fresh: ReadonlySet<number>
}

function readEdits(diff: string): Edits {
  const edits = { gone: new Set<number>(), added: new Map<number, number>(), fresh: new Set<number>() }
  const lines = diff.split('\n')
  for (let at = 0; at < lines.length;) {
    const header = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(lines[at++] ?? '')
    if (header === null) continue
    // An empty side is told by the line before it.
    let old = Number(header[1]) + (header[2] === '0' ? 1 : 0)
    let now = Number(header[3]) + (header[4] === '0' ? 1 : 0)
    while (/^[-+ \\]/.test(lines[at] ?? '')) {
      const [removed, came]: [string[], string[]] = [[], []]
      for (; /^[-+\\]/.test(lines[at] ?? ''); at++) {
        const line = lines[at] ?? ''
        if (line.startsWith('-')) removed.push(line.slice(1))
        if (line.startsWith('+')) came.push(line.slice(1))
      }
      noteBlock({ old, now, removed, came }, edits)
      old += removed.length
      now += came.length
      for (; lines[at]?.startsWith(' ') === true; at++, old++) now++
    }
  }
  return edits
}

/** Lines that took the place of others: those that are the same but for blanks are neither gone nor new. */
function noteBlock(
  { old, now, removed, came }: { old: number; now: number; removed: readonly string[]; came: readonly string[] },
  { gone, added, fresh }: { gone: Set<number>; added: Map<number, number>; fresh: Set<number> },
): void {
  const kept = commonLines(removed.map(plainLine), came.map(plainLine))
  let [before, after] = [0, 0]
  for (const [a, b] of [...kept, [removed.length, came.length] as const]) {
    for (; before < a; before++) gone.add(old + before)
    if (b > after) added.set(old + a, (added.get(old + a) ?? 0) + b - after)
    for (; after < b; after++) fresh.add(now + after)
    ;[before, after] = [a + 1, b + 1]
  }
}

/** Pairs of lines compared at most in one block: a larger one is taken as rewritten, but for its start and end. */
const mostCompared = 250_000

/** A longest common subsequence, as pairs of indexes in ascending order. */
function commonLines(one: readonly string[], other: readonly string[]): (readonly [number, number])[] {
  let start = 0
  while (start < one.length && start < other.length && one[start] === other[start]) start++
  let end = 0
  while (end < one.length - start && end < other.length - start && one.at(-1 - end) === other.at(-1 - end)) end++
  const [rows, columns] = [one.length - start - end, other.length - start - end]
  const pairs: (readonly [number, number])[] = Array.from({ length: start }, (_, at) => [at, at] as const)
  if (rows * columns <= mostCompared) {
    const width = columns + 1
    const lengths = new Uint32Array((rows + 1) * width)
    const length = (a: number, b: number): number => lengths[a * width + b] ?? 0
    const isSame = (a: number, b: number): boolean => one[start + a] === other[start + b]
    for (let a = rows - 1; a >= 0; a--)
      for (let b = columns - 1; b >= 0; b--)
        lengths[a * width + b] = isSame(a, b) ? length(a + 1, b + 1) + 1 : Math.max(length(a + 1, b), length(a, b + 1))
    for (let a = 0, b = 0; a < rows && b < columns;)
      if (isSame(a, b)) pairs.push([start + a++, start + b++])
      else if (length(a + 1, b) >= length(a, b + 1)) a++
      else b++
  }
  for (let at = end; at > 0; at--) pairs.push([one.length - at, other.length - at])
  return pairs
}

/** Lines of the new file that a diff of it brought, not counting those that differ in blanks alone. */
export function freshLines(diff: string): ReadonlySet<number> {
  return readEdits(diff).fresh
}

/**
 * Where code is in files: nearest to where it was expected, in its own file first, at a place that `isMeant`; undefined where it is nowhere, or says
 * too little.
 */
export function findCode(
  code: readonly string[],
  expected: Stretch,
  files: ReadonlyMap<string, readonly string[]>,
  isMeant: (place: Stretch) => boolean = () => true,
): Stretch | undefined {
  if (code.join('').replaceAll(' ', '').length < tellingCharacters) return undefined
  const own = files.get(expected.path)
  const first = own && findIn(own, code, expected, isMeant)
  if (first !== undefined) return first
  for (const [path, lines] of files) {
    const found = path === expected.path ? undefined : findIn(lines, code, { ...expected, path }, isMeant)
    if (found !== undefined) return found
  }
  return undefined
}

function findIn(
  lines: readonly string[],
  code: readonly string[],
  { path, line }: Stretch,
  isMeant: (place: Stretch) => boolean,
): Stretch | undefined {
  let best: Stretch | undefined
  for (let at = 0; at + code.length <= lines.length; at++) {
    if (lines[at] !== code[0] || !code.every((each, index) => lines[at + index] === each)) continue
    const place = { path, line: at + 1, endLine: at + code.length }
    if (best !== undefined && Math.abs(place.line - line) >= Math.abs(best.line - line)) continue
    if (isMeant(place)) best = place
  }
  return best
}
