import { realpathSync } from 'node:fs'
import { delimiter, isAbsolute, relative, resolve, sep } from 'node:path'

/** A PATH without the entries that lead into a folder, and these. */
export interface OutsidePath {
  readonly path: string
  readonly left: readonly string[]
}

/**
 * A PATH on which no program of this folder is found, be it named by a relative or empty entry or reached by a link: what a checkout brings
 * does not stand in for `git`.
 */
export function outsidePath(path: string, folder: string): OutsidePath {
  const entries = path.split(delimiter)
  const isInside = (entry: string): boolean => !isAbsolute(entry) || leadsInto(entry, folder)
  return {
    path: entries.filter((entry) => !isInside(entry)).join(delimiter),
    left: entries.filter((entry) => entry !== '' && isInside(entry)),
  }
}

/** Whether a path, with its links followed or not, is this folder or something in it. */
export function leadsInto(path: string, folder: string): boolean {
  const absolute = resolve(path)
  return [absolute, realOf(absolute)].some((from) => [resolve(folder), realOf(folder)].some((to) => isWithin(from, to)))
}

/** Whether a path is this folder or something in it, as both are written. */
export function isWithin(path: string, folder: string): boolean {
  const steps = relative(folder, path)
  return steps.split(sep)[0] !== '..' && !isAbsolute(steps)
}

function realOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return resolve(path)
  }
}
