import { longestUnseen, unseenRanges } from '../core/unseen.ts'

/** Bytes as they will be seen: without what nobody sees, each position known in the bytes they were made of. */
export interface VisibleBytes {
  readonly bytes: Uint8Array
  /** Where the byte at a position was; the end for the position after the last. */
  origin(position: number): number
}

/** Finds out what is seen of bytes. */
export interface Sight {
  /** False where the bytes are seen as they are. Cheap: text without anything unseen passes at gigabytes per second. */
  mayDiffer(bytes: Uint8Array): boolean
  /**
   * How bytes may be seen: without escape sequences and unseen characters, and also without HTML comments and what a terminal is sent as a
   * string, where there are such; a comment may come about only when these are gone. Unless they are final, what may be the start of something
   * unseen at their end counts as that.
   */
  views(bytes: Uint8Array, final: boolean): VisibleBytes[]
}

/** Longest string for a terminal, in bytes: `plainText` counts UTF-16 units, each at most three bytes. */
const longestString = 3 * longestUnseen
/** Longest HTML comment, in bytes, that a stream is held back for; whole texts are seen without comments of any length. */
const longestComment = 4096

/** Knows the same characters and sequences as `plainText`, in UTF-8 and as escapes of JSON. */
export function createSight(): Sight {
  let expressions: ReturnType<typeof unseenExpressions> | undefined
  return {
    mayDiffer: (bytes) => hasUnseen(bytes) || hasWords(bytes),
    views(bytes, final) {
      const { whole, open, string } = (expressions ??= unseenExpressions())
      const text = asBuffer(bytes).toString('latin1')
      const [plain, stripped] = final ? whole : open
      const views = [remove(text, plain)]
      if (string.test(text)) views.push(remove(text, stripped))
      if (!final) return views
      return views.flatMap((view) => [view, ...withoutComments(view)])
    },
  }
}

/** What to remove from whole and from open text, without and with strings, and what strings begin with. Made when the first is needed: that takes a millisecond. */
function unseenExpressions() {
  const single = singleExpression()
  const sequences = [
    String.raw`(?:\x1B\[|\xC2\x9B|\\+u00(?:1[bB]\[|9[bB]))[0-?]*[ -/]*[@-~]?`,
    String.raw`\x1B[ -/]*[0-~]?`,
    single,
  ]
  const strings = [
    String.raw`(?:\x1B[\]PX^_]|\xC2[\x9D\x90\x98\x9E\x9F])(?:[^\x07\x1B\n\xC2]|\xC2(?!\x9C)){0,${longestString}}(?:\x07|\x1B\\|\xC2\x9C)?`,
    String.raw`\\+u001[bB][\]PX^_][^\\\n]{0,${longestString}}(?:\\+u0007|\\+u001[bB]\\+)?`,
    String.raw`<!--[^]{0,${longestComment}}?-->`,
  ]
  const unfinished = [
    String.raw`(?:\xC2|\xCD|\xD8|\xE1[\x85\x9E\xA0]?|\xE2[\x80\x81]?|\xE3\x85?|\xEF[\xB8\xBB\xBE\xBF]?|\xF0(?:\x9B\xB2?|\x9D\x85?)?|\xF3(?:\xA0[\x80-\xBF]?)?)$`,
    String.raw`\\+(?:u[0-9a-fA-F]{0,3})?$`,
    String.raw`<!?-?$`,
  ]
  const unfinishedString = String.raw`<!--[^]{0,${longestComment}}$`
  const expression = (parts: readonly string[]): RegExp => new RegExp(parts.join('|'), 'g')
  const whole = [expression(sequences), expression([...strings, ...sequences])] as const
  const open = [
    expression([...sequences, ...unfinished]),
    expression([...strings, ...sequences, ...unfinished, unfinishedString]),
  ] as const
  // oxlint-disable-next-line no-control-regex -- terminals' strings begin with one
  const string = /\x1B[\]PX^_]|\xC2[\x9D\x90\x98\x9E\x9F]|u001[bB][\]PX^_]|<!--/
  return { whole, open, string }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** The view without HTML comments, where there are any; one that is not closed reaches to the end. */
function withoutComments(view: VisibleBytes): VisibleBytes[] {
  const text = asBuffer(view.bytes).toString('latin1')
  if (!text.includes('<!--')) return []
  const { bytes, origin } = remove(text, /<!--[^]*?(?:-->|$)/g)
  return [{ bytes, origin: (position) => view.origin(origin(position)) }]
}

function remove(text: string, unseen: RegExp): VisibleBytes {
  /** Where something is missing in what is left, and how much is missing up to there. */
  const places: number[] = []
  const missing: number[] = []
  let removed = 0
  const seen = text.replaceAll(unseen, (match: string, offset: number) => {
    places.push(offset - removed)
    removed += match.length
    missing.push(removed)
    return ''
  })
  return {
    bytes: Buffer.from(seen, 'latin1'),
    origin(position) {
      let from = 0
      let to = places.length
      while (from < to) {
        const middle = (from + to) >> 1
        if ((places[middle] ?? 0) <= position) from = middle + 1
        else to = middle
      }
      return position + (missing[from - 1] ?? 0)
    },
  }
}

/** All of a plane's default-ignorable characters share two first bytes, and in JSON the start of their surrogates. */
const ignorablePlane = 0xe0000

