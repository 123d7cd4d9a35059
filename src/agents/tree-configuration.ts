import { lstatSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The first of these files or folders in a directory, and where `above` in those that it is in; not in `home`, which is no part of a working tree. */
export function findConfiguration(
  names: readonly string[],
  place: { readonly cwd: string; readonly home: string | undefined; readonly above: boolean },
): string | undefined {
  for (let directory = place.cwd; ; directory = dirname(directory)) {
    if (directory !== place.home)
      for (const name of names) {
        const path = join(directory, name)
        if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) return path
      }
    if (!place.above || directory === dirname(directory)) return undefined
  }
}
