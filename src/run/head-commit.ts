import { readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/**
 * The commit (hex) that a folder's repository stands on; null outside a repository, before its first commit, and where the
 * repository keeps its refs in a format other than files. Reads what `git rev-parse HEAD` would, without starting git: that
 * would cost more than the rest of a short run. Layout: gitrepository-layout(5), gitglossary(7) "worktree".
 */
export function readHeadCommit(folder: string): string | null {
  try {
    const gitFolder = findGitFolder(resolve(folder))
    if (gitFolder === undefined) return null
    const head = read(gitFolder, 'HEAD')
    if (!head.startsWith('ref: ')) return asCommit(head)
    const shared = commonFolder(gitFolder)
    const ref = head.slice('ref: '.length)
    return looseRef(gitFolder, ref) ?? looseRef(shared, ref) ?? packedRef(shared, ref)
  } catch {
    return null
  }
}

/** `.git` of the folder or of one above it; in a linked worktree a file that names the place. */
function findGitFolder(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const git = join(at, '.git')
    const stat = statSync(git, { throwIfNoEntry: false })
    if (stat?.isDirectory() === true) return git
    if (stat?.isFile() === true) return resolve(at, read(at, '.git').replace(/^gitdir: /, ''))
    if (dirname(at) === at) return undefined
  }
}

function commonFolder(gitFolder: string): string {
  const stat = statSync(join(gitFolder, 'commondir'), { throwIfNoEntry: false })
  return stat === undefined ? gitFolder : resolve(gitFolder, read(gitFolder, 'commondir'))
}

function looseRef(gitFolder: string, ref: string): string | null {
  return statSync(join(gitFolder, ref), { throwIfNoEntry: false })?.isFile() === true
    ? asCommit(read(gitFolder, ref))
    : null
}

function packedRef(gitFolder: string, ref: string): string | null {
  const line = readFileSync(join(gitFolder, 'packed-refs'), 'utf8')
    .split('\n')
    .find((entry) => entry.endsWith(` ${ref}`))
  return line === undefined ? null : asCommit(line.split(' ')[0] ?? '')
}

function asCommit(text: string): string | null {
  return /^[0-9a-f]{40,64}$/.test(text) ? text : null
}

function read(folder: string, name: string): string {
  return readFileSync(join(folder, name), 'utf8').trim()
}
