import { readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/**
 * The run directory that a path means: itself, without symbolic links (`latest` may move on meanwhile), or what a
 * `latest` file names where links cannot be made (Windows). A path to anything else comes back unchanged.
 */
export function resolveRunDirectory(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat?.isDirectory() === true) return realpathSync(path)
  if (stat === undefined || stat.size > 4096) return path
  const named = resolve(dirname(path), readFileSync(path, 'utf8').trim())
  return statSync(named, { throwIfNoEntry: false })?.isDirectory() === true ? named : path
}
