/** About as many characters as a piece has: enough for writing it to be one of few calls, little enough to be gone soon. */
const pieceSize = 16_384

/**
 * What `JSON.stringify(value, null, indent)` makes and a line end, in pieces: for values whose text would take more than all else there is.
 * A list may be any iterable, so that its items need not be there at once either.
 */
export function* jsonPieces(value: object, indent = 0): Generator<string> {
  let piece = ''
  for (const part of partsOf(value, indent === 0 ? '' : '\n', ' '.repeat(indent))) {
    piece += part
    if (piece.length < pieceSize) continue
    yield piece
    piece = ''
  }
  yield `${piece}\n`
}

/** A list item by item, a map key by key, with what it holds in parts; what is in a list is as small as it gets. */
function* partsOf(value: unknown, margin: string, step: string): Generator<string> {
  if (typeof value !== 'object' || value === null) return yield JSON.stringify(value)
  const inner = margin + step
  const isList = Symbol.iterator in value
  let before = isList ? '[' : '{'
  if (isList)
    for (const item of value as Iterable<unknown>) {
      const text = step === '' ? JSON.stringify(item) : JSON.stringify(item, null, step).replaceAll('\n', inner)
      yield `${before}${inner}${text}`
      before = ','
    }
  else
    for (const [key, item] of Object.entries(value)) {
      if (item === undefined) continue
      yield `${before}${inner}${JSON.stringify(key)}:${step === '' ? '' : ' '}`
      yield* partsOf(item, inner, step)
      before = ','
    }
  yield before === ',' ? `${margin}${isList ? ']' : '}'}` : isList ? '[]' : '{}'
}
