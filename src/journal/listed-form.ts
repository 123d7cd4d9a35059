import type { TokenShape } from './token-shapes.ts'

/** So much of a secret's start is masked where a stream is cut off in its middle. */
const telling = 8
/** A list that goes on otherwise after so many bytes was cut: Node.js shows the first fifty of a buffer. */
const longestShown = 48
/** What stands between two bytes is not followed further. */
const longestGap = 32

const none = 0
const incomplete = -1

const separators = ':,;-._|"\' \t\r\n'

/**
 * Shapes that find a text as a list of its bytes: in hex with something between them (`<Buffer 68 75 …>`, `68:75`, `0x68, 0x75`) or in decimals
 * (`[104, 117]`).
 */
export function listedShapes(value: string): TokenShape[] {
  const bytes = Buffer.from(value)
  const [first = 0] = bytes
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
  const decimals = Array.from(bytes, String)
  const starts = (list: readonly string[], signs: readonly string[]): string[] => {
    const [head = '', [digit = ''] = ''] = list
    return signs.map((sign) => head + sign.replace('d', digit))
  }
  const upper = hex.map((digits) => digits.toUpperCase())
  const inHex = new Set([...starts(hex, hexStarts), ...starts(upper, hexStarts), `0x${hex[0]}`, `0x${upper[0]}`])
  const inDecimals = first < 10 || bytes.length < 2 ? [] : starts(decimals, decimalStarts)
  return [...shapesOf([...inHex], hex), ...shapesOf(inDecimals, decimals)]
}

/** What follows the first byte of a list; `d` is the first digit of the second. */
const hexStarts = [
  ':d',
  ' d',
  '-d',
  '.d',
  '_d',
  ',d',
  ';d',
  '\nd',
  '\r\n',
  ', d',
  ', "',
  ", '",
  '","',
  "','",
  ', \n',
  ',\n',
  '", ',
  "', ",
]
const decimalStarts = [',d', ', ', ',\n', ',\r', ' d', '\nd', '\r\n']

function shapesOf(prefixes: readonly string[], list: readonly string[]): TokenShape[] {
  const match = (bytes: Uint8Array, start: number, final: boolean, _before: Uint8Array, cut: boolean): number =>
    matchList(list, bytes, start, final, cut)
  return prefixes.map((prefix) => ({ prefix, match }))
}

function matchList(list: readonly string[], bytes: Uint8Array, start: number, final: boolean, cut: boolean): number {
  let at = start
  for (const [index, digits] of list.entries()) {
    const from = index === 0 ? skipBase(bytes, at) : skipBase(bytes, skipGap(bytes, at))
    let end = from
    while (end < bytes.length && end - from < digits.length && isDigit(bytes[end] ?? 0, digits, end - from)) end++
    if (end - from === digits.length && (index === 0 || from > at)) {
      at = end
      continue
    }
    const mayGrow = end === bytes.length || (from === bytes.length - 1 && bytes[from] === 0x30)
    if (!mayGrow) return index >= longestShown ? at : none
    if (!final) return incomplete
    return (cut && index >= telling) || index >= longestShown ? at : none
  }
  return at
}

function isDigit(code: number, digits: string, index: number): boolean {
  const digit = digits.charCodeAt(index)
  return code === digit || (digit >= 0x61 && code === digit - 0x20)
}

const separating = new Set(Buffer.from(separators))

function skipGap(bytes: Uint8Array, from: number): number {
  let at = from
  while (at < bytes.length && at - from < longestGap && separating.has(bytes[at] ?? 0)) at++
  return at
}

function skipBase(bytes: Uint8Array, at: number): number {
  return bytes[at] === 0x30 && ((bytes[at + 1] ?? 0) | 0x20) === 0x78 ? at + 2 : at
}
