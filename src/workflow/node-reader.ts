import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import { nearestName } from './suggestion.ts'
import type { Diagnostics } from './diagnostics.ts'
import type { Origins, Plain } from './origins.ts'
import { rangeAt, type SourceFile } from './source-file.ts'
import { nestingLimit } from './yaml-errors.ts'

/** Most nodes that aliases may add to a document: beyond it a few lines could fill the memory. */
const aliasLimit = 100_000

interface Anchor {
  /** What it stands for; undefined while that is being read. */
  value: { readonly of: unknown } | undefined
  size: number
}

/** A map that is being read, perhaps in several pieces. */
export interface OpenMap {
  readonly start: number
  readonly end: number
  readonly map: Record<string, unknown>
  readonly keys: string[]
  readonly places: number[]
  readonly merged: Plain[]
}

/** A pair whose value was begun in earlier pieces: where its key stands, and what there is of the value. */
export interface Continued {
  readonly keyOffset: number
  readonly value: OpenMap
}

/** Turns nodes of the parser's tree into plain data, in the order of the document. */
export interface NodeReader {
  read(node: unknown, depth: number): unknown
  /** A map without keys that stands where `node` stands. */
  open(node: YAMLMap, inPieces: boolean): OpenMap
  /** Adds the pairs of a piece. */
  extend(open: OpenMap, node: YAMLMap, depth: number, continued?: Continued): void
  /** The map, with what its merge keys bring. */
  close(open: OpenMap): Plain
}

