import { renameSync, rmSync } from 'node:fs'
import { writeNewFile } from '../process/create-file.ts'

/**
 * Writes a whole file or none of it: under a temporary name beside it, then renamed over it. Throws as `node:fs` does and leaves
 * what was there before, so that nobody takes half a report for a whole one. Not forced to the disk: after a power cut the journal makes it anew.
 */
export function writeFileAtomically(path: string, content: string | Uint8Array | Generator<string>): void {
  const temporary = `${path}.${process.pid}.tmp`
  try {
    writeNewFile(temporary, content)
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}
