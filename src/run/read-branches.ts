import { join } from 'node:path'
import { commonFolder, findGitFolder } from '../process/git-folder.ts'
import { refCommit } from './head-commit.ts'
import { readTextFile } from '../process/read-regular-file.ts'

/** Names of branches: the one that is checked out, and the one that work is compared with. */
export interface Branches {
  /** Undefined on a detached HEAD, and outside a repository. */
  readonly current: string | undefined
  /** The default branch of `origin`, else `main` or `master` where there is one. */
  readonly base: string | undefined
}

/** Reads them from the repository's files, without starting git. */
export function readBranches(folder: string): Branches {
  try {
    const gitFolder = findGitFolder(folder)?.path
    if (gitFolder === undefined) return { current: undefined, base: undefined }
    const shared = commonFolder(gitFolder)
    const known = ['main', 'master'].find((name) => refCommit(gitFolder, shared, `refs/heads/${name}`) !== null)
    return {
      current: symbolicRef(join(gitFolder, 'HEAD'), 'refs/heads/'),
      base: symbolicRef(join(shared, 'refs/remotes/origin/HEAD'), 'refs/remotes/origin/') ?? known,
    }
  } catch {
    return { current: undefined, base: undefined }
  }
}

function symbolicRef(path: string, prefix: string): string | undefined {
  try {
    const target = readTextFile(path).trim()
    return target.startsWith(`ref: ${prefix}`) ? target.slice(`ref: ${prefix}`.length) : undefined
  } catch {
    return undefined
  }
}
