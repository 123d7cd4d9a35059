import { join } from 'node:path'
import { commonFolder, findGitFolder } from '../process/git-folder.ts'
import { readTextFile } from '../process/read-regular-file.ts'
import { statIfThere } from '../process/stat-if-there.ts'

/**
 * The commit (hex) that a folder's repository stands on; null outside a repository, before its first commit, and where the
 * repository keeps its refs in a format other than files. Reads what `git rev-parse HEAD` would, without starting git: that
 * would cost more than the rest of a short run. Layout: gitrepository-layout(5), gitglossary(7) "worktree".
 */
export function readHeadCommit(folder: string): string | null {
  try {
    const gitFolder = findGitFolder(folder)?.path
    if (gitFolder === undefined) return null
    const head = read(gitFolder, 'HEAD')
    if (!head.startsWith('ref: ')) return asCommit(head)
    return refCommit(gitFolder, commonFolder(gitFolder), head.slice('ref: '.length))
  } catch {
    return null
  }
}

/** A repository with a million refs has 70 MB of them. */
const packedRefsLimit = 256 * 1_048_576

/** The commit (hex) of a full ref such as `refs/heads/main`; null where there is none. */
export function refCommit(gitFolder: string, shared: string, ref: string): string | null {
  return looseRef(gitFolder, ref) ?? looseRef(shared, ref) ?? packedRef(shared, ref)
}

function looseRef(gitFolder: string, ref: string): string | null {
  return statIfThere(join(gitFolder, ref))?.isFile() === true ? asCommit(read(gitFolder, ref)) : null
}

function packedRef(gitFolder: string, ref: string): string | null {
  if (statIfThere(join(gitFolder, 'packed-refs')) === undefined) return null
  const line = readTextFile(join(gitFolder, 'packed-refs'), packedRefsLimit)
    .split('\n')
    .find((entry) => entry.endsWith(` ${ref}`))
  return line === undefined ? null : asCommit(line.split(' ')[0] ?? '')
}

function asCommit(text: string): string | null {
  return /^[0-9a-f]{40,64}$/.test(text) ? text : null
}

function read(folder: string, name: string): string {
  return readTextFile(join(folder, name)).trim()
}
