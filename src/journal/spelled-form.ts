import type { TokenShape } from './token-shapes.ts'

/** So much of a secret's start is masked where a stream is cut off in its middle. */
const telling = 8
/** The scanner looks for the start of a shape by its first bytes; it is quick where these are as many. */
const prefixLength = 4
/** Escapes that are escaped again, by programs that quote what another quoted, are followed so far. */
const deepest = 8

/** What a match came to: none, or nothing that can be told before more bytes have come. */
const none = 0
const incomplete = -1

/** Backslash escapes of one letter, in JSON, C, Python and the shells. */
const letters: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12, v: 11, a: 7, e: 27 }

/** The names HTML has for signs that secrets are made of. */
const names: Readonly<Record<string, string>> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00A0', Tab: '\t', NewLine: '\n', excl: '!', num: '#', dollar: '$', percnt: '%',
  lpar: '(', rpar: ')', ast: '*', plus: '+', comma: ',', period: '.', sol: '/', colon: ':', semi: ';', equals: '=', quest: '?', commat: '@',
  lsqb: '[', lbrack: '[', bsol: '\\', rsqb: ']', rbrack: ']', Hat: '^', lowbar: '_', grave: '`', lcub: '{', lbrace: '{', verbar: '|',
  vert: '|', rcub: '}', rbrace: '}',
} // prettier-ignore

/**
 * Shapes that find a text of which any character may be written as programs escape it: with backslashes (JSON, C, Python, shells, Markdown), in
 * percent signs, as HTML and quoted-printable do, with doubled quotes, and escaped again.
 */
export function spelledShapes(value: string): TokenShape[] {
  const wanted = Buffer.from(value)
  const match = (bytes: Uint8Array, start: number, final: boolean, _before: Uint8Array, cut: boolean): number =>
    matchSpelled(wanted, bytes, start, final, cut)
  return [...prefixesOf(Array.from(value))].map((prefix) => ({ prefix, match }))
}

/** What such a text may begin with: its first character, escaped or not, and the start of what comes after. */
function prefixesOf(characters: readonly string[]): Set<string> {
  const found = new Set<string>()
  const grow = (start: string, at: number): void => {
    const character = characters[at]
    if (Buffer.byteLength(start) >= prefixLength || character === undefined) {
      found.add(start)
      return
    }
    grow(start + character, at + 1)
    for (const spelled of spellings(character))
      grow(at === 0 ? spelled : (start + spelled).slice(0, Math.max(prefixLength, start.length + 1)), at + 1)
  }
  grow('', 0)
  return found
}

