import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { findDead, makeClaim, type Claim } from './claim.ts'
import { ownIdentity } from './identity.ts'

const suffix = '.lock'

/** A directory that is ours until we release it or die. */
export interface Hold {
  /** What the fork server locks for us. */
  readonly claim: number
  release(): void
}

/**
 * Takes a run directory for this process, or says which one has it. A file `<pid>-<start>-<namespace>.lock` stands for its holder, so that one whose
 * holder is dead is known for what it is, and removed (see `makeClaim`). Of two that begin at the same moment each sees the other: at most one
 * goes on. A process may hold a directory several times; the first release ends it. Throws as `node:fs` does.
 */
export function holdDirectory(path: string): Hold | { readonly heldBy: number; readonly file: string } {
  const own = `${ownIdentity()}${suffix}`
  const claim: Claim = makeClaim(join(path, own))
  try {
    const other = findOther(path, own)
    if (other === undefined) return { claim: claim.fd, release: claim.release }
    claim.release()
    return { heldBy: Number.parseInt(other, 10), file: join(path, other) }
  } catch (error) {
    claim.release()
    throw error
  }
}

/** The claim of who else holds the directory; those of the dead are removed. */
function findOther(path: string, own: string): string | undefined {
  const others = readdirSync(path).filter((name) => name !== own && identityOf(name) !== undefined)
  if (others.length === 0) return undefined
  const dead = findDead(new Map(others.map((name) => [join(path, name), identityOf(name) ?? ''])))
  for (const file of dead) rmSync(file, { force: true })
  return others.find((name) => !dead.has(join(path, name)))
}

function identityOf(name: string): string | undefined {
  return /^(\d+-\d+(?:-\d+)?)\.lock$/.exec(name)?.[1]
}
