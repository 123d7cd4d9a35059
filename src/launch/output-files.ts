import { mkdtemp, mkdtempSync, rmdir, unlink, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { removeTree } from '../process/remove-tree.ts'

/**
 * The files behind `$ORCHESTRATOR_OUTPUT`. As GITHUB_OUTPUT's each is there for who appends to it, and for who refuses to make it: empty, in a
 * directory of its own whose name nobody can guess, so that what runs at the same time does not find it by counting.
 */
export interface OutputFiles {
  /** Makes one; returns its path. */
  make(): string
  /** Removes one and its directory, in the background. */
  discard(path: string): void
  /** Settles once nothing is being made or removed in the background. */
  settled(): Promise<void>
}

/**
 * Output files below `parent`, which is there when the first is made. From the second on the directory of the next is made meanwhile: making
 * a directory takes ext4 0.2 ms, ten times as long as a file.
 */
export function createOutputFiles(parent: () => string): OutputFiles {
  const ready: string[] = []
  const busy = new Set<Promise<void>>()
  let count = 0

  const inBackground = (work: (done: () => void) => void): void => {
    const ended: Promise<void> = new Promise<void>(work).finally(() => busy.delete(ended))
    busy.add(ended)
  }

  const prepare = (prefix: string): void =>
    inBackground((done) =>
      mkdtemp(prefix, (error, path) => {
        if (error === null) ready.push(path)
        done()
      }),
    )

  return {
    make() {
      const prefix = join(parent(), '/')
      const path = join(ready.pop() ?? mkdtempSync(prefix), 'output')
      if (count++ > 0) prepare(prefix)
      writeFileSync(path, '', { flag: 'wx', mode: 0o600 })
      return path
    },
    discard(path) {
      const directory = dirname(path)
      inBackground((done) =>
        unlink(path, () =>
          rmdir(directory, (error) => (error === null ? done() : void removeTree(directory).then(done))),
        ),
      )
    },
    async settled() {
      while (busy.size > 0) await Promise.all(busy)
    },
  }
}
