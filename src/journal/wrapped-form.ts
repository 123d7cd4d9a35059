import type { TokenShape } from './token-shapes.ts'

/** From this length on a form is found across line ends: `base64` breaks at 76 columns, others at 64 or 60. */
export const shortestWrapped = 20
/** White space between two characters of a form is not followed further. */
const longestSpace = 128
/** So much of a secret's start is masked where a stream is cut off in its middle. */
const telling = 8

/** What diffs, quotations, comments and tables have at the start of each line. */
const marks = ['+', '-', '>', '|', '#', '*']
/** So many of these stand there at most. */
const mostMarks = 3

const backslash = 0x5c
const incomplete = -1
/** As they are, and as JSON writes them. */
const breaks = ['\n', '\r\n', '\\n', '\\r\\n']
const spaces = [' ', '\t', ...breaks, '\\t']
const anySpace = /\s/

/**
 * Shapes that find a text wherever its lines are broken, with or without indentation, and whatever white space stands where it has some: they
 * begin with its first characters, in one line or broken between these. What lacks its first character, the end of a line before an indented or
 * marked one perhaps, is found as well.
 */
export function wrappedShapes(form: string): TokenShape[] {
  const shapes = shapesOf(form, prefixesOf(form))
  if (form.length <= shortestWrapped) return shapes
  const rest = form.slice(1)
  // Lines are longer than what is left of the first four characters.
  return [...shapes, ...shapesOf(rest, [rest.slice(0, 4)])]
}

function shapesOf(form: string, prefixes: readonly string[]): TokenShape[] {
  const wanted = Buffer.from(form)
  const match = (bytes: Uint8Array, start: number, final: boolean, _before: Uint8Array, cut: boolean): number =>
    matchWrapped(wanted, bytes, start, final, cut)
  return prefixes.map((prefix) => ({ prefix, match }))
}

function prefixesOf(form: string): string[] {
  const start = Array.from(form).slice(0, 4)
  const [first = '', second = '', third = '', fourth = ''] = start
  if (start.some((character) => anySpace.test(character)) && !anySpace.test(first))
    return spaces.map((space) => start.map((character) => (anySpace.test(character) ? space : character)).join(''))
  if (!/^[!-~]{4}/.test(form)) return [start.join('')]
  const two = first + second
  return [
    ...[fourth, '\n', '\r', '\\'].map((next) => two + third + next),
    ...[third, ' ', '\t', ...marks].map((next) => `${two}\n${next}`),
    ...['\r\n', '\\n', '\\r'].map((end) => two + end),
    ...breaks.map((end) => first + end + second + third),
  ]
}

function matchWrapped(form: Uint8Array, bytes: Uint8Array, start: number, final: boolean, cut: boolean): number {
  let at = start
  for (let index = 0; index < form.length; index++) {
    const wanted = form[index] ?? 0
    if (isSpace(wanted)) {
      while (isSpace(form[index + 1] ?? 0)) index++
      const end = skipBreak(bytes, at, final, form[index + 1] ?? 0, form[index + 2] ?? 0)
      if (end === incomplete || (end === bytes.length && !final)) return incomplete
      if (end === at && end < bytes.length) return 0
      at = end
      continue
    }
    if (at < bytes.length && bytes[at] === wanted) {
      at++
      continue
    }
    if (at < bytes.length && index > 0 && startsBreak(bytes, at)) {
      const end = skipBreak(bytes, at, final, wanted, form[index + 1] ?? 0)
      if (end === incomplete) return incomplete
      if (end < bytes.length) {
        if (bytes[end] !== wanted) return 0
        at = end + 1
        continue
      }
      at = end
    }
    if (at < bytes.length) return 0
    if (!final) return incomplete
    return cut && index >= telling ? at : 0
  }
  return at
}

function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d)
}

/** A line end, or a backslash that may write one. */
function startsBreak(bytes: Uint8Array, at: number): boolean {
  const code = bytes[at] ?? 0
  if (code === 0x0a || code === 0x0d) return true
  return code === backslash && isEscapedSpace(bytes[at + 1] ?? 0x6e)
}

function isEscapedSpace(code: number): boolean {
  return code === 0x6e || code === 0x72 || code === 0x74
}

/** The end of a run of white space and, where it breaks a line, of what the next line is marked with. What is wanted next is not taken for a mark. */
function skipBreak(bytes: Uint8Array, from: number, final: boolean, wanted: number, after: number): number {
  let at = skipSpace(bytes, from, final)
  if (at <= from || !startsBreak(bytes, from)) return at
  for (let count = 0; count < mostMarks && markBytes.has(bytes[at] ?? 0); count++) {
    if (at + 1 === bytes.length && !final) return incomplete
    if (bytes[at] === wanted && (bytes[at + 1] === after || startsBreak(bytes, at + 1))) return at
    at = skipSpace(bytes, at + 1, final)
    if (at === incomplete) return incomplete
  }
  return at
}

const markBytes: ReadonlySet<number> = new Set(Buffer.from(marks.join('')))

/** The end of a run of white space, some of it written as in JSON; -1 when that cannot be told before more has come. */
function skipSpace(bytes: Uint8Array, from: number, final: boolean): number {
  const limit = Math.min(bytes.length, from + longestSpace)
  let at = from
  while (at < limit) {
    const code = bytes[at] ?? 0
    if (isSpace(code)) at++
    else if (code === backslash && at + 1 < bytes.length && isEscapedSpace(bytes[at + 1] ?? 0)) at += 2
    else if (code === backslash && at + 1 === bytes.length && !final) return incomplete
    else break
  }
  return at === bytes.length && !final ? incomplete : at
}
