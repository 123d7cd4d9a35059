import { createHash } from 'node:crypto'
import { lstatSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf } from '../core/message-of.ts'
import { runGit } from '../process/git.ts'

/** The content of every file of a working tree, by name. */
export interface FileIds {
  /** In order; paths from the root of the workspace, with slashes. */
  readonly paths: readonly string[]
  /** `mode id` as git has them; of what is not clean, made as git would make them. */
  readonly ids: ReadonlyMap<string, string>
}

/** Whose files, and what of them is ours and no part of the work. */
export interface FileIdsOptions {
  readonly workspace: string
  readonly env: Readonly<Record<string, string>>
  /** Paths and, with a slash at their end, folders that do not count. */
  readonly leave: readonly string[]
}

/** Larger files are told by their size and time, not read. */
const mostBytes = 256 * 1024 * 1024

/**
 * What is in the files of a working tree: tracked ones that are clean by the id that git's index has, changed and untracked ones (without the ignored)
 * by their content. Three git commands at once, however many files there are. Throws where the workspace is not in a git repository.
 */
export async function readFileIds({ workspace, env, leave }: FileIdsOptions): Promise<FileIds> {
  const git = async (...args: readonly string[]): Promise<string[]> => {
    const { code, stdout, stderr } = await runGit(args, { cwd: workspace, env })
    if (code !== 0) throw new Error(stderr.trim().split('\n')[0] || `git ${args[0]} failed`)
    return stdout.split('\0').filter((line) => line !== '')
  }
  const [tracked, changed, untracked] = await Promise.all([
    git('ls-files', '-s', '-v', '-z'),
    git('diff-files', '--name-only', '-z', '--relative', '--ignore-submodules=none'),
    git('ls-files', '-o', '-z', '--exclude-standard'),
  ])
  const files = new Set(leave.filter((path) => !path.endsWith('/')))
  const folders = leave.filter((path) => path.endsWith('/'))
  const isLeft = (path: string): boolean => files.has(path) || folders.some((folder) => path.startsWith(folder))
  const ids = new Map<string, string>()
  const doubtful = new Set([...changed, ...untracked])
  for (const line of tracked) {
    // `H 100644 <id> 0\tname`: in lower case what git was told not to look at (gitattributes(5), git-ls-files(1)).
    const tab = line.indexOf('\t')
    const path = line.slice(tab + 1)
    const tag = line.charCodeAt(0)
    ids.set(path, line.slice(2, tab - 2))
    if (tag >= 97 && tag <= 122) doubtful.add(path)
  }
  for (const path of doubtful) {
    const id = idOf(join(workspace, path), ids.get(path))
    if (id === undefined) ids.delete(path)
    else ids.set(path, id)
  }
  if (leave.length > 0) for (const path of ids.keys()) if (isLeft(path)) ids.delete(path)
  return { paths: [...ids.keys()].toSorted(), ids }
}

/** `mode id` of what stands there; undefined where nothing does. */
function idOf(path: string, known: string | undefined): string | undefined {
  try {
    const stat = lstatSync(path)
    if (stat.isSymbolicLink()) return `120000 ${blobId(Buffer.from(readlinkSync(path)))}`
    if (stat.isFile() && stat.size <= mostBytes)
      return `${(stat.mode & 0o111) === 0 ? '100644' : '100755'} ${blobId(readFileSync(path))}`
    // A submodule that is not as the index has it, a pipe, a huge file: nobody looks into it.
    return `${known ?? ''} unread ${stat.size} ${stat.mtimeMs} ${stat.ino}`
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined
    return `unreadable ${messageOf(error)}`
  }
}

/** The name that git gives a file of this content. */
function blobId(content: Uint8Array): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex')
}