function spellings(character: string): string[] {
  const point = character.codePointAt(0) ?? 0
  const hex = point.toString(16)
  const [first = 0] = Buffer.from(character)
  const byte = first.toString(16).padStart(2, '0')
  const unit = character.charCodeAt(0).toString(16).padStart(4, '0')
  const found = [
    ...['%', '%25', '%2525', '=', '\\x'].map((sign) => sign + byte),
    `\\x${hex.padStart(2, '0')}`,
    `\\u${unit}`,
    `\\U${hex.padStart(8, '0')}`,
    `\\u{${hex}`,
    `\\${first.toString(8).padStart(3, '0')}`,
    ...['&#', '&amp;#'].flatMap((sign) => [sign + point, `${sign}x${hex}`, `${sign}X${hex}`]),
  ]
  found.push(...found.map((each) => each.replace(/[0-9a-f]+$/, (digits) => digits.toUpperCase())))
  for (const [name, sign] of Object.entries(names)) if (sign === character) found.push(`&${name};`, `&amp;${name};`)
  for (const [letter, code] of Object.entries(letters)) if (code === point) found.push(`\\${letter}`)
  if (/[!-/:-@[-`{-~]/.test(character)) found.push(`\\${character}`, `\`${character}`)
  if (character === "'" || character === '"') found.push(character + character)
  if (character === "'") found.push(`'\\''`, `'"'"'`)
  if (character === ' ') found.push('+', '\\ ')
  return found
}

function matchSpelled(wanted: Uint8Array, bytes: Uint8Array, start: number, final: boolean, cut: boolean): number {
  let at = start
  for (let index = 0; index < wanted.length;) {
    const step = at < bytes.length ? stepOver(wanted, index, bytes, at) : needsMore
    if (step === undefined) return none
    if (step === needsMore) {
      if (!final) return incomplete
      return cut && index >= telling ? bytes.length : none
    }
    at += step.length
    index += step.wanted
  }
  return at
}

/** So many bytes write so many of those wanted. */
interface Step {
  readonly length: number
  readonly wanted: number
}

const needsMore: Step = { length: 0, wanted: 0 }

/** Enough of the bytes to hold the longest escape. */
const longestSpelling = 48

function stepOver(wanted: Uint8Array, index: number, bytes: Uint8Array, at: number): Step | undefined {
  const isPlain = bytes[at] === wanted[index]
  if (introducers.has(bytes[at] ?? 0)) {
    const text = latin1(bytes, at, longestSpelling)
    for (const { length, spells } of readings(text, wanted, index))
      if (spells.every((byte, offset) => byte === wanted[index + offset])) return { length, wanted: spells.length }
    if (text.length < longestSpelling && unfinished.test(text)) return needsMore
  }
  return isPlain ? { length: 1, wanted: 1 } : undefined
}

function latin1(bytes: Uint8Array, from: number, length: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, Math.min(length, bytes.length - from)).toString('latin1')
}

/** What something escaped begins with. */
const introducers: ReadonlySet<number> = new Set(Buffer.from('\\%=&`\'"+'))
/** Something escaped whose end is still to come. */
const unfinished =
  /^(?:\\+(?:[uxU]\{?[0-9a-fA-F]{0,7}|u[dD][0-9a-fA-F]{3}\\*u?[0-9a-fA-F]{0,3}|[0-7]{0,2})|%(?:25)*2?[0-9a-fA-F]?|=[0-9A-Fa-f\r]?|&(?:amp;)*#?[0-9A-Za-z]{0,8}|`|'\\?'?|'"'?"?|")$/

const percent = /^%(?:25)*([0-9a-fA-F]{2})/
const printable = /^=(?:([0-9a-fA-F]{2})|\r?\n)/
const entity = /^&(?:amp;)*(?:#0*(\d{1,7});?|#[xX]0*([0-9a-fA-F]{1,6});?|([A-Za-z]{2,8});)/
const units = new RegExp(
  String.raw`^\\{1,${deepest}}u([0-9a-fA-F]{4})(?:\\{1,${deepest}}u([dD][c-fC-F][0-9a-fA-F]{2}))?`,
)
const backslash = new RegExp(String.raw`^(\\{1,${deepest}})(?:(?:u\{|U|x)([0-9a-fA-F]{1,8})\}?|([0-7]{1,3})|([ -~]))?`)
const quotes = /^(?:''|""|'\\''|'"'"')/

/** What the start of a text, escaped in one way or another, may be written for. */
interface Reading {
  readonly length: number
  readonly spells: Uint8Array
}

function readings(text: string, wanted: Uint8Array, index: number): Reading[] {
  const found: Reading[] = []
  const add = (whole: string | undefined, ...codes: readonly number[]): void => {
    for (const code of whole === undefined ? [] : codes) {
      if (code <= 0xff) found.push({ length: (whole ?? '').length, spells: Uint8Array.of(code) })
      if (code > 0x7f && code <= 0x10ffff)
        found.push({ length: (whole ?? '').length, spells: Buffer.from(String.fromCodePoint(code)) })
    }
  }
  switch (text[0]) {
    case '%': {
      const [whole, hex = ''] = percent.exec(text) ?? []
      add(whole, Number.parseInt(hex, 16))
      break
    }
    case '=': {
      const [whole, hex] = printable.exec(text) ?? []
      if (whole !== undefined && hex === undefined) found.push({ length: whole.length, spells: new Uint8Array(0) })
      else add(whole, Number.parseInt(hex ?? '', 16))
      break
    }
    case '+':
      add('+', 0x20)
      break
    case '`':
      add(text.slice(0, 2), text.charCodeAt(1))
      break
    case "'":
    case '"':
      add(quotes.exec(text)?.[0], text.charCodeAt(0))
      break
    case '&': {
      const [whole, decimal, hex = '', name = ''] = entity.exec(text) ?? []
      add(whole, decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal))
      if (Object.hasOwn(names, name)) add(whole, names[name]?.codePointAt(0) ?? 0)
      break
    }
    default:
      addEscaped(text, wanted, index, found, add)
  }
  return found
}

function addEscaped(
  text: string,
  wanted: Uint8Array,
  index: number,
  found: Reading[],
  add: (whole: string | undefined, ...codes: readonly number[]) => void,
): void {
  const [pair, high = '', low] = units.exec(text) ?? []
  if (low !== undefined) add(pair, String.fromCharCode(Number.parseInt(high, 16), Number.parseInt(low, 16)).codePointAt(0) ?? 0) // prettier-ignore
  add(pair?.slice(0, pair.indexOf('u') + 5), Number.parseInt(high, 16))
  const [whole, run = '', hex = '', octal = '', sign = ''] = backslash.exec(text) ?? []
  if (hex !== '') {
    add(whole, Number.parseInt(hex, 16))
    if (text[run.length] === 'x') add(text.slice(0, run.length + 3), Number.parseInt(hex.slice(0, 2), 16))
  }
  if (octal !== '') add(whole, Number.parseInt(octal, 8))
  if (sign !== '') add(whole, letters[sign] ?? sign.charCodeAt(0))
  let same = 0
  while (same < run.length && wanted[index + same] === 0x5c) same++
  if (same > 0) found.push({ length: run.length, spells: wanted.subarray(index, index + same) })
}
