import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readZip } from './read-zip.ts'

/** What of an artifact is unpacked. */
export interface Unpacking {
  /** Bytes at most, of all files together. Default 256 MiB. */
  readonly maxBytes?: number
  /** Default: every file. */
  readonly isWanted?: (path: string) => boolean
}

const usualBytes = 256 * 1024 * 1024

/** Unpacks the artifact of a run into a directory of its own; false where it is too large. Throws ZipError, and as `node:fs` does. */
export function unpackArtifact(
  archive: Buffer,
  directory: string,
  { maxBytes = usualBytes, isWanted = () => true }: Unpacking = {},
): boolean {
  let left = maxBytes
  for (const entry of readZip(archive)) {
    if (!isWanted(entry.path)) continue
    left -= entry.size
    if (left < 0) return false
    const path = join(directory, entry.path)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, entry.read(), { flag: 'wx' })
  }
  return true
}
