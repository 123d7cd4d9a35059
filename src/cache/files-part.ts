import { createHash } from 'node:crypto'
import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { createPathFilter } from '../core/path-filter.ts'
import { namesIn } from '../process/names-in.ts'
import { digestOf, type KeyPart } from './content-key.ts'
import { idOf, type FileIds } from './file-ids.ts'

/** With more files than this a part names the folders they are in. */
const mostItems = 500

/** So many ignored files may be named; of more there is no key. */
const mostIgnored = 20_000

/**
 * The files that some filters let in, as a part of a content key; all files but the ignored where there are none. Of what git ignores count files that a filter names, or that are in a
 * folder it names (`dist/**`), and not what only its wildcards would let in. `also` count whatever the filters say. Throws where that are too many.
 */
export function filesPart(of: FileIds, filters: readonly string[] | undefined, also: readonly string[] = []): KeyPart {
  const chosen = filters === undefined ? of.paths : choose(of.paths, filters)
  const ids = filters === undefined ? new Map<string, string>() : idsOfIgnored(of, filters)
  const more = also.filter((path) => of.ids.has(path))
  const all =
    ids.size === 0 && more.length === 0 ? chosen : [...new Set([...chosen, ...more, ...ids.keys()])].toSorted()
  const idIn = (path: string): string | undefined => of.ids.get(path) ?? ids.get(path)
  const hash = createHash('sha256')
  for (const path of all) hash.update(`${path}\0${idIn(path)}\n`)
  return { digest: hash.digest('hex'), items: itemsOf(all, idIn) }
}

function idsOfIgnored({ ignored, workspace }: FileIds, filters: readonly string[]): Map<string, string> {
  const ids = new Map<string, string>()
  if (ignored.length === 0) return ids
  const naming = filters.filter((filter) => !filter.startsWith('!')).flatMap(namesOf)
  if (naming.length === 0) return ids
  const isNamed = createPathFilter(naming)
  const passes = createPathFilter(filters)
  const add = (path: string): void => {
    if (path.endsWith('/')) {
      for (const name of namesIn(join(workspace, path))) addIn(path, name)
      return
    }
    const id = passes(path) ? idOf(join(workspace, path)) : undefined
    if (id === undefined) return
    if (ids.size >= mostIgnored) throw new Error(`its paths let in more than ${mostIgnored} files that git ignores`)
    ids.set(path, id)
  }
  const addIn = (folder: string, name: string): void => {
    const path = folder + name
    const stat = lstatSync(join(workspace, path), { throwIfNoEntry: false })
    if (stat !== undefined) add(stat.isDirectory() ? `${path}/` : path)
  }
  for (const path of ignored) if (isNamed(path.replace(/\/$/, ''))) add(path)
  return ids
}

/** The files and folders that a filter names: each of its parts up to one that has no wildcard. */
function namesOf(filter: string): string[] {
  const steps = filter.split('/')
  return steps.flatMap((step, index) => (/[*?+[\\]/.test(step) ? [] : [steps.slice(0, index + 1).join('/')]))
}

function itemsOf(chosen: readonly string[], idIn: (path: string) => string | undefined): Record<string, string> {
  const shortId = (path: string): string => idIn(path)?.split(' ').at(-1)?.slice(0, 12) ?? ''
  if (chosen.length <= mostItems) return Object.fromEntries(chosen.map((path) => [path, idIn(path) ?? '']))
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
        digestOf(inside.map((path) => `${path} ${shortId(path)}`).join('\n')).slice(0, 12),
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
