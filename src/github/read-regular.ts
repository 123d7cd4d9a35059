import { readFileSync, statSync } from 'node:fs'

/** The largest file that is read: above what GitHub sends of an event (25 MB) and what a diff to review has. */
const longest = 256 * 1_048_576

/**
 * Reads a file that programs of the run could reach, once none of them is alive; undefined where there is none. Throws as `node:fs` does, and an error that names the
 * file where something else stands there (a named pipe, a device), for that would hold us up without end.
 */
export function readRegular(path: string): Buffer | undefined {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return undefined
  if (!stat.isFile()) throw new Error(`${path} is not a regular file`)
  if (stat.size > longest) throw new Error(`${path} is larger than ${longest} bytes`)
  return readFileSync(path)
}
