import type { TokenShape } from './token-shapes.ts'

/** What a scan found. */
export interface Scan {
  /** Starts and ends of what must be masked, in turn: ascending, not overlapping. */
  readonly spans: readonly number[]
  /** So many bytes from the start are decided; what comes after may be the beginning of a secret. */
  readonly safe: number
}

/** Finds secrets in bytes. */
export interface SecretScanner {
  /**
   * `final` says that nothing follows, so that everything is decided; `before` are the last bytes that came before. `cut` says that what is
   * final may have been cut off in the middle of a secret: then its start, from eight characters on, is one too.
   */
  scan(bytes: Uint8Array, final: boolean, before: Uint8Array, cut?: boolean): Scan
}

/** What begins with the bytes that lead here: texts to find that end here, shapes whose prefix does, and what begins with more bytes. */
interface Start {
  isText: boolean
  shapes: TokenShape[] | undefined
  next: Map<number, Start> | undefined
  /** Bytes of the shortest text further on. */
  shortest: number
}

const createStart = (): Start => ({ isText: false, shapes: undefined, next: undefined, shortest: Infinity })

/** What a position amounts to, besides the end of a match. */
const noMatch = 0
const undecided = -1

/** So much of a secret's start is masked where bytes were cut off. */
const telling = 8

/**
 * One pass over the bytes whatever the number of secrets. Each pattern is at least three bytes long, so of every third pair of bytes
 * one lies within its first four: a table of 65,536 flags tells for a pair at which of three offsets of some pattern it may stand
 * (1, 2, 4), and only where a flag is set is anything compared, with all patterns at once: they are a tree by their bytes.
 */
export function createSecretScanner(literals: readonly string[], shapes: readonly TokenShape[]): SecretScanner {
  const flags = new Uint8Array(65_536)
  const root = createStart()
  const add = (text: string, shape: TokenShape | undefined): void => {
    const start = Buffer.from(text)
    let at = root
    for (const byte of start) {
      if (shape === undefined) at.shortest = Math.min(at.shortest, start.length)
      at.next ??= new Map()
      const further = at.next.get(byte) ?? createStart()
      at.next.set(byte, further)
      at = further
    }
    if (shape === undefined) at.isText = true
    else (at.shapes ??= []).push(shape)
    for (let offset = 0; offset < 3; offset++) {
      const a = start[offset] ?? 0
      const b = start[offset + 1]
      if (b !== undefined) setFlag(flags, a, b, offset)
      else for (let any = 0; any < 256; any++) setFlag(flags, a, any, offset)
    }
  }
  for (const literal of new Set(literals)) add(literal, undefined)
  for (const shape of shapes) add(shape.prefix, shape)

  /** The furthest end of a match that starts here. */
  const matchAt = (bytes: Uint8Array, at: number, final: boolean, before: Uint8Array, cut: boolean): number => {
    let end = noMatch
    let length = 0
    for (let reached = root; ;) {
      if (reached.isText) end = Math.max(end, at + length)
      for (const shape of reached.shapes ?? []) {
        const matched = shape.match(bytes, at, final, before, cut)
        if (matched === undecided) return undecided
        if (matched > end) end = matched
      }
      if (reached.next === undefined) return end
      const byte = bytes[at + length]
      if (byte === undefined) {
        if (!final) return undecided
        return cut && length >= Math.max(4, Math.min(telling, reached.shortest / 2)) ? at + length : end
      }
      const further = reached.next.get(byte)
      if (further === undefined) return end
      reached = further
      length++
    }
  }

  return {
    scan(bytes, final, before, cut = false) {
      const spans: number[] = []
      const pairs = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      for (let from = 0; ;) {
        const at = nextCandidate(flags, pairs, from)
        if (at === -1) return { spans, safe: bytes.length }
        const end = matchAt(bytes, at, final, before, cut)
        if (end === undecided) return { spans, safe: undecidedFrom(spans, at) }
        if (end !== noMatch) addSpan(spans, at, end)
        from = at + 1
      }
    },
  }
}

function setFlag(flags: Uint8Array, a: number, b: number, offset: number): void {
  const index = a | (b << 8)
  flags[index] = (flags[index] ?? 0) | (1 << offset)
}

/**
 * The first position from `from` on where a pattern may start; the last three, too close to the end for the table, all may. A view reads
 * a pair at once, and four pairs are looked up before anything is decided: that is four times as fast as one by one.
 */
function nextCandidate(flags: Uint8Array, pairs: DataView, from: number): number {
  const last = pairs.byteLength - 1
  const tail = Math.max(from, last - 2)
  for (let index = from; ; index += 3) {
    while (
      index + 10 < last &&
      ((flags[pairs.getUint16(index, true)] as number) |
        (flags[pairs.getUint16(index + 3, true)] as number) |
        (flags[pairs.getUint16(index + 6, true)] as number) |
        (flags[pairs.getUint16(index + 9, true)] as number)) ===
        0
    )
      index += 12
    if (index >= last) return tail <= last ? tail : -1
    const flag = flags[pairs.getUint16(index, true)] as number
    if (flag === 0) continue
    if ((flag & 4) !== 0 && passes(flags, pairs, from, index - 2, tail)) return index - 2
    if ((flag & 2) !== 0 && passes(flags, pairs, from, index - 1, tail)) return index - 1
    if ((flag & 1) !== 0 && passes(flags, pairs, from, index, tail)) return index
  }
}

/** Whether a position lies in the range and all three pairs there may belong to one pattern. */
function passes(flags: Uint8Array, pairs: DataView, from: number, at: number, to: number): boolean {
  if (at < from || at >= to) return false
  for (let offset = 0; offset < 3; offset++)
    if (((flags[pairs.getUint16(at + offset, true)] as number) & (1 << offset)) === 0) return false
  return true
}

/** Adds a match, merged with the one before where they overlap. */
function addSpan(spans: number[], start: number, end: number): void {
  const last = spans.length - 1
  const previousEnd = spans[last]
  if (previousEnd === undefined || start >= previousEnd) spans.push(start, end)
  else if (end > previousEnd) spans[last] = end
}

/** Where the undecided part starts; a match that reaches into it is taken back and found again with what follows. */
function undecidedFrom(spans: number[], at: number): number {
  const previousEnd = spans.at(-1)
  if (previousEnd === undefined || previousEnd <= at) return at
  const start = spans.at(-2) ?? at
  spans.length -= 2
  return start
}
