import { createHash } from 'node:crypto'
import { createPathFilter } from '../core/path-filter.ts'
import { digestOf, type KeyPart } from './content-key.ts'
import type { FileIds } from './file-ids.ts'

/** With more files than this a part names the folders they are in. */
const mostItems = 500

/** The files that some filters let in, as a part of a content key; all files where there are none. */
export function filesPart({ paths, ids }: FileIds, filters: readonly string[] | undefined): KeyPart {
  const chosen = filters === undefined ? paths : choose(paths, filters)
  const hash = createHash('sha256')
  for (const path of chosen) hash.update(`${path}\0${ids.get(path)}\n`)
  return { digest: hash.digest('hex'), items: itemsOf(chosen, ids) }
}

function itemsOf(chosen: readonly string[], ids: FileIds['ids']): Record<string, string> {
  const idOf = (path: string): string => ids.get(path)?.split(' ').at(-1)?.slice(0, 12) ?? ''
  if (chosen.length <= mostItems) return Object.fromEntries(chosen.map((path) => [path, ids.get(path) ?? '']))
  for (const depth of [2, 1]) {
    const folders = new Map<string, string[]>()
    for (const path of chosen) {
      const steps = path.split('/')
      const name = steps.length <= depth ? path : `${steps.slice(0, depth).join('/')}/`
      const inside = folders.get(name)
      if (inside === undefined) folders.set(name, [path])
      else inside.push(path)
    }
    if (folders.size > mostItems && depth > 1) continue
    const all = [...folders].slice(0, mostItems)
    return Object.fromEntries(
      all.map(([name, inside]) => [
        name,
        digestOf(inside.map((path) => `${path} ${idOf(path)}`).join('\n')).slice(0, 12),
      ]),
    )
  }
  return {}
}

/** `src/**` and `src/a.ts` are looked up; only what has other signs is tried on the paths that begin as it does. */
function choose(paths: readonly string[], filters: readonly string[]): readonly string[] {
  const positive = filters.filter((filter) => !filter.startsWith('!'))
  const ranges = positive.map((filter) => rangeOf(paths, literalOf(filter)))
  const [only] = filters
  if (filters.length === 1 && only !== undefined && isSubtree(only)) return paths.slice(...(ranges[0] ?? [0, 0]))
  const passes = createPathFilter(filters)
  const merged = ranges.toSorted(([a], [b]) => a - b)
  const chosen: string[] = []
  let next = 0
  for (const [start, end] of merged)
    for (next = Math.max(next, start); next < end; next++) {
      const path = paths[next]
      if (path !== undefined && passes(path)) chosen.push(path)
    }
  return chosen
}

/** What every path has at its start that a filter lets in. */
function literalOf(filter: string): string {
  const at = filter.search(/[*?+[\\]/)
  if (at === -1) return filter
  // A sign of repetition speaks of the character before it.
  return filter.slice(0, filter[at] === '?' || filter[at] === '+' ? Math.max(0, at - 1) : at)
}

function isSubtree(filter: string): boolean {
  return filter.endsWith('/**') && literalOf(filter).length === filter.length - 2
}

/** The paths that begin with a text, which stand beside each other. */
function rangeOf(paths: readonly string[], start: string): [number, number] {
  if (start === '') return [0, paths.length]
  const first = lowerBound(paths, (path) => path >= start)
  return [first, lowerBound(paths, (path) => path >= start && !path.startsWith(start))]
}

function lowerBound(paths: readonly string[], holds: (path: string) => boolean): number {
  let low = 0
  let high = paths.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(paths[middle] ?? '')) high = middle
    else low = middle + 1
  }
  return low
}
