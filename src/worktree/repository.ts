import { relative, sep } from 'node:path'
import { commonFolder, findGitFolder } from '../process/git-folder.ts'

/** A repository with a working tree, as found before anything could lead git elsewhere. */
export interface Repository {
  /** Absolute: where its working tree begins. */
  readonly root: string
  /** `.git`, or what it names. */
  readonly gitFolder: string
  /** What all worktrees of the repository share. */
  readonly commonFolder: string
  /** From the root to where the run works, with `/`; empty for the root itself. */
  readonly prefix: string
}

/** The repository around a folder; throws where there is none. */
export function findRepository(folder: string): Repository {
  const found = findGitFolder(folder)
  if (found === undefined) throw new Error(`${folder} is not in a git repository`)
  const { root, path } = found
  const prefix = relative(root, folder).split(sep).join('/')
  return { root, gitFolder: path, commonFolder: commonFolder(path), prefix }
}
