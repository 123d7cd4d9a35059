import type { SourceRange } from '../core/diagnostic.ts'
import { getOrAdd } from '../core/get-or-add.ts'
import { rangeAt, type SourceFile } from './source-file.ts'

/** A map or list of the document as plain data. */
export type Plain = object

/**
 * Where a map or list stands in its file, in offsets only. `places` has four numbers for each key or item: start and end of the key,
 * start and end of the value; -1 where there is none.
 */
export interface Origin {
  readonly file: SourceFile
  readonly start: number
  readonly end: number
  /** Keys in the order of `places`; undefined for a list. */
  readonly keys: readonly string[] | undefined
  readonly places: readonly number[]
  /** Plain maps that merge keys (`<<`) brought in, in order of precedence. */
  readonly merged: readonly Plain[]
}

/** An origin as it is kept: there are as many as maps and lists in the files. */
interface Kept {
  readonly file: SourceFile
  /** Where its start, its end and its places begin among the offsets of all. */
  readonly at: number
  /** How many keys or items it has. */
  readonly count: number
  readonly keys: readonly string[] | undefined
  readonly merged: readonly Plain[]
}

/** Where plain data stands in the files; positions are worked out only when somebody asks. */
export interface Origins {
  /** Remembers where a plain map or list comes from. */
  add(plain: Plain, origin: Origin): void
  /** Makes `copy` stand where `plain` stands. */
  alias(copy: Plain, plain: Plain): void
  /** Makes `copy` stand where `plain` stands, and what `plain` does not have where `under` has it. */
  overlay(copy: Plain, plain: Plain, under: Plain): void
  /** Makes all of `plain`, which is written nowhere, stand where the value of a key stands. */
  place(plain: Plain, owner: Plain, key: string | number): void
  /** The whole map or list. */
  ofPlain(plain: Plain): SourceRange
  /** A key; for an item of a list, the item. */
  ofKey(plain: Plain, key: string | number): SourceRange
  /** The value of a key; the key itself where there is none. */
  ofValue(plain: Plain, key: string | number): SourceRange
  /** A stretch of a text value, where expressions and the like stand. */
  inside(plain: Plain, key: string | number, offset: number, length: number): SourceRange
  /** A number, `true` or `false` as it is written, as in `1.10`, also where an alias stands for it; undefined where nothing is. */
  written(plain: Plain, key: string | number): string | undefined
}

interface Place {
  readonly file: SourceFile
  /** Start and end of the key and of the value; -1 where there is none. */
  readonly key: readonly [number, number]
  readonly value: readonly [number, number]
}

/** From how many keys on an index is worth its memory. */
const indexFrom = 24

