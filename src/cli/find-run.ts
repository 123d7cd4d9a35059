import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/**
 * The run directory that a path means: itself, or what a `latest` file names where links cannot be made (Windows). A path to
 * anything else comes back unchanged.
 */
export function resolveRunDirectory(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined || stat.isDirectory() || stat.size > 4096) return path
  const named = resolve(dirname(path), readFileSync(path, 'utf8').trim())
  return statSync(named, { throwIfNoEntry: false })?.isDirectory() === true ? named : path
}
