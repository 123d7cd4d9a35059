/** Most bytes of one line that is decoded. */
export const maxLineBytes = 64 * 1024 * 1024

/** So much of a long line's start is awaited before `wantsLine` is asked. */
const headBytes = 1024

const newline = 0x0a
const carriageReturn = 0x0d

/** Splits a byte stream into lines. */
export interface LineSplitter {
  /** The chunk may be freed after the call. */
  push(chunk: Buffer): void
  /** Delivers a last line that has no line end. */
  end(): void
}

/** What to do with the lines of a stream. */
export interface LineSplitterOptions {
  readonly onLine: (line: string) => void
  /** Asked once a line with its bytes, at least its first 1,024 when it is longer; only wanted lines are kept and decoded. */
  readonly wantsLine?: ((head: Uint8Array) => boolean) | undefined
  /** A wanted line is longer than `maxLineBytes`; it is dropped. */
  readonly onTooLong: () => void
}

/**
 * Splits on raw bytes, so that an unwanted line costs a search for its end and nothing else, and a character that lies
 * across two chunks is decoded whole. Line ends are LF or CRLF and are not delivered.
 */
export function createLineSplitter(options: LineSplitterOptions): LineSplitter {
  const { onLine, wantsLine, onTooLong } = options
  /** Pieces of the current line that came in earlier chunks; empty as well while an unwanted line passes. */
  let pieces: Buffer[] = []
  let pieceBytes = 0
  let state: 'fresh' | 'undecided' | 'wanted' | 'unwanted' = 'fresh'

  const deliver = (line: Buffer): void => {
    const end = line.length > 0 && line[line.length - 1] === carriageReturn ? line.length - 1 : line.length
    onLine(line.toString('utf8', 0, end))
  }

  /** False when the line has become too long. */
  const keep = (part: Buffer): boolean => {
    pieceBytes += part.length
    if (pieceBytes <= maxLineBytes) {
      pieces.push(Buffer.from(part))
      return true
    }
    onTooLong()
    state = 'unwanted'
    pieces = []
    return false
  }

  const finishLine = (last: Buffer): void => {
    if (state !== 'unwanted' && (last.length === 0 || keep(last))) {
      const line = pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces)
      if (state === 'wanted' || (state === 'undecided' && (wantsLine === undefined || wantsLine(line)))) deliver(line)
    }
    pieces = []
    pieceBytes = 0
    state = 'fresh'
  }

  const carry = (part: Buffer): void => {
    if (state === 'unwanted' || !keep(part)) return
    if (state === 'wanted' || pieceBytes < headBytes) {
      if (state === 'fresh') state = 'undecided'
      return
    }
    const head = pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces)
    state = wantsLine === undefined || wantsLine(head) ? 'wanted' : 'unwanted'
    pieces = state === 'wanted' ? [head] : []
  }

  return {
    push(chunk) {
      let start = 0
      while (start < chunk.length) {
        const end = chunk.indexOf(newline, start)
        if (end === -1) {
          carry(chunk.subarray(start))
          return
        }
        const line = chunk.subarray(start, end)
        if (state !== 'fresh') finishLine(line)
        else if (wantsLine === undefined || wantsLine(line)) deliver(line)
        start = end + 1
      }
    },
    end() {
      if (state !== 'fresh') finishLine(Buffer.alloc(0))
    },
  }
}
