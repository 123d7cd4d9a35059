import { existsSync, lstatSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findDead } from '../process/claim.ts'
import { ownIdentity } from '../process/identity.ts'
import { namesIn } from '../process/names-in.ts'
import { containersFile } from './lazy-confinements.ts'
import { removeTree } from '../process/remove-tree.ts'
import { readTextFile } from '../process/read-regular-file.ts'

/** File in a run's temporary directory that names the repository whose worktrees stand there. */
export const repositoryFile = 'repository'

/** File in a run's temporary directory that tells other containers whether its run goes on. */
export const claimFile = 'claim'

/** No run waits longer for the repository of another one. */
const lockMs = 500

/** Start of the name of a run's temporary directory: whose it is can be told when nobody is left to remove it. */
export function temporaryPrefix(runId: string): string {
  return `orch-${runId}-${ownIdentity()}-`
}

/**
 * Removes the temporary directories, with their worktrees and containers, of every orchestrator of this user that was killed, whatever its run. What cannot
 * be removed stays; never rejects.
 */
export async function removeLeftovers(
  parent: string,
  env: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const claims = new Map<string, string>()
  for (const name of namesIn(parent)) {
    const identity = /^orch-.+?-(\d+-\d+(?:-\d+)?)-[A-Za-z0-9]{6}$/.exec(name)?.[1]
    if (identity !== undefined && isOurs(join(parent, name))) claims.set(join(parent, name, claimFile), identity)
  }
  for (const claim of findDead(claims)) {
    const path = dirname(claim)
    try {
      const repository = readText(join(path, repositoryFile))
      if (repository !== undefined) {
        const { removeLinkedWorktrees } = await import('../worktree/linked-worktree.ts')
        const { findRepository } = await import('../worktree/repository.ts')
        await removeLinkedWorktrees(findRepository(repository), join(path, 'worktrees'), env, lockMs)
      }
      if (existsSync(join(path, containersFile))) {
        const { removeRecorded } = await import('./container/containers.ts')
        await removeRecorded(join(path, containersFile), environment)
      }
      await removeTree(path)
    } catch {
      // The next run tries again.
    }
  }
}

/** A directory, no link to one, and nobody else's. */
function isOurs(path: string): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  return stat?.isDirectory() === true && (process.getuid === undefined || stat.uid === process.getuid())
}

function readText(path: string): string | undefined {
  try {
    return readTextFile(path)
  } catch {
    return undefined
  }
}
