import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { readTextFile } from './read-regular-file.ts'
import { statIfThere } from './stat-if-there.ts'

/** Where a repository keeps what it knows, and the root of its working tree. */
export interface GitFolder {
  readonly path: string
  readonly root: string
}

/**
 * `.git` of the folder or of one above it; in a linked worktree and in a submodule a file that names the place. Layout:
 * gitrepository-layout(5). Git itself would also look at `core.worktree`, which whoever may write the configuration can set to anything.
 */
export function findGitFolder(folder: string): GitFolder | undefined {
  for (let root = resolve(folder); ; root = dirname(root)) {
    const git = join(root, '.git')
    const stat = statIfThere(git)
    if (stat?.isDirectory() === true && existsSync(join(git, 'HEAD'))) return { path: git, root }
    if (stat?.isFile() === true)
      return {
        path: resolve(
          root,
          readTextFile(git)
            .trim()
            .replace(/^gitdir: /, ''),
        ),
        root,
      }
    if (dirname(root) === root) return undefined
  }
}

/** The folder that all worktrees of a repository share; for most repositories the same. */
export function commonFolder(gitFolder: string): string {
  const file = join(gitFolder, 'commondir')
  const stat = statIfThere(file)
  return stat === undefined ? gitFolder : resolve(gitFolder, readTextFile(file).trim())
}