/** One unseen character, as bytes of UTF-8 in Latin-1 and as an escape of JSON. */
function singleExpression(): string {
  const lasts = new Map<string, number[]>()
  const escapes: string[][] = []
  for (const [first, last] of unseenRanges)
    for (let point = first; point <= last && point < ignorablePlane; point++) {
      const bytes = Buffer.from(String.fromCodePoint(point)).toString('latin1')
      const start = bytes.slice(0, -1)
      const ends = lasts.get(start)
      const end = bytes.charCodeAt(bytes.length - 1)
      if (ends === undefined) lasts.set(start, [end])
      else ends.push(end)
      const units = String.fromCodePoint(point).split('')
      escapes.push(units.map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0')))
    }
  const hex = (code: number): string => `\\x${code.toString(16).padStart(2, '0')}`
  const characters = [...lasts].map(
    ([start, ends]) => `${Array.from(start, (byte) => hex(byte.charCodeAt(0))).join('')}[${ends.map(hex).join('')}]`,
  )
  const anyCase = escapes.map((units) =>
    units.map((digits) => digits.replaceAll(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)).join('\\\\+u'),
  )
  const plane = String.raw`\xF3\xA0[\x80-\xBF]{2}|\\+u[dD][bB]4[0-3]\\+u[dD][c-fC-F][0-9a-fA-F]{2}`
  return `${characters.join('|')}|${plane}|\\\\+u(?:${anyCase.join('|')})`
}

/** Sixteen bytes at once: only where one is a control or no ASCII is anything looked at more closely. */
function hasUnseen(bytes: Uint8Array): boolean {
  const { length } = bytes
  const skew = (4 - (bytes.byteOffset & 3)) & 3
  if (length < 32) return hasUnseenBetween(bytes, 0, length)
  if (bytes.includes(0x7f) || hasUnseenBetween(bytes, 0, skew)) return true
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + skew, (length - skew) >> 2)
  const whole = words.length & ~3
  for (let index = 0; index < whole; index += 4) {
    const a = words[index] as number
    const b = words[index + 1] as number
    const c = words[index + 2] as number
    const d = words[index + 3] as number
    // A control, or the first byte of what is no ASCII: less 0x20, both have the highest bit.
    if (((a - 0x20202020) | (b - 0x20202020) | (c - 0x20202020) | (d - 0x20202020)) & 0x80808080) {
      const at = skew + index * 4
      if (hasUnseenBetween(bytes, at, at + 16)) return true
    }
  }
  return hasUnseenBetween(bytes, skew + whole * 4, length)
}

/** Bytes that something unseen starts with. */
const suspects = Uint8Array.from({ length: 256 }, (_, byte) =>
  (byte < 0x20 && byte !== 0x0a && byte !== 0x09) ||
  [0x7f, 0xc2, 0xcd, 0xd8, 0xe1, 0xe2, 0xe3, 0xef, 0xf0, 0xf3].includes(byte)
    ? 1
    : 0,
)

function hasUnseenBetween(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (suspects[bytes[at] as number] !== 0 && isUnseen(bytes, at)) return true
  return false
}

/** Whether something unseen starts here, or may when the bytes end here. */
function isUnseen(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at] ?? 0
  if (byte < 0x20) return byte !== 0x0a && byte !== 0x09 && !(byte === 0x0d && bytes[at + 1] === 0x0a)
  if (byte < 0x7f) return false
  const second = bytes[at + 1] ?? -1
  const third = bytes[at + 2] ?? -1
  switch (byte) {
    case 0x7f:
      return true
    case 0xc2:
      return second < 0xa0 || second === 0xad
    case 0xcd:
      return second === 0x8f || second === -1
    case 0xd8:
      return second === 0x9c || second === -1
    case 0xe1:
      if (second === 0xa0) return third === -1 || (third >= 0x8b && third <= 0x8f)
      if (second === 0x85) return third === -1 || third === 0x9f || third === 0xa0
      return second === -1 || (second === 0x9e && (third === -1 || third === 0xb4 || third === 0xb5))
    case 0xe2:
      if (second === 0x80) return third < 0x90 ? third > 0x8a || third === -1 : third >= 0xaa && third <= 0xae
      return second === -1 || (second === 0x81 && (third === -1 || (third >= 0xa0 && third <= 0xaf)))
    case 0xe3:
      return second === -1 || (second === 0x85 && (third === 0xa4 || third === -1))
    case 0xef:
      if (second === 0xb8) return third < 0x90
      if (second === 0xbe) return third === -1 || third === 0xa0
      if (second === 0xbf) return third === -1 || (third >= 0xb0 && third <= 0xbb)
      return second === -1 || (second === 0xbb && (third === -1 || third === 0xbf))
    case 0xf0:
      return second === -1 || (second === 0x9b && (third === -1 || third === 0xb2)) || (second === 0x9d && (third === -1 || third === 0x85)) // prettier-ignore
    case 0xf3:
      return second === -1 || second === 0xa0
    default:
      return false
  }
}

const lastFew = 5

/** What is unseen in words: the start of an HTML comment, an escape of JSON, or what may become one at the end. */
function hasWords(bytes: Uint8Array): boolean {
  const buffer = asBuffer(bytes)
  if (buffer.includes('<!--', 0, 'latin1') || buffer.includes('\\u', 0, 'latin1')) return true
  for (let at = Math.max(0, bytes.length - lastFew); at < bytes.length; at++)
    if (bytes[at] === 0x3c || bytes[at] === 0x5c) return true
  return false
}
