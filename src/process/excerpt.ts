import { StringDecoder } from 'node:string_decoder'

/** Keeps the start and the end of a byte stream as text, and nothing of what lies between. */
export interface Excerpt {
  /** The chunk may be freed after the call. */
  push(chunk: Uint8Array): void
  head(): string
  tail(): string
}

/**
 * `headChars` and `tailChars` bound what is kept, in UTF-16 units. The head is kept as a string (inside V8's heap, which
 * costs a later fork less than memory outside it); bytes are only kept once the head is full.
 */
export function createExcerpt(headChars: number, tailChars: number): Excerpt {
  const tailBytes = tailChars * 3
  let decoder: StringDecoder | undefined
  let head = ''
  let last: Buffer[] = []
  let lastBytes = 0

  const keepLast = (chunk: Uint8Array): void => {
    last.push(Buffer.from(chunk.subarray(Math.max(0, chunk.length - tailBytes))))
    lastBytes += Math.min(chunk.length, tailBytes)
    if (lastBytes < 2 * tailBytes) return
    const joined = Buffer.concat(last)
    last = [Buffer.from(joined.subarray(joined.length - tailBytes))]
    lastBytes = tailBytes
  }

  return {
    push(chunk) {
      if (head.length >= headChars) {
        keepLast(chunk)
        return
      }
      decoder ??= new StringDecoder('utf8')
      const part = chunk.subarray(0, (headChars - head.length) * 3)
      head += decoder.write(part)
      if (part.length < chunk.length) keepLast(chunk.subarray(part.length))
    },
    head() {
      if (last.length === 0 && decoder !== undefined) head += decoder.end()
      return wholeCharacters(head, headChars)
    },
    tail() {
      if (last.length === 0 && decoder !== undefined) head += decoder.end()
      const end = Buffer.concat(last)
        .toString('utf8')
        .replace(/^\uFFFD{1,3}/, '')
      return lastCharacters(end.length >= tailChars ? end : head + end, tailChars)
    },
  }
}

/** The start of a text, cut between characters. */
function wholeCharacters(text: string, limit: number): string {
  if (text.length <= limit) return text
  return isHighSurrogate(text.charCodeAt(limit - 1)) ? text.slice(0, limit - 1) : text.slice(0, limit)
}

/** The end of a text, cut between characters. */
function lastCharacters(text: string, limit: number): string {
  if (text.length <= limit) return text
  const start = text.length - limit
  return isHighSurrogate(text.charCodeAt(start - 1)) ? text.slice(start + 1) : text.slice(start)
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}
