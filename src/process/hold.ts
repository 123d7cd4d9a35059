import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isRunning, ownIdentity } from './identity.ts'

const suffix = '.lock'

/** A directory that is ours until we release it or die. */
export interface Hold {
  release(): void
}

/**
 * Takes a run directory for this process, or says which one has it. A file `<pid>-<start>.lock` stands for its holder, so that one whose
 * holder is dead is known for what it is, and removed. Of two that begin at the same moment each sees the other: at most one goes on. A
 * process may hold a directory several times; the first release ends it. A holder on another machine or in another container is
 * taken for dead. Throws as `node:fs` does.
 */
export function holdDirectory(path: string): Hold | { readonly heldBy: number } {
  const own = `${ownIdentity()}${suffix}`
  writeFileSync(join(path, own), '')
  const release = (): void => rmSync(join(path, own), { force: true })
  try {
    const other = findOther(path, own)
    if (other === undefined) return { release }
    release()
    return { heldBy: other }
  } catch (error) {
    release()
    throw error
  }
}

/** Who else holds the directory; the files of the dead are removed. */
function findOther(path: string, own: string): number | undefined {
  for (const name of readdirSync(path)) {
    const identity = /^(\d+-\d+)\.lock$/.exec(name)?.[1]
    if (identity === undefined || name === own) continue
    if (isRunning(identity)) return Number.parseInt(identity, 10)
    rmSync(join(path, name), { force: true })
  }
  return undefined
}
