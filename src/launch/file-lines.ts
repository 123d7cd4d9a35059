import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import { leadsInto } from '../process/outside-path.ts'
import { readRegularFile } from '../process/read-regular-file.ts'

/** A larger file is no source of anybody; lines in it are taken as they are. */
const fileBytes = 4 * 1_048_576

/** Lines of the files below a directory, each read once; none of what is no file there. */
export function createFileLines(root: string): (path: string) => readonly string[] | undefined {
  const known = new Map<string, readonly string[] | undefined>()
  return (path) => {
    if (!known.has(path)) known.set(path, readLines(root, path))
    return known.get(path)
  }
}

function readLines(root: string, path: string): readonly string[] | undefined {
  try {
    const file = realpathSync(join(root, path))
    if (!leadsInto(file, root)) return undefined
    const text = readRegularFile(file, { maxBytes: fileBytes, followLinks: false }).toString('utf8')
    return text.replace(/\r?\n$/, '').split(/\r?\n/)
  } catch {
    return undefined
  }
}
