import { createHash } from 'node:crypto'
import { compareTexts } from '../core/compare-texts.ts'
import { isObject } from '../core/is-object.ts'
import type { KeyDifference } from '../core/kept-outcome.ts'

/** A part of a content key: one hash of all of it, and hashes of what is in it by name, so that a difference can be named. */
export interface KeyPart {
  readonly digest: string
  /** Hashes, of which a few characters are enough to tell that something differs. */
  readonly items: Readonly<Record<string, string>>
}

/** All parts of a content key, by name. */
export type KeyParts = Readonly<Record<string, KeyPart>>

/** SHA-256 in hex. */
export function digestOf(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex')
}

/** JSON in which the order that the keys of an object were written in does not show; empty for what is no JSON. */
export function orderedJson(value: unknown): string {
  return (
    JSON.stringify(value, (_, part: unknown) =>
      isObject(part) ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => compareTexts(a, b))) : part,
    ) ?? ''
  )
}

/** Characters of a hash that a name of a part keeps. */
const shortLength = 12
/** Most names of a difference that are told. */
const mostNames = 10

/** A part of values by name. */
export function partOf(values: Readonly<Record<string, string | Uint8Array>>): KeyPart {
  const items: Record<string, string> = {}
  const hash = createHash('sha256')
  for (const name of Object.keys(values).toSorted()) {
    const digest = digestOf(values[name] ?? '')
    hash.update(JSON.stringify([name, digest]))
    items[name] = digest.slice(0, shortLength)
  }
  return { digest: hash.digest('hex'), items }
}

/** The content key: it differs when any part does. */
export function keyOf(parts: KeyParts): string {
  const names = Object.keys(parts).toSorted()
  return digestOf(JSON.stringify(names.map((name) => [name, parts[name]?.digest])))
}

/** What differs between two keys, part by part. */
export function differencesOf(before: KeyParts, after: KeyParts): KeyDifference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names.flatMap((part) => {
    const [was, is] = [before[part], after[part]]
    if (was?.digest === is?.digest) return []
    const all = [...new Set([...Object.keys(was?.items ?? {}), ...Object.keys(is?.items ?? {})])]
    const differing = all.filter((name) => was?.items[name] !== is?.items[name]).toSorted()
    const more = differing.length - mostNames
    return [{ part, names: differing.slice(0, mostNames), ...(more > 0 && { more }) }]
  })
}
