import { NotRegularError, readRegularFile } from './read-regular-file.ts'

/** The largest file that is read because a user named it. */
export const namedFileLimit = 16 * 1_048_576

/**
 * A file that a user named, whole: a regular one of at most `namedFileLimit` bytes. What is wrong with it is the rest of a sentence
 * that begins with its name; undefined when nothing is there.
 */
export function readNamedFile(path: string): Buffer | { readonly problem: string } | undefined {
  try {
    return readRegularFile(path, { maxBytes: namedFileLimit })
  } catch (error) {
    if (error instanceof NotRegularError) return { problem: error.message.slice(path.length + 1) }
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    return { problem: code === 'EACCES' ? 'cannot be read: permission denied' : `cannot be read: ${code}` }
  }
}

/** The same as text; undefined where nothing is there. Throws an error that names the file and what is wrong with it. */
export function readTextIfThere(path: string): string | undefined {
  const read = readNamedFile(path)
  if (read !== undefined && !Buffer.isBuffer(read)) throw new Error(`${path} ${read.problem}`)
  return read?.toString()
}

/** The same as text; undefined where it cannot be had, for whatever reason. */
export function readNamedText(path: string): string | undefined {
  const read = readNamedFile(path)
  return Buffer.isBuffer(read) ? read.toString() : undefined
}
