import type { Json } from './json.ts'

/**
 * How deep what programs, models and files say may be nested. Whoever walks a value calls itself for each level: some thousands are a stack that overflows,
 * and no format that anybody reads here needs fifty.
 */
export const deepestJson = 200

/** A text that is nested deeper than `deepestJson`; its message is the rest of a sentence that begins with what is. */
export class DeepJsonError extends SyntaxError {
  override readonly name = 'DeepJsonError'
}

/** As `JSON.parse`, but of no text that is nested too deep. Throws SyntaxError, of such a text DeepJsonError. */
export function parseJson(text: string): Json {
  if (isDeep(text)) throw new DeepJsonError(`nested deeper than ${deepestJson} levels`)
  return JSON.parse(text) as Json
}

/** Of what is no JSON the answer means nothing. */
function isDeep(text: string): boolean {
  // Each level has a bracket at either end.
  if (text.length <= 2 * deepestJson) return false
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === 0x22) {
      at = endOfString(text, at)
      if (at === -1) return false
    } else if (unit === 0x5b || unit === 0x7b) {
      if (++depth > deepestJson) return true
    } else if (unit === 0x5d || unit === 0x7d) depth--
  }
  return false
}

/** Where the string that begins at a quotation mark ends; -1 where it does not. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let before = end
    while (text.charCodeAt(before - 1) === 0x5c) before--
    if ((end - before) % 2 === 0) return end
  }
  return -1
}
