/** About as many characters as a piece has: enough for writing it to be one of few calls, little enough to be gone soon. */
const pieceSize = 32_768
/** Most items of a list that become text together. */
const mostTogether = 256

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

/** A list some items at a time, a map key by key, with what it holds in parts; what is in a list is as small as it gets. */
function* partsOf(value: unknown, margin: string, step: string): Generator<string> {
  if (typeof value !== 'object' || value === null) return yield JSON.stringify(value)
  const inner = margin + step
  const isList = Symbol.iterator in value
  let before = isList ? '[' : '{'
  if (isList)
    for (const items of together(value as Iterable<unknown>, inner, step)) {
      yield `${before}${items}`
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

/** The text of so many items at a time, with commas between, as fill a piece if they are no larger than those before. */
function* together(list: Iterable<unknown>, inner: string, step: string): Generator<string> {
  let items: unknown[] = []
  let count = 1
  for (const item of list) {
    items.push(item)
    if (items.length < count) continue
    const text = textOf(items, inner, step)
    yield text
    count = Math.max(1, Math.min(mostTogether, Math.floor((pieceSize * items.length) / text.length)))
    items = []
  }
  if (items.length > 0) yield textOf(items, inner, step)
}

/** As deep inside lists as they are inside everything, items come out with their margin; what is around them is cut off. */
function textOf(items: readonly unknown[], inner: string, step: string): string {
  if (step === '') return JSON.stringify(items).slice(1, -1)
  const depth = (inner.length - 1) / step.length
  let nested = items
  for (let level = 1; level < depth; level++) nested = [nested]
  const margins = (step.length * depth * (depth - 1)) / 2
  return JSON.stringify(nested, null, step).slice(2 * depth - 1 + margins, -2 * depth - margins)
}
