import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import type { DiffPart } from '../core/changes.ts'

/** How a file is to be read. */
export interface ReadRegularFileOptions {
  /** A larger file is refused. */
  readonly maxBytes: number
  /** Whether a symbolic link may stand for the file; default: yes. */
  readonly followLinks?: boolean
}

/**
 * Reads a whole file that must be a regular one within a size: neither a named pipe that nobody writes to nor a device without an end holds
 * us up. Throws as `node:fs` does, and an error whose message says what is there instead.
 */
export function readRegularFile(
  path: string | Buffer,
  { maxBytes, followLinks = true }: ReadRegularFileOptions,
): Buffer {
  const fd = openRegularFile(path, followLinks)
  try {
    const { size } = fstatSync(fd)
    if (size > maxBytes) throw tooLarge(path, maxBytes)
    // What grows meanwhile, or is of a kind that tells no size, is read to its end all the same.
    let bytes = Buffer.allocUnsafeSlow(size + 1)
    let length = 0
    for (;;) {
      const read = readSync(fd, bytes, length, bytes.length - length, null)
      length += read
      if (length > maxBytes) throw tooLarge(path, maxBytes)
      if (read === 0) return bytes.subarray(0, length)
      if (length === bytes.length) bytes = Buffer.concat([bytes, Buffer.allocUnsafeSlow(Math.max(length, 65_536))])
    }
  } finally {
    closeSync(fd)
  }
}

/** Reads these parts of a regular file, one behind the other; what lies past its end is nothing. A link does not stand for it. Throws as `readRegularFile`. */
export function readFileParts(path: string, parts: readonly DiffPart[]): Buffer {
  const fd = openRegularFile(path, false)
  try {
    return Buffer.concat(parts.map(({ start, end }) => readPart(fd, start, end - start)))
  } finally {
    closeSync(fd)
  }
}

function readPart(fd: number, start: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size)
  let length = 0
  while (length < size) {
    const read = readSync(fd, bytes, length, size - length, start + length)
    if (read === 0) break
    length += read
  }
  return bytes.subarray(0, length)
}

/** The largest file of ours, of git or of a CLI that is read whole where nothing else is said: each has some kilobytes. */
const usualLimit = 16 * 1_048_576

/** The text of a regular file of at most `maxBytes`. Throws as `readRegularFile`. */
export function readTextFile(path: string, maxBytes: number = usualLimit): string {
  return readRegularFile(path, { maxBytes }).toString('utf8')
}

/** Opens a file for reading if it is a regular one; the descriptor is the caller's to close. Throws as `readRegularFile`. */
export function openRegularFile(path: string | Buffer, followLinks = true): number {
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | (followLinks ? 0 : constants.O_NOFOLLOW)
  const fd = openSync(path, flags)
  const stat = fstatSync(fd)
  if (stat.isFile()) return fd
  closeSync(fd)
  throw new NotRegularError(`${String(path)} is ${stat.isDirectory() ? 'a directory' : 'not a regular file'}`)
}

/** What is there is no file that can be read to its end, or is larger than anyone would want. */
export class NotRegularError extends Error {
  override readonly name = 'NotRegularError'
}

function tooLarge(path: string | Buffer, maxBytes: number): NotRegularError {
  return new NotRegularError(`${String(path)} is larger than ${maxBytes} bytes`)
}
