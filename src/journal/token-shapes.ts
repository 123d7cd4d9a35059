/**
 * A credential known by its look. `match` returns the end of the token that starts at `start` (its prefix is known to be there), 0 when
 * it is none, and -1 when that cannot be told before more bytes have come. `before` is what came just before the bytes; `cut` says that they
 * end where they were cut off, perhaps in the middle of a token.
 */
export interface TokenShape {
  readonly prefix: string
  match(bytes: Uint8Array, start: number, final: boolean, before: Uint8Array, cut: boolean): number
}

/** A token longer than this is cut there; the rest is no credential any more. */
const longestToken = 4096
const longestKey = 16_384
/** So far back a token's surroundings are looked at. */
export const longestEscape = 16

const dot = 0x2e
const backslash = 0x5c
const underscore = 0x5f

/** The token shapes of the providers and services our users hold keys of. */
export function tokenShapes(): TokenShape[] {
  return [
    ...['sk-ant-', 'sk-proj-', 'sk-svcacct-', 'sk-admin-', 'sk-or-v1-'].map((prefix) =>
      shape(prefix, isTokenCharacter, 20),
    ),
    { prefix: 'sk-', match: matchSecretKey },
    ...['ghp_', 'gho_', 'ghs_', 'ghu_', 'ghr_'].map((prefix) => ({ prefix, match: matchGithubToken })),
    shape('github_pat_', isTokenCharacter, 20),
    ...['AKIA', 'ASIA'].map((prefix) => shape(prefix, isUpperOrDigit, 16)),
    ...'abeoprs'.split('').map((kind) => shape(`xox${kind}-`, isTokenCharacter, 10)),
    shape('AIza', isTokenCharacter, 35),
    { prefix: 'eyJ', match: matchWebToken },
    { prefix: '-----BEGIN ', match: matchPrivateKey },
  ]
}

type CharacterTest = (code: number) => boolean

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

function isUpperOrDigit(code: number): boolean {
  return isDigit(code) || (code >= 0x41 && code <= 0x5a)
}

function isAlphanumeric(code: number): boolean {
  return isUpperOrDigit(code) || (code >= 0x61 && code <= 0x7a)
}

/** The alphabet of base64url. */
function isTokenCharacter(code: number): boolean {
  return isAlphanumeric(code) || code === 0x2d || code === 0x5f
}

function isPartOfWebToken(code: number): boolean {
  return isTokenCharacter(code) || code === dot
}

function shape(prefix: string, belongs: CharacterTest, shortest: number): TokenShape {
  return {
    prefix,
    match(bytes, start, final) {
      const { length } = bytes
      const from = start + prefix.length
      const end = endOf(belongs, bytes, from, length)
      if (end === length && !final && end - from < longestToken) return -1
      return end - from >= shortest ? end : 0
    },
  }
}

/**
 * GitHub's tokens: 36 letters and digits, or an id and a JSON Web Token (`ghs_<id>_<JWT>`, some 520 characters), which is one from its
 * id on, however much of it is there.
 */
function matchGithubToken(bytes: Uint8Array, start: number, final: boolean): number {
  const { length } = bytes
  const from = start + 4
  const plain = endOf(isAlphanumeric, bytes, from, length)
  if (plain === length && !final && plain - from < longestToken) return -1
  if (bytes[plain] !== underscore || endOf(isDigit, bytes, from, length) !== plain || plain === from)
    return plain - from >= 30 ? plain : 0
  const end = endOf(isPartOfWebToken, bytes, plain, length)
  if (end === length && !final && end - from < longestToken) return -1
  return end
}

/** The end of a run of characters, at most `longestToken` on. */
function endOf(belongs: CharacterTest, bytes: Uint8Array, from: number, length: number): number {
  const limit = Math.min(length, from + longestToken)
  let end = from
  while (end < limit && belongs(bytes[end] ?? 0)) end++
  return end
}

/** OpenAI's older and others' `sk-…`: not inside a word (`task-force`), and with a digit, as no chance word of that length has. */
function matchSecretKey(bytes: Uint8Array, start: number, final: boolean, before: Uint8Array): number {
  const { length } = bytes
  const from = start + 3
  const at = (index: number): number => (index < 0 ? before[before.length + index] : bytes[index]) ?? 0
  if (isAlphanumeric(at(start - 1)) && !endsEscape(at, start)) return 0
  const end = endOf(isTokenCharacter, bytes, from, length)
  if (end === length && !final && end - from < longestToken) return -1
  if (end - from < 20) return 0
  for (let index = from; index < end; index++) if (isDigit(at(index))) return end
  return 0
}

/** Whether the letter before a position belongs to an escape: `\n` in JSON, or the end of a terminal colour (`[31m`). */
function endsEscape(byteAt: (index: number) => number, at: number): boolean {
  if (byteAt(at - 2) === backslash) return true
  if (byteAt(at - 1) !== 0x6d) return false
  let from = at - 2
  while (at - from < longestEscape && (isDigit(byteAt(from)) || byteAt(from) === 0x3b)) from--
  return byteAt(from) === 0x5b
}

/** A JSON Web Token: three or more base64url parts joined by dots, or its first two and as much of the third as was not cut off. */
function matchWebToken(bytes: Uint8Array, start: number, final: boolean): number {
  const { length } = bytes
  let parts = 0
  let end = start
  for (let from = start; ; from = end + 1) {
    end = endOf(isTokenCharacter, bytes, from, length)
    if (end === length && !final && end - start < longestToken) return -1
    if (end - from < 8 && parts < 2) return 0
    if (parts === 1 && !startsWith(bytes, from, 'eyJ')) return 0
    parts++
    if (bytes[end] !== dot || end >= length) return parts >= 2 ? end : 0
  }
}

function startsWith(bytes: Uint8Array, at: number, text: string): boolean {
  for (let offset = 0; offset < text.length; offset++) if (bytes[at + offset] !== text.charCodeAt(offset)) return false
  return true
}

const keyHeader = /^-----BEGIN [0-9A-Z ]*PRIVATE KEY(?: BLOCK)?-----/
const keyHeaderStart = /^-----BEGIN [0-9A-Z ]*-{0,5}$/
const keyFooter = Buffer.from('-----END ')
const footerEnd = Buffer.from('-----')

/** A PEM private key, from its header to its footer; without a footer as far as a key may reach. */
function matchPrivateKey(bytes: Uint8Array, start: number, final: boolean): number {
  const { length } = bytes
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, Math.min(length - start, longestKey))
  const head = text.toString('latin1', 0, Math.min(text.length, 80))
  const header = keyHeader.exec(head)
  if (header === null) return !final && start + head.length === length && keyHeaderStart.test(head) ? -1 : 0
  const footer = text.indexOf(keyFooter, header[0].length)
  const close = footer === -1 ? -1 : text.indexOf(footerEnd, footer + keyFooter.length)
  if (close !== -1) return start + close + footerEnd.length
  if (!final && text.length < longestKey) return -1
  return start + text.length
}
