import type { ServedUsage } from './reply.ts'

/**
 * One piece of an answer on the wire. Once it is sent, `usage` (when present) is what the request has cost so far;
 * `pauseMs` is waited before it.
 */
export interface Frame {
  readonly body: string
  readonly usage?: ServedUsage
  readonly pauseMs?: number
}

/** A whole answer: the frames in order, and how the connection ends after them. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly frames: readonly Frame[]
  readonly ending: 'end' | 'hang' | 'cut'
}

/** A server-sent event. */
export const serverSentEvent = (type: string, fields: object): string =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`

/** The text in at most `count` pieces, never splitting a surrogate pair. */
export function piecesOf(text: string, count: number): string[] {
  const size = Math.max(1, Math.ceil(text.length / Math.max(1, count)))
  const pieces: string[] = []
  for (let start = 0; start < text.length;) {
    let end = Math.min(text.length, start + size)
    const last = text.charCodeAt(end - 1)
    if (end < text.length && last >= 0xd800 && last <= 0xdbff) end += 1
    pieces.push(text.slice(start, end))
    start = end
  }
  return pieces
}

/** Headers of an event stream. */
export const streamHeaders = { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' } as const

/** Headers of a JSON answer. */
export const jsonHeaders = { 'content-type': 'application/json' } as const
