import { lstatSync, mkdtempSync, readdirSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
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
 * instance has been started.
 */
export function createOutputFiles(parent: () => string): OutputFiles {
  const ready: string[] = []
  const removing = new Set<Promise<void>>()
  let isClosed = false
  let discarded = 0

  const remove = (directory: string): void => {
    const removed = removeTree(directory).finally(() => removing.delete(removed))
    removing.add(removed)
  }

  const recycle = (path: string): void => {
    const directory = dirname(path)
    // A run of one instance needs no second one, and is spared the loading of what makes names.
    if (discarded++ === 0 || isClosed || !isLeftEmpty(path, directory)) return remove(directory)
    const renamed = join(parent(), process.getBuiltinModule('node:crypto').randomBytes(12).toString('hex'))
    try {
      renameSync(directory, renamed)
      ready.push(renamed)
    } catch {
      remove(directory)
    }
  }

  /** Undefined where something was planted meanwhile. */
  const makeInReady = (): string | undefined => {
    const directory = ready.pop()
    try {
      return directory && makeFile(directory)
    } catch {
      return undefined
    }
  }

  return {
    make: () => makeInReady() ?? makeFile(mkdtempSync(join(parent(), '/'))),
    discard(path) {
      setImmediate(() => recycle(path))
    },
    async settled() {
      await new Promise((resolve) => void setImmediate(resolve))
      isClosed = true
      await Promise.all(removing)
    },
  }
}

function makeFile(directory: string): string {
  const path = join(directory, 'output')
  writeFileSync(path, '', { flag: 'wx', mode: 0o600 })
  return path
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
