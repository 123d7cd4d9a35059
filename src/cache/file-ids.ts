import { createHash } from 'node:crypto'
import { lstatSync, readlinkSync } from 'node:fs'
import { messageOf } from '../core/message-of.ts'
import { runGit } from '../process/git.ts'
import { readRegularFile } from '../process/read-regular-file.ts'

/** The content of every file of a working tree, by name. */
export interface FileIds {
  /** In order; paths from the root of the workspace, with slashes. */
  readonly paths: readonly string[]
  /** `mode id` as git has them; of what is not clean, made as git would make them. */
  readonly ids: ReadonlyMap<string, string>
  /** What git ignores: files and, with a slash at their end, whole folders. */
  readonly ignored: readonly string[]
  readonly workspace: string
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
/** So deep repositories are looked for in repositories. */
const mostLevels = 8

/**
 * What is in the files of a working tree: tracked ones that are clean by the id that git's index has, changed and untracked ones (without the ignored)
 * by their content. Four git commands at once, however many files there are, and as many for each repository that lies in it: a submodule, another
 * checkout. Throws where the workspace is not in a git repository, or one in it cannot be read.
 */
export async function readFileIds({ workspace, env, leave }: FileIdsOptions): Promise<FileIds> {
  const files = new Set(leave.filter((path) => !path.endsWith('/')))
  const folders = leave.filter((path) => path.endsWith('/'))
  const found = { ids: new Map<string, string>(), ignored: new Array<string>() }
  await readRepository({ workspace, env, prefix: '', level: 0 }, found, (path) =>
    leave.length === 0 ? false : files.has(path) || folders.some((folder) => path.startsWith(folder)),
  )
  return { ...found, paths: [...found.ids.keys()].toSorted(), workspace }
}

/** A repository, and where it lies in the workspace. */
interface Repository {
  readonly workspace: string
  readonly env: Readonly<Record<string, string>>
  /** Empty, or with a slash at its end; each byte a character. */
  readonly prefix: string
  readonly level: number
}

async function readRepository(
  { workspace, env, prefix, level }: Repository,
  found: { readonly ids: Map<string, string>; readonly ignored: string[] },
  isLeft: (path: string) => boolean,
): Promise<void> {
  const cwd = pathIn(workspace, prefix).toString()
  const git = async (...args: readonly string[]): Promise<string[]> => {
    const { code, stdout, stderr } = await runGit(args, { cwd, env, encoding: 'latin1' })
    if (code !== 0) throw new Error(stderr.trim().split('\n')[0] || `git ${args[0]} failed`)
    return stdout.split('\0').filter((line) => line !== '')
  }
  const [tracked, changed, untracked, left] = await Promise.all([
    git('ls-files', '-s', '-v', '-z'),
    git('diff-files', '--name-only', '-z', '--relative', '--ignore-submodules=none'),
    git('ls-files', '-o', '-z', '--exclude-standard'),
    git('ls-files', '-o', '-i', '-z', '--exclude-standard', '--directory'),
  ])
  const known = new Map<string, string>()
  const doubtful = new Set([...changed, ...untracked])
  let attributes = untracked.some(isAttributes)
  for (const line of tracked) {
    // `H 100644 <id> 0\tname`: in lower case, or `S`, what git was told not to look at (git-ls-files(1)).
    const tab = line.indexOf('\t')
    const path = line.slice(tab + 1)
    const tag = line.charCodeAt(0)
    known.set(path, line.slice(2, tab - 2))
    if ((tag >= 97 && tag <= 122) || tag === 83) doubtful.add(path)
    if (line.startsWith(submodule, 2)) doubtful.add(path)
    attributes ||= isAttributes(path)
  }
  // What a filter makes of a file is not what the index has an id of: with git-lfs it may be its pointer or its content.
  if (attributes) for (const path of await git('ls-files', '-z', '--', ':(attr:filter)')) doubtful.add(path)
  const add = (path: string, id: string | undefined): void => {
    const name = nameOf(prefix + path)
    if (id !== undefined && !isLeft(name)) found.ids.set(name, id)
  }
  for (const [path, id] of known) if (!doubtful.has(path)) add(path, id)
  for (const path of doubtful) {
    const folder = path.endsWith('/') ? path : known.get(path)?.startsWith(submodule) ? `${path}/` : undefined
    if (folder === undefined || !isRepository(workspace, prefix + folder)) {
      add(path, idOf(pathIn(workspace, prefix + path), known.get(path)))
      continue
    }
    const inside = nameOf(prefix + folder)
    if (isLeft(inside)) continue
    if (level >= mostLevels) throw new Error(`${inside} lies in too many repositories`)
    await readRepository({ workspace, env, prefix: prefix + folder, level: level + 1 }, found, isLeft)
  }
  for (const path of left) {
    const name = nameOf(prefix + path)
    if (!isLeft(name)) found.ignored.push(name)
  }
}

/** Mode of a submodule in git's index. */
const submodule = '160000'

const isAttributes = (path: string): boolean => path === '.gitattributes' || path.endsWith('/.gitattributes')

function isRepository(workspace: string, folder: string): boolean {
  return lstatSync(pathIn(workspace, `${folder}.git`), { throwIfNoEntry: false }) !== undefined
}

/** A path of git's, each byte a character, as a place in the file system. */
function pathIn(workspace: string, path: string): Buffer {
  return Buffer.concat([Buffer.from(`${workspace}/`), Buffer.from(path, 'latin1')])
}

/** A path of git's, each byte a character, as text: what is no UTF-8 keeps its bytes as `\xff`, so that no two files have the same. */
function nameOf(path: string): string {
  if (!/[\x80-\xff]/.test(path)) return path
  const text = Buffer.from(path, 'latin1').toString('utf8')
  if (!text.includes('\ufffd')) return text
  return path.replaceAll(/[\x80-\xff]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16)}`)
}

/** `mode id` of what stands there, made as git would make it; undefined where nothing does. `known` is what git has of it. Never throws. */
export function idOf(path: string | Buffer, known?: string): string | undefined {
  try {
    const stat = lstatSync(path)
    if (stat.isSymbolicLink()) return `120000 ${blobId(Buffer.from(readlinkSync(path)))}`
    if (stat.isFile() && stat.size <= mostBytes)
      return `${(stat.mode & 0o111) === 0 ? '100644' : '100755'} ${blobId(readRegularFile(path, { maxBytes: mostBytes, followLinks: false }))}`
    if (stat.isDirectory() && known?.startsWith(submodule)) return `${known} absent`
    // A pipe, a huge file: nobody looks into it.
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
