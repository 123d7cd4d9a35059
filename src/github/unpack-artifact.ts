import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readZip } from './read-zip.ts'

/** Bytes of a run directory that are unpacked at most. */
const unpackedLimit = 256 * 1024 * 1024

/** Unpacks the artifact of a run into a directory of its own; false where it is too large. Throws ZipError, and as `node:fs` does. */
export function unpackArtifact(archive: Buffer, directory: string): boolean {
  let left = unpackedLimit
  for (const entry of readZip(archive)) {
    left -= entry.size
    if (left < 0) return false
    const path = join(directory, entry.path)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, entry.read(), { flag: 'wx' })
  }
  return true
}
