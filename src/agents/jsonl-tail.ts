import { closeSync, fstatSync, readdirSync, readSync, lstatSync } from 'node:fs'
import { join } from 'node:path'
import { openRegularFile } from '../process/read-regular-file.ts'

/** Most bytes that are taken in at one look. */
const mostBytes = 64 * 1024 * 1024

/** The lines that have come to a file since it was last looked at. */
export interface JsonlTail {
  /** Whole lines only; nothing of a file that cannot be read: it is the agent's, to do with as it likes. */
  next(): string[]
}

/** Follows a file that another process appends lines to, from a line that begins at so many bytes. */
export function openJsonlTail(path: string, start = 0): JsonlTail {
  let offset = start
  let rest = Buffer.alloc(0)
  return {
    next() {
      const added = readFrom(path, offset)
      if (added.length === 0) return []
      offset += added.length
      const bytes = Buffer.concat([rest, added])
      const end = bytes.lastIndexOf(0x0a) + 1
      rest = bytes.subarray(end)
      return bytes.toString('utf8', 0, end).split('\n').slice(0, -1)
    },
  }
}

/** The files below a folder whose names match, in the order of their names. */
export function filesBelow(folder: string, name: RegExp): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => name.test(file))
      .toSorted()
      .map((file) => join(folder, file))
      .filter((path) => lstatSync(path, { throwIfNoEntry: false })?.isFile() === true)
  } catch {
    return []
  }
}

function readFrom(path: string, offset: number): Buffer {
  let file: number
  try {
    file = openRegularFile(path, false)
  } catch {
    return Buffer.alloc(0)
  }
  try {
    const bytes = Buffer.alloc(Math.min(mostBytes, Math.max(0, fstatSync(file).size - offset)))
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, offset))
  } finally {
    closeSync(file)
  }
}
