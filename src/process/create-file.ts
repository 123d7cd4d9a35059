import { closeSync, constants, fstatSync, lstatSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { NotRegularError } from './read-regular-file.ts'

/** Others may read what we write, and not change it, whatever umask we were started with. */
const fileMode = 0o644

/**
 * Opens a new file for writing and answers its descriptor. What is there already, a link that was planted included, is removed, never
 * written through. Throws as `node:fs` does.
 */
export function createFile(path: string, mode: number = fileMode): number {
  try {
    return openSync(path, 'wx', mode)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    rmSync(path, { force: true })
    return openSync(path, 'wx', mode)
  }
}

/**
 * As `createFile`, in a folder that we made and programs of the run can reach: refused where a link has taken its place since, for what is written would land
 * where that leads.
 */
export function createFileInside(path: string): number {
  const folder = dirname(path)
  if (lstatSync(folder).isSymbolicLink())
    throw Object.assign(new NotRegularError(`${folder} was replaced by a symbolic link`), { code: 'ENOTDIR' })
  return createFile(path)
}

/** Writes a new file as `createFile` opens it, in one piece or several. */
export function writeNewFile(path: string, content: string | Uint8Array | Iterable<string>, mode?: number): void {
  const fd = createFile(path, mode)
  try {
    const pieces = typeof content === 'string' || content instanceof Uint8Array ? [content] : content
    for (const piece of pieces) writeFileSync(fd, piece)
  } finally {
    closeSync(fd)
  }
}

const { O_RDWR, O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK } = constants

/** Opens a file for reading and appending, making it where there is none. Throws as `node:fs` does, and when a link or no file stands there. */
export function openForAppending(path: string): number {
  const fd = openSync(path, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, fileMode)
  if (fstatSync(fd).isFile()) return fd
  closeSync(fd)
  throw new NotRegularError(`${path} is not a regular file`)
}
