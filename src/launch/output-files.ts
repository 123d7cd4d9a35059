import { lstatSync, mkdtempSync, readdirSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { unguessable } from '../process/unguessable.ts'
import { removeTree } from '../process/remove-tree.ts'

/**
 * The files behind `$ORCHESTRATOR_OUTPUT`. As GITHUB_OUTPUT's each is there for who appends to it, and for who refuses to make it: empty, in a
 * directory of its own whose name nobody can guess, so that what runs at the same time does not find it by counting.
 */
export interface OutputFiles {
  /** Makes one; returns its path. */
  make(): string
  /** Removes one and all that is in its directory. */
  discard(path: string): void
  /** Settles once nothing is being removed in the background. */
  settled(): Promise<void>
}

/**
 * Output files below `parent`, which is there when the first is made. A directory with nothing else in it is that of a later file, under another name, and one that
 * nobody wrote to is that file: renaming costs ext4 a tenth of removing and making. That is done in a turn of its own, when whatever was waiting for the end of the instance has
 * been started.
 */
export function createOutputFiles(parent: () => string): OutputFiles {
  const ready: string[] = []
  const removing = new Set<Promise<void>>()
  let isClosed = false

  const remove = (directory: string): void => {
    const removed = removeTree(directory).finally(() => removing.delete(removed))
    removing.add(removed)
  }

  const recycle = (path: string): void => {
    if (isClosed) return
    const directory = dirname(path)
    try {
      const isUnused = isAsMade(path)
      if (!isUnused) unlinkSync(path)
      if (!isDirectoryAsMade(directory) || readdirSync(directory).length !== (isUnused ? 1 : 0))
        return remove(directory)
      const renamed = join(parent(), unguessable())
      renameSync(directory, renamed)
      ready.push(isUnused ? join(renamed, name) : makeFile(renamed))
    } catch {
      remove(directory)
    }
  }

  /** Undefined where something was planted meanwhile. */
  const takeReady = (): string | undefined => {
    const path = ready.pop()
    return path !== undefined && isAsMade(path) ? path : undefined
  }

  return {
    make: () => takeReady() ?? makeFile(mkdtempSync(join(parent(), '/'))),
    discard(path) {
      setImmediate(() => recycle(path))
    },
    async settled() {
      isClosed = true
      await new Promise((resolve) => void setImmediate(resolve))
      await Promise.all(removing)
    },
  }
}

const name = 'output'
const fileMode = 0o600
const directoryMode = 0o700
const modeBits = 0o7777

function makeFile(directory: string): string {
  const path = join(directory, name)
  writeFileSync(path, '', { flag: 'wx', mode: fileMode })
  return path
}

/** Whether a file is what was made, and nothing was written to it. */
function isAsMade(path: string): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  return stat?.isFile() === true && stat.size === 0 && stat.nlink === 1 && (stat.mode & modeBits) === fileMode
}

function isDirectoryAsMade(path: string): boolean {
  const stat = lstatSync(path)
  return stat.isDirectory() && (stat.mode & modeBits) === directoryMode
}
