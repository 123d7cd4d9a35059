import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { runGit } from '../process/git.ts'
import type { ProgramResult } from '../process/run-program.ts'
import { removeTree } from '../process/remove-tree.ts'
import { tellingLine } from '../core/telling-line.ts'
import type { Repository } from './repository.ts'
import { withRepositoryLock } from './repository-lock.ts'
import { readTextFile } from '../process/read-regular-file.ts'

type Environment = Readonly<Record<string, string>>

/** What git says of the half-made worktrees of others, who do not know our lock (an instance, a user at the same desk). */
const passing = /commondir|gitdir|locked|initializing|could not lock|index\.lock|already exists|unable to create/i
const tries = 6

/** Adds a worktree without files at a commit, on no branch; answers with its own git folder. Rejects with git's own words. */
export async function addLinkedWorktree(
  repository: Repository,
  path: string,
  commit: string,
  env: Environment,
): Promise<string> {
  mkdirSync(dirname(path), { recursive: true })
  const args = ['worktree', 'add', '--no-checkout', '--detach', '--force', path, commit]
  await withRepositoryLock(repository.commonFolder, () => insist(repository, args, env))
  return resolve(
    path,
    readTextFile(join(path, '.git'))
      .trim()
      .replace(/^gitdir: /, ''),
  )
}

/**
 * Removes every worktree of the repository that lies under a directory, whatever state a killed run left it in, and the directory; never rejects. The lock on the
 * repository is waited for so many milliseconds, or as long as its holder may be stopped.
 */
export async function removeLinkedWorktrees(
  repository: Repository,
  under: string,
  env: Environment,
  lockMs?: number,
): Promise<void> {
  const root = resolve(under)
  const remove = async (): Promise<void> => {
    const listed = await git(repository, ['worktree', 'list', '--porcelain'], env)
    for (const [, line = ''] of listed.stdout.matchAll(/^worktree (.*)$/gm)) {
      const path = resolve(line)
      if (path !== root && !path.startsWith(root + sep)) continue
      await git(repository, ['worktree', 'unlock', path], env)
      await git(repository, ['worktree', 'remove', '--force', '--force', path], env)
    }
    await removeTree(root)
    await git(repository, ['worktree', 'prune'], env)
  }
  // Without the lock the files go, and git forgets the worktree when it next tidies up.
  await withRepositoryLock(repository.commonFolder, remove, lockMs).catch(() => removeTree(root))
}

/** The commit that the repository's working tree stands on. */
export async function headCommit(repository: Repository, env: Environment): Promise<string> {
  const { code, stdout, stderr } = await git(repository, ['rev-parse', '--verify', 'HEAD^{commit}'], env)
  if (code !== 0) throw new Error(`git rev-parse: ${tellingLine(stderr)}`)
  return stdout.trim()
}

async function insist(repository: Repository, args: readonly string[], env: Environment): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const { code, stderr } = await git(repository, args, env)
    if (code === 0) return
    if (attempt === tries || !passing.test(stderr)) throw new Error(`git worktree: ${tellingLine(stderr)}`)
    await delay(20 * 2 ** attempt)
  }
}

function git(repository: Repository, args: readonly string[], env: Environment): Promise<ProgramResult> {
  const { root, gitFolder } = repository
  const cwd = existsSync(root) ? root : gitFolder
  return runGit(args, { cwd, env, variables: { GIT_DIR: gitFolder, GIT_WORK_TREE: root } })
}
