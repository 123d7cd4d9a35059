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
 * Output files below `parent`, which is there when the first is made. A directory that was left empty becomes that of a later file, under
 * another name: renaming one costs ext4 a tenth of removing and making one. That is done in a turn of its own, when whatever was waiting for the end of the
 * instance has been started, and the later file is made there and then.
 */
export function createOutputFiles(parent: () => string): OutputFiles {
  const ready: string[] = []
  const removing = new Set<Promise<void>>()
  /** The first that was left empty: a run of one instance needs no second one. */
  let spare: string | undefined
  let isFirst = true
  let isClosed = false

  const remove = (directory: string): void => {
    const removed = removeTree(directory).finally(() => removing.delete(removed))
    removing.add(removed)
  }

  const renew = (directory: string): string | undefined => {
    try {
      const renamed = join(parent(), unguessable())
      renameSync(directory, renamed)
      return makeFile(renamed)
    } catch {
      remove(directory)
      return undefined
    }
  }

  const recycle = (path: string): void => {
    const directory = dirname(path)
    if (!isLeftEmpty(path, directory)) return remove(directory)
    if (isClosed) return
    if (isFirst) {
      isFirst = false
      spare = directory
      return
    }
    const made = renew(directory)
    if (made !== undefined) ready.push(made)
  }

  /** Undefined where something was planted meanwhile. */
  const takeReady = (): string | undefined => {
    const path = ready.pop()
    return path !== undefined && isEmptyFile(path) ? path : undefined
  }

  const takeSpare = (): string | undefined => {
    const directory = spare
    spare = undefined
    return directory && renew(directory)
  }

  return {
    make: () => takeReady() ?? takeSpare() ?? makeFile(mkdtempSync(join(parent(), '/'))),
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

function makeFile(directory: string): string {
  const path = join(directory, 'output')
  writeFileSync(path, '', { flag: 'wx', mode: 0o600 })
  return path
}

function isEmptyFile(path: string): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  return stat?.isFile() === true && stat.size === 0 && stat.nlink === 1
}

/** Removes a file; says whether its directory is one still and has nothing else in it. */
function isLeftEmpty(path: string, directory: string): boolean {
  try {
    unlinkSync(path)
    return lstatSync(directory).isDirectory() && readdirSync(directory).length === 0
  } catch {
    return false
  }
}
