import type { ThreadPlace } from '../core/review-thread.ts'

/** Lines of a file. */
interface Stretch {
  readonly path: string
  readonly line: number
  readonly endLine: number
}

/** Code with fewer characters besides spaces, such as a lone brace, is found again only where its file's diff leads. */
const tellingCharacters = 12

/** Lines without the spaces around them and between their words: indented otherwise they are the same code. */
export function plainLines(text: string): string[] {
  return text.split('\n').map((line) => line.replaceAll(/\s+/g, ' ').trim())
}

/**
 * Where lines of the old file are in the new one, by the diff of that file: `same` when each is still there with nothing between them, else the
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

/** Lines of the old file that went, and how many came before which of them. */
function readEdits(diff: string): { readonly gone: ReadonlySet<number>; readonly added: ReadonlyMap<number, number> } {
  const gone = new Set<number>()
  const added = new Map<number, number>()
  const lines = diff.split('\n')
  for (let at = 0; at < lines.length;) {
    const header = /^@@ -(\d+)(?:,(\d+))? \+/.exec(lines[at++] ?? '')
    if (header === null) continue
    // An empty side is told by the line before it.
    let old = Number(header[1]) + (header[2] === '0' ? 1 : 0)
    for (; /^[-+ \\]/.test(lines[at] ?? ''); at++) {
      const sign = lines[at]?.charAt(0)
      if (sign === '-') gone.add(old)
      if (sign === '+') added.set(old, (added.get(old) ?? 0) + 1)
      if (sign === '-' || sign === ' ') old++
    }
  }
  return { gone, added }
}

/** Where code is in files: nearest to where it was expected, in its own file first; undefined where it is nowhere, or says too little. */
export function findCode(
  code: readonly string[],
  expected: Stretch,
  files: ReadonlyMap<string, readonly string[]>,
): Stretch | undefined {
  if (code.join('').replaceAll(' ', '').length < tellingCharacters) return undefined
  const own = files.get(expected.path)
  const first = own && findIn(own, code, expected)
  if (first !== undefined) return first
  for (const [path, lines] of files) {
    const found = path === expected.path ? undefined : findIn(lines, code, { ...expected, path })
    if (found !== undefined) return found
  }
  return undefined
}

function findIn(lines: readonly string[], code: readonly string[], { path, line }: Stretch): Stretch | undefined {
  let best: number | undefined
  for (let at = 0; at + code.length <= lines.length; at++)
    if (lines[at] === code[0] && code.every((each, index) => lines[at + index] === each))
      if (best === undefined || Math.abs(at + 1 - line) < Math.abs(best - line)) best = at + 1
  return best === undefined ? undefined : { path, line: best, endLine: best + code.length - 1 }
}
