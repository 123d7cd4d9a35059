import { StringDecoder } from 'node:string_decoder'
import { endOf, headOf } from '../core/cut-text.ts'

/** Keeps the start and the end of a byte stream as text, and nothing of what lies between. */
export interface Excerpt {
  /** The chunk may be freed after the call. */
  push(chunk: Uint8Array): void
  head(): string
  tail(): string
}

/**
 * `headChars` bounds the head in UTF-16 units, `tailBytes` the tail. The head is kept as a string (inside V8's heap, which costs a later
 * fork less than memory outside it); the tail has a buffer only once the head is full.
 */
export function createExcerpt(headChars: number, tailBytes: number): Excerpt {
  let decoder: StringDecoder | undefined
  let head = ''
  let last: Buffer | undefined
  let lastBytes = 0

  const keepLast = (chunk: Uint8Array): void => {
    last ??= Buffer.allocUnsafeSlow(2 * tailBytes)
    const part = chunk.subarray(Math.max(0, chunk.length - tailBytes))
    if (lastBytes + part.length > last.length) {
      const kept = tailBytes - part.length
      last.copyWithin(0, lastBytes - kept, lastBytes)
      lastBytes = kept
    }
    last.set(part, lastBytes)
    lastBytes += part.length
  }

  const closeHead = (): void => {
    if (decoder !== undefined && last === undefined) head += decoder.end()
    decoder = undefined
  }

  return {
    push(chunk) {
      const room = headChars - head.length
      if (room <= 0) {
        keepLast(chunk)
        return
      }
      decoder ??= new StringDecoder('utf8')
      const part = chunk.subarray(0, room)
      head += decoder.write(part)
      if (part.length < chunk.length) this.push(chunk.subarray(part.length))
    },
    head() {
      closeHead()
      return headOf(head, headChars)
    },
    tail() {
      closeHead()
      const end = last?.toString('utf8', Math.max(0, lastBytes - tailBytes), lastBytes) ?? ''
      return lastCharacters(end.length < tailBytes ? head + end : end, tailBytes)
    },
  }
}

/** The end of a text, cut between characters. */
function lastCharacters(text: string, limit: number): string {
  return endOf(text, limit).replace(/^\uFFFD{1,3}/, '')
}