/** A reader with no anchors yet; it reports what is wrong with keys, aliases and numbers. */
export function createNodeReader(file: SourceFile, origins: Origins, diagnostics: Diagnostics): NodeReader {
  const anchors = new Map<string, Anchor>()
  let size = 0
  let added = 0
  let exploded = false

  function read(node: unknown, depth: number): unknown {
    size++
    if (isAlias(node)) return resolveAlias(node.source, node)
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return null
    if (node.anchor === undefined) return readContent(node, depth)
    const anchor: Anchor = { value: undefined, size }
    anchors.set(node.anchor, anchor)
    const value = readContent(node, depth)
    anchor.value = { of: value }
    anchor.size = size - anchor.size
    return value
  }

  function readContent(node: Node, depth: number): unknown {
    if (isScalar(node)) return readScalar(node)
    if (depth >= nestingLimit) {
      diagnostics.error('nesting-too-deep', `maps and lists are nested more than ${nestingLimit} deep`, rangeOf(node))
      return undefined
    }
    return isMap(node) ? readMap(node, depth) : isSeq(node) ? readList(node, depth) : null
  }

  function readScalar(node: Scalar): unknown {
    const { value, tag } = node
    if (tag === '!') {
      diagnostics.error(
        'yaml-tag-resolve-failed',
        'a `!` before a text is a YAML tag: it would be lost',
        rangeOf(node),
        {
          hint: 'Quote the whole value, or write it on the line below `|`.',
        },
      )
      return undefined
    }
    if (typeof value === 'number' && !Number.isFinite(value)) {
      diagnostics.error('not-a-number', 'infinity and “not a number” are not allowed here', rangeOf(node), {
        hint: 'Quote it if you mean text.',
      })
      return undefined
    }
    if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      return value
    return typeof value === 'bigint' ? value.toString() : null
  }

  function readList(node: YAMLSeq, depth: number): unknown[] {
    const list = node.items.map((item) => read(item, depth + 1))
    const places = node.items.flatMap((item) => [-1, -1, ...extentOf(item)])
    const [start, end] = extentOf(node)
    origins.add(list, { file, start, end, keys: undefined, places, merged: none })
    return list
  }

  function readMap(node: YAMLMap, depth: number): Plain {
    const map = open(node, false)
    extend(map, node, depth)
    return close(map)
  }

  function open(node: YAMLMap, inPieces: boolean): OpenMap {
    const merged: Plain[] = inPieces || node.items.some(isMergePair) ? [] : none
    const [start, end] = extentOf(node)
    return { start, end, map: {}, keys: [], places: [], merged }
  }

  function extend(open: OpenMap, node: YAMLMap, depth: number, continued?: Continued): void {
    const { map, keys, places, merged } = open
    for (const pair of node.items) {
      const key = readKey(pair)
      const isContinued = continued !== undefined && extentOf(pair.key)[0] === continued.keyOffset
      const value = isContinued ? finish(continued.value, pair.value, depth + 1) : read(pair.value, depth + 1)
      if (key === undefined) continue
      if (isMergePair(pair)) merge(pair, value, merged)
      else if (Object.hasOwn(map, key)) reportDuplicate(open, pair, key)
      else {
        map[key] = value
        keys.push(key)
        const [start, end] = isContinued ? [continued.value.start, continued.value.end] : extentOf(pair.value)
        places.push(...extentOf(pair.key), start, end)
      }
    }
  }

  /** The last piece of a value that was begun before. */
  function finish(opened: OpenMap, node: unknown, depth: number): unknown {
    if (isMap(node)) {
      extend(opened, node, depth)
      if (node.anchor !== undefined)
        anchors.set(node.anchor, { value: { of: opened.map }, size: opened.keys.length * 4 })
    }
    return close(opened)
  }

  function close({ start, end, map, keys, places, merged }: OpenMap): Plain {
    origins.add(map, { file, start, end, keys, places, merged })
    for (const source of merged)
      for (const [key, value] of Object.entries(source)) if (!Object.hasOwn(map, key)) map[key] = value
    return map
  }

  function readKey(pair: Pair): string | undefined {
    const key = keyText(pair)
    if (key === undefined || key === '') {
      const place = isScalar(pair.key) && pair.key.source === '' ? pair.value : pair.key
      diagnostics.error('key-not-text', 'a key must be a string', rangeOf(place ?? pair.key))
      return undefined
    }
    if (key === '__proto__') {
      diagnostics.error('reserved-key', '`__proto__` cannot be a key', rangeOf(pair.key))
      return undefined
    }
    return key
  }

  function merge(pair: Pair, value: unknown, merged: Plain[]): void {
    const sources: unknown[] = Array.isArray(value) ? value : [value]
    for (const source of sources) {
      if (typeof source === 'object' && source !== null && !Array.isArray(source)) merged.push(source)
      else if (source !== undefined)
        diagnostics.error(
          'merge-key',
          '`<<` must be a map or a list of maps to merge',
          rangeOf(pair.value ?? pair.key),
          {
            hint: 'Name an anchored map: `<<: *name`.',
          },
        )
    }
  }

  function reportDuplicate({ keys, places }: OpenMap, pair: Pair, key: string): void {
    const at = keys.indexOf(key) * 4
    diagnostics.error('duplicate-key', `\`${key}\` is defined twice`, rangeOf(pair.key), {
      notes: [{ message: 'first defined here', range: rangeAt(file, places[at] ?? 0, places[at + 1] ?? 0) }],
    })
  }

  function resolveAlias(name: string, node: Node): unknown {
    const anchor = anchors.get(name)
    if (anchor === undefined) {
      const near = nearestName(name, anchors.keys())
      diagnostics.error('unknown-anchor', `no anchor \`&${name}\` is defined before this`, rangeOf(node), {
        hint: near === undefined ? 'Quote the whole value if the `*` belongs to a text.' : `Did you mean \`*${near}\`?`,
      })
      return undefined
    }
    if (anchor.value === undefined) {
      diagnostics.error('recursive-alias', `\`*${name}\` refers to itself`, rangeOf(node))
      return undefined
    }
    size += anchor.size
    added += anchor.size
    if (added <= aliasLimit) return anchor.value.of
    if (exploded) return undefined
    exploded = true
    diagnostics.error('alias-bomb', `aliases add more than ${aliasLimit} values to the document`, rangeOf(node))
    return undefined
  }

  function rangeOf(node: unknown) {
    const [start, end] = extentOf(node)
    return rangeAt(file, start, isScalar(node) || isAlias(node) ? end : start + 1)
  }

  return { read, open, extend, close }
}

/** Text of a map's key; undefined when it is no scalar. */
function keyText({ key }: Pair): string | undefined {
  if (!isScalar(key)) return undefined
  return typeof key.value === 'string' ? key.value : (key.source ?? undefined)
}

/** Offsets of a node; -1 when nothing is written. A block map or list, which ends lines later, ends with its first key. */
function extentOf(node: unknown): readonly [number, number] {
  const range = rangeOfNode(node)
  if (range === undefined || (isScalar(node) && node.source === '' && range[0] === range[1])) return nowhere
  if ((isMap(node) || isSeq(node)) && node.flow !== true) {
    const first: unknown = isMap(node) ? node.items[0]?.key : node.items[0]
    const [, end] = extentOf(first)
    return [range[0], Math.max(end, range[0] + 1)]
  }
  return [range[0], range[1]]
}

/** Whether a pair is `<<: …`; in quotes it is a key like any other. */
function isMergePair({ key }: Pair): boolean {
  return isScalar(key) && key.value === '<<' && key.type === 'PLAIN'
}

const none: Plain[] = []

const nowhere = [-1, -1] as const

function rangeOfNode(node: unknown): readonly [number, number, number] | undefined {
  return isNode(node) ? (node.range ?? undefined) : undefined
}
