import { chmodSync, readdirSync, rm, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

const options = { recursive: true, force: true, maxRetries: 3 }
const remove = promisify(rm)

/**
 * Removes a directory that programs have written to, also where they left directories that may not be written to, as Go's module cache
 * is. What cannot be removed all the same stays; never rejects.
 */
export async function removeTree(path: string): Promise<void> {
  try {
    await remove(path, options)
  } catch {
    removeTreeSync(path)
  }
}

/** The same, for when nothing else is to be done: of a few files it takes a third of the time. Never throws. */
export function removeTreeSync(path: string): void {
  try {
    rmSync(path, options)
  } catch {
    try {
      makeWritable(path)
      rmSync(path, options)
    } catch {
      // Whoever made it may try again: see `removeLeftovers`.
    }
  }
}

function makeWritable(directory: string): void {
  chmodSync(directory, 0o700)
  for (const entry of readdirSync(directory, { withFileTypes: true }))
    if (entry.isDirectory()) makeWritable(join(directory, entry.name))
}
