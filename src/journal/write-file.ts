import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'

/**
 * Writes a whole file or none of it: under a temporary name beside it, then renamed over it. Throws as `node:fs` does and leaves
 * what was there before, so that nobody takes half a report for a whole one.
 */
export function writeFileAtomically(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.${process.pid}.tmp`
  let fd: number | undefined
  try {
    fd = openSync(temporary, 'w')
    writeFileSync(fd, content)
    fsyncSync(fd)
    closeSync(fd)
    fd = undefined
    renameSync(temporary, path)
  } catch (error) {
    if (fd !== undefined) closeSync(fd)
    rmSync(temporary, { force: true })
    throw error
  }
}
