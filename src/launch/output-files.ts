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
 * another name: renaming one costs ext4 a tenth of removing and making one.
 */
export function createOutputFiles(parent: () => string): OutputFiles {
  const spare: string[] = []
  const removing = new Set<Promise<void>>()

  const makeDirectory = (): string => {
    const old = spare.pop()
    if (old === undefined) return mkdtempSync(join(parent(), '/'))
    const renamed = join(parent(), process.getBuiltinModule('node:crypto').randomBytes(12).toString('hex'))
    renameSync(old, renamed)
    return renamed
  }

  const remove = (directory: string): void => {
    const removed = removeTree(directory).finally(() => removing.delete(removed))
    removing.add(removed)
  }

  return {
    make() {
      const path = join(makeDirectory(), 'output')
      writeFileSync(path, '', { flag: 'wx', mode: 0o600 })
      return path
    },
    discard(path) {
      const directory = dirname(path)
      if (isLeftEmpty(path, directory)) spare.push(directory)
      else remove(directory)
    },
    async settled() {
      await Promise.all(removing)
    },
  }
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
