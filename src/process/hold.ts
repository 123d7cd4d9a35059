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

/** The process that holds a directory now; undefined when nobody does, as far as can be told. Throws as `node:fs` does. */
export function holderOf(path: string): number | undefined {
  const { living } = claimsIn(path)
  return living[0] === undefined ? undefined : Number.parseInt(living[0], 10)
}

/** The claim of who else holds the directory; those of the dead are removed. */
function findOther(path: string, own: string): string | undefined {
  const { living, dead } = claimsIn(path, own)
  for (const file of dead) rmSync(file, { force: true })
  return living[0]
}

/** The names of claims whose holders live, and the paths of the others, but for our own. */
function claimsIn(path: string, own?: string): { living: string[]; dead: ReadonlySet<string> } {
  const others = readdirSync(path).filter((name) => name !== own && identityOf(name) !== undefined)
  if (others.length === 0) return { living: [], dead: new Set() }
  const dead = findDead(new Map(others.map((name) => [join(path, name), identityOf(name) ?? ''])))
  return { living: others.filter((name) => !dead.has(join(path, name))), dead }
}

function identityOf(name: string): string | undefined {
  return /^(\d+-\d+(?:-\d+)?)\.lock$/.exec(name)?.[1]
}
