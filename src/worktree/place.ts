import { closeSync, constants, existsSync, lstatSync, mkdirSync, openSync, rmdirSync } from 'node:fs'
import { onDisk, shown, type FileName } from './file-name.ts'

/** A path that leads through something that is no folder: a link, above all, which may lead anywhere. */
export class BlockedPath extends Error {
  override readonly name = 'BlockedPath'
  /** The part of the path that is no folder. */
  readonly at: FileName

  constructor(at: FileName) {
    super(`${shown(at)} is not a folder`)
    this.at = at
  }
}

/** Through `/proc`, each folder is entered from the one before, so that nobody can put a link in its place meanwhile. */
const hasDescriptors = existsSync('/proc/self/fd')

/**
 * Calls `act` with a path of the file whose folder was reached from the root without following a link; undefined where there is no such
 * folder, unless it is to be made. Throws BlockedPath.
 */
export function atPlace<T>(
  root: string,
  name: FileName,
  how: 'find' | 'make',
  act: (leaf: string | Buffer) => T,
): T | undefined {
  const parts = name.split('/')
  const leaf = parts.pop() ?? ''
  if (!hasDescriptors) return atPlain(root, parts, how, () => act(onDisk(root, name)))
  let fd = openSync(root, constants.O_RDONLY | constants.O_DIRECTORY)
  try {
    for (const [index, part] of parts.entries()) {
      const next = enter(beside(fd, part), how, () => new BlockedPath(parts.slice(0, index + 1).join('/')))
      if (next === undefined) return undefined
      closeSync(fd)
      fd = next
    }
    return act(beside(fd, leaf))
  } finally {
    closeSync(fd)
  }
}

function enter(path: Buffer, how: 'find' | 'make', blocked: () => BlockedPath): number | undefined {
  const open = (): number => openSync(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW)
  try {
    return open()
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ELOOP' || code === 'ENOTDIR') throw blocked()
    if (code !== 'ENOENT') throw error
    if (how === 'find') return undefined
  }
  mkdirSync(path)
  return open()
}

function beside(fd: number, name: FileName): Buffer {
  return Buffer.from(`/proc/self/fd/${fd}/${name}`, 'latin1')
}

function atPlain<T>(root: string, parts: readonly string[], how: 'find' | 'make', act: () => T): T | undefined {
  for (let length = 1; length <= parts.length; length++) {
    const name = parts.slice(0, length).join('/')
    const stat = lstatSync(onDisk(root, name), { throwIfNoEntry: false })
    if (stat === undefined && how === 'find') return undefined
    if (stat === undefined) mkdirSync(onDisk(root, name))
    else if (!stat.isDirectory()) throw new BlockedPath(name)
  }
  return act()
}

/** What stands at a path. */
export type Standing = 'nothing' | 'file' | 'link' | 'folder' | 'other'

/** Looks at a path without following a link. Throws BlockedPath. */
export function lookAt(root: string, name: FileName): Standing {
  const stat = atPlace(root, name, 'find', (leaf) => lstatSync(leaf, { throwIfNoEntry: false }))
  if (stat === undefined) return 'nothing'
  if (stat.isFile()) return 'file'
  if (stat.isSymbolicLink()) return 'link'
  return stat.isDirectory() ? 'folder' : 'other'
}

/** Removes the folders above a path that have become empty, but not the root. */
export function removeEmptyFolders(root: string, name: FileName): void {
  for (let at = name.lastIndexOf('/'); at > 0; at = name.lastIndexOf('/', at - 1))
    try {
      atPlace(root, name.slice(0, at), 'find', (leaf) => rmdirSync(leaf))
    } catch {
      return
    }
}

/** The code of an error of the file system. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