/** Without any plain data yet; `root` is where diagnostics go when nothing nearer is known. */
export function createOrigins(root: SourceFile): Origins {
  const origins = new Map<Plain, Kept>()
  const indices = new Map<Kept, Map<string, number>>()
  const keyLists = new Map<string, readonly string[]>()
  let offsets = new Int32Array(1024)
  let used = 0

  function keep({ file, start, end, keys, places, merged }: Origin): Kept {
    const at = used
    used += 2 + places.length
    if (used > offsets.length) {
      const grown = new Int32Array(used * 2)
      grown.set(offsets)
      offsets = grown
    }
    offsets[at] = start
    offsets[at + 1] = end
    offsets.set(places, at + 2)
    return { file, at, count: places.length / 4, keys: keys && shareKeys(keys), merged }
  }

  const offsetAt = (index: number): number => offsets[index] ?? -1

  /** Most maps of a file have the keys of others. */
  function shareKeys(keys: readonly string[]): readonly string[] {
    if (keys.length >= indexFrom) return keys
    const name = JSON.stringify(keys)
    const known = keyLists.get(name)
    if (known !== undefined) return known
    keyLists.set(name, keys)
    return keys
  }

  /** The key and value, in the map itself or where a merge key took them from. */
  function find(plain: Plain, key: string | number): Place | undefined {
    const origin = origins.get(plain)
    if (origin === undefined) return undefined
    const { file, at, count, keys, merged } = origin
    const index = keys === undefined ? Number(key) : indexOf(origin, keys, String(key))
    if (index >= 0 && index < count) {
      const place = at + 2 + index * 4
      return { file, key: [offsetAt(place), offsetAt(place + 1)], value: [offsetAt(place + 2), offsetAt(place + 3)] }
    }
    for (const source of merged) {
      const found = Object.hasOwn(source, key) ? find(source, key) : undefined
      if (found !== undefined) return found
    }
    return undefined
  }

  function indexOf(origin: Kept, keys: readonly string[], key: string): number {
    if (keys.length < indexFrom) return keys.indexOf(key)
    const index = getOrAdd(indices, origin, () => {
      const made = new Map<string, number>()
      for (const [at, name] of keys.entries()) if (!made.has(name)) made.set(name, at)
      return made
    })
    return index.get(key) ?? -1
  }

  return {
    add: (plain, origin) => void origins.set(plain, keep(origin)),
    alias(copy, plain) {
      const origin = origins.get(plain)
      if (origin !== undefined) origins.set(copy, origin)
    },
    overlay(copy, plain, under) {
      const origin = origins.get(plain)
      if (origin !== undefined) origins.set(copy, { ...origin, merged: [...origin.merged, under] })
    },
    place(plain, owner, key) {
      const found = find(owner, key)
      if (found === undefined) return
      const [start, end] = found.value
      origins.set(plain, keep({ file: found.file, start, end, keys: undefined, places: [], merged: [] }))
    },
    ofPlain(plain) {
      const origin = origins.get(plain)
      return origin === undefined
        ? rangeAt(root, 0, 0)
        : rangeAt(origin.file, offsetAt(origin.at), offsetAt(origin.at + 1))
    },
    ofKey(plain, key) {
      const found = find(plain, key)
      return (found && (rangeOf(found.key, found.file) ?? rangeOf(found.value, found.file))) ?? this.ofPlain(plain)
    },
    ofValue(plain, key) {
      const found = find(plain, key)
      return (found && (rangeOf(found.value, found.file) ?? rangeOf(found.key, found.file))) ?? this.ofPlain(plain)
    },
    inside(plain, key, offset, length) {
      const found = find(plain, key)
      const value: unknown = Reflect.get(plain, key)
      const range = found && typeof value === 'string' ? insideScalar(value, found, offset, length) : undefined
      return range ?? this.ofValue(plain, key)
    },
    written(plain, key) {
      const found = find(plain, key)
      if (found === undefined || found.value[0] < 0) return undefined
      const text = found.file.text.slice(...found.value)
      return text.startsWith('*') ? anchored(text.slice(1), found.file.text.slice(0, found.value[0])) : text
    },
  }
}

function rangeOf([start, end]: readonly [number, number], file: SourceFile): SourceRange | undefined {
  return start < 0 ? undefined : rangeAt(file, start, Math.max(end, start + 1))
}

/** The word after the last anchor of a name; undefined where it is not found. */
function anchored(name: string, before: string): string | undefined {
  const at = before.lastIndexOf(`&${name} `)
  return at === -1 ? undefined : /^\s+(?:!\S*\s+)?([^\s,\]}]+)/.exec(before.slice(at + 1 + name.length))?.[1]
}

/**
 * Finds a stretch of a scalar's value in the source, by reading both side by side: what the value does not have
 * (indentation, quotes, escapes, line folds) is skipped in the source.
 */
function insideScalar(
  value: string,
  { file, value: range }: Place,
  offset: number,
  length: number,
): SourceRange | undefined {
  const [from, end] = range
  const { text } = file
  const style = text[from]
  if (from < 0 || style === '*') return undefined
  let at =
    style === '|' || style === '>' ? text.indexOf('\n', from) + 1 : style === '"' || style === "'" ? from + 1 : from
  let startAt = at
  for (let index = 0; index < offset + length && index < value.length && at < end; index++) {
    const wanted = value[index]
    let probe = at
    while (probe < end && text[probe] !== wanted && /[\s\\'"]/.test(text[probe] ?? '')) probe++
    if (text[probe] !== wanted) {
      // A fold: the value has white space that the source spells differently. Anything else is an escape: give up.
      if (/\s/.test(wanted ?? '')) continue
      return undefined
    }
    if (index === offset) startAt = probe
    at = probe + 1
  }
  return rangeAt(file, startAt, Math.max(at, startAt + 1))
}
