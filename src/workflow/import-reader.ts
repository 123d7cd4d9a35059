import { closestName } from '../core/closest-name.ts'
import type { SourceRange } from '../core/diagnostic.ts'
import type { Diagnostics } from './diagnostics.ts'
import type { Origins } from './origins.ts'
import type { PrintedComment } from './print-file.ts'
import { isObject } from '../core/is-object.ts'

/** What a foreign file amounts to: an orchestration file as plain value, and what its reader should know. */
export interface Imported {
  readonly file: object
  readonly header: string
  readonly comments: readonly PrintedComment[]
}

/** A map of a foreign file. */
export type ForeignMap = Readonly<Record<string, unknown>>

/** Reads the keys of one map of a foreign file; what has the wrong type is reported and read as missing. */
export interface ImportReader {
  readonly map: ForeignMap
  text(key: string): string | undefined
  number(key: string): number | undefined
  flag(key: string): boolean | undefined
  /** A list of texts; a single text counts as a list of one. */
  texts(key: string): string[] | undefined
  /** A list of maps, each with its reader. */
  maps(key: string): ImportReader[] | undefined
  child(key: string): ImportReader | undefined
  has(key: string): boolean
  /** Where the value of a key stands; the map itself when there is none. */
  range(key?: string): SourceRange
  /** Warns about keys that are none of these, and says which they are. */
  unknownKeys(known: readonly string[]): string[]
}

/** A reader for a map, or undefined (and a diagnostic at `range`) when the value is none. */
export function readForeign(
  value: unknown,
  what: string,
  range: SourceRange,
  origins: Origins,
  diagnostics: Diagnostics,
): ImportReader | undefined {
  if (!isObject<ForeignMap>(value)) {
    diagnostics.error('import-wrong-type', `${what} must be a map`, range)
    return undefined
  }
  const map = value

  function read<T>(key: string, mustBe: string, take: (value: unknown) => T | undefined): T | undefined {
    const given = Object.hasOwn(map, key) ? map[key] : undefined
    if (given === undefined || given === null) return undefined
    const taken = take(given)
    if (taken === undefined)
      diagnostics.error('import-wrong-type', `\`${key}\` must be ${mustBe}`, origins.ofValue(map, key))
    return taken
  }

  const reader: ImportReader = {
    map,
    text: (key) => read(key, 'a string', asText),
    number: (key) => read(key, 'a number', (given) => (typeof given === 'number' ? given : undefined)),
    flag: (key) => read(key, '`true` or `false`', (given) => (typeof given === 'boolean' ? given : undefined)),
    texts: (key) =>
      read(key, 'a list of strings', (given) => {
        const texts = (Array.isArray(given) ? given : [given]).map(asText)
        return texts.every((item) => item !== undefined) ? texts : undefined
      }),
    maps: (key) =>
      read(key, 'a list', (given) => (isList(given) ? given : undefined))
        ?.map((item, index, list) =>
          readForeign(item, `an item of \`${key}\``, origins.ofValue(list, index), origins, diagnostics),
        )
        .filter((item) => item !== undefined),
    child: (key) =>
      Object.hasOwn(map, key) && map[key] !== null
        ? readForeign(map[key], `\`${key}\``, origins.ofValue(map, key), origins, diagnostics)
        : undefined,
    has: (key) => Object.hasOwn(map, key) && map[key] !== null,
    range: (key) => (key !== undefined && Object.hasOwn(map, key) ? origins.ofValue(map, key) : origins.ofPlain(map)),
    unknownKeys: (known) => {
      const unknown = Object.keys(map).filter((key) => !known.includes(key))
      for (const key of unknown) {
        const near = closestName(key, known)
        diagnostics.warning('import-unknown-key', `\`${key}\` is unknown and left out`, origins.ofKey(map, key), {
          hint: near === undefined ? undefined : `Did you mean \`${near}\`?`,
        })
      }
      return unknown
    },
  }
  return reader
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}
