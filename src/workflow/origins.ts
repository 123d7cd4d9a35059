import { isMap, isScalar, isSeq, type Pair, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml'
import type { SourceRange } from '../core/diagnostic.ts'
import { rangeAt, type SourceFile } from './source-file.ts'

/** A map or list of the document as plain data. */
export type Plain = object

interface Origin {
  readonly node: YAMLMap | YAMLSeq
  readonly file: SourceFile
  /** Plain maps that merge keys (`<<`) brought in, in order of precedence. */
  readonly merged: readonly Plain[]
  /** Pairs by key, made when a large map is first asked. */
  index?: Map<string, Pair>
}

/** Where plain data stands in the files; positions are worked out only when somebody asks. */
export interface Origins {
  /** Remembers which node a plain map or list was made of. */
  add(plain: Plain, node: YAMLMap | YAMLSeq, file: SourceFile, merged?: readonly Plain[]): void
  /** Makes `copy` stand where `plain` stands. */
  alias(copy: Plain, plain: Plain): void
  /** The whole map or list. */
  ofPlain(plain: Plain): SourceRange
  /** A key; for an item of a list, the item. */
  ofKey(plain: Plain, key: string | number): SourceRange
  /** The value of a key; the key itself where there is none. */
  ofValue(plain: Plain, key: string | number): SourceRange
  /** A stretch of a scalar's value, where expressions and the like stand. */
  inside(plain: Plain, key: string | number, offset: number, length: number): SourceRange
  /** The scalar's text as it is written, for numbers such as `1.10`; undefined where it is no scalar. */
  written(plain: Plain, key: string | number): string | undefined
}

/** Text of a map's key; undefined when it is no scalar. */
export function keyText(pair: Pair): string | undefined {
  const { key } = pair
  if (!isScalar(key)) return undefined
  return typeof key.value === 'string' ? key.value : (key.source ?? undefined)
}

/** Without any plain data yet; `root` is where diagnostics go when nothing nearer is known. */
export function createOrigins(root: SourceFile): Origins {
  const origins = new Map<Plain, Origin>()
  const start = (): SourceRange => rangeAt(root, 0, 0)

  /** The key and value nodes, in the map itself or where a merge key took them from. */
  function find(plain: Plain, key: string | number): { file: SourceFile; key?: unknown; value: unknown } | undefined {
    const origin = origins.get(plain)
    if (origin === undefined) return undefined
    const { node, file } = origin
    if (isSeq(node)) return { file, value: node.items[Number(key)] }
    const pair = pairOf(origin, node, String(key))
    if (pair !== undefined) return { file, key: pair.key, value: pair.value }
    for (const source of origin.merged) {
      const found = Object.hasOwn(source, key) ? find(source, key) : undefined
      if (found !== undefined) return found
    }
    return undefined
  }

  return {
    add: (plain, node, file, merged = []) => void origins.set(plain, { node, file, merged }),
    alias(copy, plain) {
      const origin = origins.get(plain)
      if (origin !== undefined) origins.set(copy, origin)
    },
    ofPlain(plain) {
      const origin = origins.get(plain)
      return (origin && rangeOf(origin.node, origin.file)) ?? start()
    },
    ofKey(plain, key) {
      const found = find(plain, key)
      return (found && rangeOf(found.key ?? found.value, found.file)) ?? this.ofPlain(plain)
    },
    ofValue(plain, key) {
      const found = find(plain, key)
      if (found === undefined) return this.ofPlain(plain)
      const hasText = isScalar(found.value) ? found.value.value !== null || found.value.source !== '' : true
      return (hasText ? rangeOf(found.value, found.file) : undefined) ?? this.ofKey(plain, key)
    },
    inside(plain, key, offset, length) {
      const found = find(plain, key)
      if (found === undefined || !isScalar(found.value)) return this.ofValue(plain, key)
      return insideScalar(found.value, found.file, offset, length) ?? this.ofValue(plain, key)
    },
    written(plain, key) {
      const value = find(plain, key)?.value
      return isScalar(value) ? (value.source ?? undefined) : undefined
    },
  }
}

function rangeOf(node: unknown, file: SourceFile): SourceRange | undefined {
  const range = nodeRange(node)
  if (range === undefined) return undefined
  const [from, end] = range
  return rangeAt(file, from, Math.max(end, from + 1))
}

/** From how many pairs on an index is worth its memory. */
const indexFrom = 24

function pairOf(origin: Origin, node: YAMLMap, key: string): Pair | undefined {
  if (node.items.length < indexFrom) return node.items.find((pair) => keyText(pair) === key)
  if (origin.index === undefined) {
    origin.index = new Map()
    for (const pair of node.items) {
      const text = keyText(pair)
      if (text !== undefined && !origin.index.has(text)) origin.index.set(text, pair)
    }
  }
  return origin.index.get(key)
}

function nodeRange(node: unknown): readonly [number, number] | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node)) return undefined
  const { range } = node
  if (!Array.isArray(range)) return undefined
  const [from, valueEnd] = range
  return typeof from === 'number' && typeof valueEnd === 'number' ? [from, trimmedEnd(node, from, valueEnd)] : undefined
}

/** Block collections end after the line feed of their last line; a caret should not. */
function trimmedEnd(node: object, from: number, end: number): number {
  if ((isMap(node) || isSeq(node)) && node.flow !== true) {
    const first: unknown = isMap(node) ? node.items[0]?.key : node.items[0]
    const range = nodeRange(first)
    return range === undefined ? end : Math.max(range[1], from)
  }
  return end
}

/**
 * Finds a stretch of a scalar's value in the source, by reading both side by side: what the value does not have
 * (indentation, quotes, escapes, line folds) is skipped in the source.
 */
function insideScalar(scalar: Scalar, file: SourceFile, offset: number, length: number): SourceRange | undefined {
  const range = nodeRange(scalar)
  if (range === undefined || typeof scalar.value !== 'string') return undefined
  const { value } = scalar
  const [from, end] = range
  const isBlock = scalar.type === 'BLOCK_LITERAL' || scalar.type === 'BLOCK_FOLDED'
  let at = isBlock ? file.text.indexOf('\n', from) + 1 : from
  if (scalar.type === 'QUOTE_DOUBLE' || scalar.type === 'QUOTE_SINGLE') at++
  let startAt = at
  for (let index = 0; index < offset + length && index < value.length && at < end; index++) {
    const wanted = value[index]
    let probe = at
    while (probe < end && file.text[probe] !== wanted && /[\s\\'"]/.test(file.text[probe] ?? '')) probe++
    if (file.text[probe] !== wanted) {
      // An escape such as \u00e9, or a fold: the value has a character that the source spells differently.
      if (/\s/.test(wanted ?? '')) continue
      return undefined
    }
    if (index === offset) startAt = probe
    at = probe + 1
  }
  return rangeAt(file, startAt, Math.max(at, startAt + 1))
}
