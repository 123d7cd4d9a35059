import { Composer, isMap, Parser, YAMLParseError, type CST, type Document, type YAMLError, type YAMLMap } from 'yaml'
import type { Continued, NodeReader, OpenMap } from './node-reader.ts'

/** Fewest finished entries of a map that are worth a piece of their own. */
const pieceSize = 16

/**
 * Reads a long document slice by slice. Entries of the map at the top, and of the map that is its newest value (the
 * instances), are composed and read as soon as the next one has begun, so that neither all tokens nor the whole tree
 * are ever in memory. The result is that of reading everything at once.
 */
export function streamYaml(
  text: string,
  sliceSize: number,
  reader: NodeReader,
  report: (errors: readonly YAMLError[]) => void,
): unknown {
  const parser = new Parser()
  const tokens: CST.Token[] = []
  let top: OpenMap | undefined
  let inner: (Continued & { readonly token: CST.Token }) | undefined

  for (let start = 0, end = 0, size = sliceSize; start < text.length; start = end) {
    // Slices are whole lines: what a character means may depend on the one behind it.
    const lineEnd = text.indexOf('\n', start + size - 1)
    end = lineEnd === -1 ? text.length : lineEnd + 1
    for (const token of parser.parse(text.slice(start, end), end < text.length)) tokens.push(token)
    // The parser begins a long scalar anew with each slice: the next one is longer until something is finished.
    size = drain() ? sliceSize : size * 2
  }
  return finish()

  /** Whether entries of the inner map were finished and are read. */
  function drain(): boolean {
    const [document, map, below] = parser.stack
    if (tokens.length > 0 || document?.type !== 'document' || map?.type !== 'block-map') return false
    if (document.start.length > 0 && document.start.some((token) => token.type === 'doc-start')) return false
    const last = map.items.at(-1)
    if (last === undefined || map.items.length > pieceSize || below?.type === 'block-map') takeTop(map)
    if (below?.type !== 'block-map' || below.items.length <= pieceSize) return false
    const key = last?.key
    if (key === undefined || key === null || last?.explicitKey === true) return false
    const piece = compose(below, takeAllButNewest(below))
    if (piece === undefined) return false
    if (inner?.token !== key) inner = { token: key, keyOffset: key.offset, value: reader.open(piece, true) }
    reader.extend(inner.value, piece, 1)
    return true
  }

  /** All entries of the top map but the newest, in their order. */
  function takeTop(map: CST.BlockMap): void {
    const items = takeAllButNewest(map)
    const piece = items.length === 0 ? undefined : compose(map, items)
    if (piece !== undefined) extendTop(piece)
  }

  function extendTop(piece: YAMLMap): void {
    top ??= reader.open(piece, true)
    reader.extend(top, piece, 0, inner)
  }

  function compose(map: CST.BlockMap, items: CST.BlockMap['items']): YAMLMap | undefined {
    const { offset } = items[0]?.key ?? map
    const value: CST.BlockMap = { type: 'block-map', offset, indent: map.indent, items }
    const [document] = composeAll([{ type: 'document', offset, start: [], value }])
    return document !== undefined && isMap(document.contents) ? document.contents : undefined
  }

  function composeAll(list: Iterable<CST.Token>): Document[] {
    const composer = new Composer({ uniqueKeys: false, prettyErrors: false, keepSourceTokens: false })
    const documents: Document[] = []
    for (const document of composer.compose(list, true, text.length)) {
      report([...document.errors, ...document.warnings])
      documents.push(document)
    }
    return documents
  }

  function finish(): unknown {
    const [document, second] = composeAll(tokens)
    if (second !== undefined)
      report([new YAMLParseError([second.range?.[0] ?? 0, second.range?.[1] ?? 0], 'MULTIPLE_DOCS', '')])
    const contents = document?.contents
    if (top === undefined && inner === undefined) return reader.read(contents, 0)
    if (isMap(contents)) extendTop(contents)
    return top === undefined ? undefined : reader.close(top)
  }
}

/** All entries but the newest, by which the map begins from now on: a key is measured from there. */
function takeAllButNewest(map: CST.BlockMap): CST.BlockMap['items'] {
  const items = map.items.splice(0, map.items.length - 1)
  const [newest] = map.items
  map.offset = newest?.start[0]?.offset ?? newest?.key?.offset ?? map.offset
  return items
}
