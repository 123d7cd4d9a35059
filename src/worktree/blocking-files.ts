import type { Dirent, Stats } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** What git opens wherever it meets it in a working tree. */
const readByGit = new Set(['.gitignore', '.gitattributes', '.gitmodules'])

/** A file of git's in a folder that git would wait for without end: a named pipe, a device. Undefined where there is none, or the signal says that nobody asks any more. */
export async function findBlockingFile(folder: string, signal: AbortSignal): Promise<string | undefined> {
  const waiting = [folder]
  for (let at = waiting.pop(); at !== undefined && !signal.aborted; at = waiting.pop())
    for (const entry of await entriesOf(at)) {
      const path = join(at, entry.name)
      if (readByGit.has(entry.name)) {
        const kind = entry.isSymbolicLink() ? await statOf(path) : entry
        if (kind?.isFIFO() === true || kind?.isCharacterDevice() === true || kind?.isSocket() === true) return path
      }
      if (entry.isDirectory() && entry.name !== '.git') waiting.push(path)
    }
  return undefined
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch {
    return []
  }
}

async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path)
  } catch {
    return undefined
  }
}
