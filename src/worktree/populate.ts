import { constants, copyFileSync, existsSync, lstatSync, mkdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { readRegularFile } from '../process/read-regular-file.ts'
import { onDisk, splitNames, type FileName } from './file-name.ts'
import { atPlace, lookAt, removeEmptyFolders } from './place.ts'
import type { Repository } from './repository.ts'
import { infoLimit, type createScratchGit } from './scratch-git.ts'
import { compareTrees, withIndex } from './trees.ts'

type Scratch = Awaited<ReturnType<typeof createScratchGit>>

/** A new worktree that has no files yet. */
export interface EmptyWorktree {
  readonly path: string
  readonly commit: string
  /** Of its own index; made here, so that git in the worktree need not read every file anew. */
  readonly ownIndex: string
}

/**
 * Puts the files of a commit into a worktree as the repository's checkout has them: with its line ends, without what its sparse checkout leaves
 * out. No filter runs: where the attributes ask for one (Git LFS), the unchanged file of the repository is copied. Checked out submodules are
 * copied as plain files. `index` afterwards holds the files as they lie on the disk.
 */
export async function populate(
  git: Scratch,
  repository: Repository,
  worktree: EmptyWorktree,
  index: string,
): Promise<{ readonly submodules: readonly FileName[] }> {
  const { path: workTree, commit, ownIndex } = worktree
  await git.run(['read-tree', commit], { index: ownIndex })
  const left = await leaveOutSparse(git, repository, ownIndex)
  await git.run(['checkout-index', '--all', '--force', '-u', '--quiet'], { workTree, index: ownIndex, converts: true })

  copyFileSync(ownIndex, index)
  const gitlinks = await listGitlinks(git, index)
  const dropped = [...left, ...gitlinks]
  if (dropped.length > 0) await forget(git, index, dropped)
  const attributes = await readAttributes(git, index)
  const converts = mayConvert(git, attributes)
  if (converts || /\bfilter\b/.test(attributes)) {
    const names = splitNames(await git.run(['ls-files', '-z'], { index }))
    const differing = converts ? names : await listFiltered(git, workTree, names)
    // What became of these in the repository is what it has, not what a checkout would make of them today.
    for (const name of await listUnchanged(git, repository, ownIndex, differing))
      copyInto(repository.root, workTree, name)
    // The index speaks of what they become when committed, not of what lies here.
    rmSync(index)
    await add(git, workTree, index, names)
  }
  return { submodules: await copySubmodules(git, repository, workTree, index, gitlinks) }
}

/** Copies files of the repository as they stand into a worktree; what is not there is removed there. */
export async function bringUpToDate(
  git: Scratch,
  repository: Repository,
  workTree: string,
  index: string,
  names: readonly FileName[],
): Promise<void> {
  const present: FileName[] = []
  const gone: FileName[] = []
  for (const name of names) {
    const standing = lookAtSafely(repository.root, name)
    if (standing === 'file' || standing === 'link') present.push(name)
    else gone.push(name)
  }
  for (const name of gone) {
    if (lookAtSafely(workTree, name) === 'nothing') continue
    atPlace(workTree, name, 'find', (leaf) => rmSync(leaf, { force: true, recursive: true }))
    removeEmptyFolders(workTree, name)
  }
  if (gone.length > 0) await forget(git, index, gone)
  for (const name of present) copyInto(repository.root, workTree, name)
  await add(git, workTree, index, present)
}

/** Brings a folder from the files of one tree to those of another. */
export async function putTree(
  git: Scratch,
  folder: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  const changes = await compareTrees(git, from, to)
  for (const { name, after } of changes) {
    if (after !== undefined) continue
    atPlace(folder, name, 'find', (leaf) => rmSync(leaf, { force: true }))
    removeEmptyFolders(folder, name)
  }
  await withIndex(git, async (index) => {
    await git.run(['read-tree', to], { index })
    const stdin = changes.map(({ name, after }) => (after === undefined ? '' : `${name}\0`)).join('')
    await git.run(['checkout-index', '--force', '-z', '--stdin'], { index, workTree: folder, stdin })
  })
}

function lookAtSafely(root: string, name: FileName): ReturnType<typeof lookAt> {
  try {
    return lookAt(root, name)
  } catch {
    return 'nothing'
  }
}

function copyInto(from: string, to: string, name: FileName): void {
  atPlace(from, name, 'find', (source) =>
    atPlace(to, name, 'make', (target) => {
      rmSync(target, { force: true, recursive: true })
      if (lstatSync(source).isSymbolicLink()) symlinkSync(readlinkSync(source, 'buffer'), target)
      else copyFileSync(source, target, constants.COPYFILE_FICLONE)
    }),
  )
}

async function add(git: Scratch, workTree: string, index: string, names: readonly FileName[]): Promise<void> {
  if (names.length === 0) return
  const stdin = names.map((name) => `${name}\0`).join('')
  await git.run(['update-index', '--add', '--replace', '-z', '--stdin'], { workTree, index, stdin })
}

async function forget(git: Scratch, index: string, names: readonly FileName[]): Promise<void> {
  const stdin = names.map((name) => `${name}\0`).join('')
  await git.run(['update-index', '--force-remove', '-z', '--stdin'], { index, stdin })
}

/** Marks what the repository's sparse checkout leaves out. */
async function leaveOutSparse(git: Scratch, repository: Repository, index: string): Promise<FileName[]> {
  if (git.settings.get('core.sparsecheckout') !== 'true') return []
  const listed = await git.run(['ls-files', '-t', '-z'], { index: join(repository.gitFolder, 'index') })
  const left = new Set(
    splitNames(listed)
      .filter((line) => line.startsWith('S '))
      .map((line) => line.slice(2)),
  )
  const here = splitNames(await git.run(['ls-files', '-z'], { index })).filter((name) => left.has(name))
  const stdin = here.map((name) => `${name}\0`).join('')
  if (here.length > 0) await git.run(['update-index', '--skip-worktree', '-z', '--stdin'], { index, stdin })
  return here
}

async function listGitlinks(git: Scratch, index: string): Promise<FileName[]> {
  const staged = splitNames(await git.run(['ls-files', '--stage', '-z'], { index }))
  return staged.filter((line) => line.startsWith('160000 ')).map((line) => line.slice(line.indexOf('\t') + 1))
}

const converting = /\b(?:eol\s*=\s*crlf|ident|working-tree-encoding)\b/

/** Whether files on this disk may be other bytes than in a commit. */
function mayConvert({ settings }: Scratch, attributes: string): boolean {
  if (settings.get('core.autocrlf')?.toLowerCase() === 'true' || settings.get('core.eol') === 'crlf') return true
  return process.platform === 'win32' || settings.has('core.attributesfile') || converting.test(attributes)
}

/** All that says something about files of the worktree, in one text. */
async function readAttributes(git: Scratch, index: string): Promise<string> {
  const info = join(git.folder, 'converting/info/attributes')
  const own = existsSync(info) ? readRegularFile(info, { maxBytes: infoLimit }).toString('latin1') : ''
  const files = splitNames(await git.run(['ls-files', '-z', '--', ':(glob)**/.gitattributes'], { index }))
  if (files.length === 0) return own
  return own + (await git.run(['cat-file', '--batch'], { index, stdin: files.map((name) => `:${name}\n`).join('') }))
}

/** The files for which the attributes ask for a filter. */
async function listFiltered(git: Scratch, workTree: string, names: readonly FileName[]): Promise<FileName[]> {
  const stdin = names.map((name) => `${name}\0`).join('')
  const how = ['check-attr', '-z', '--stdin', 'filter']
  const answers = splitNames(await git.run(how, { workTree, stdin, converts: true }))
  return names.filter((_name, at) => !/^(?:unspecified|unset|set)$/.test(answers[at * 3 + 2] ?? 'unset'))
}

/** Of the files that the repository has as the index has them, by size and time, as git itself first looks. */
async function listUnchanged(
  git: Scratch,
  repository: Repository,
  index: string,
  names: readonly FileName[],
): Promise<FileName[]> {
  const own = await listStaged(git, index)
  const theirs = join(repository.gitFolder, 'index')
  const staged = await listStaged(git, theirs)
  const debug = await git.run(['ls-files', '-z', '--debug'], { index: theirs })
  const known = new Map<FileName, string>()
  for (const entry of debug.matchAll(
    /([^\0]+)\0 {2}ctime: [\d:]+\n {2}mtime: (\d+):\d+\n.*\n.*\n {2}size: (\d+)\t.*\n/g,
  ))
    known.set(entry[1] ?? '', `${entry[2]} ${entry[3]}`)
  return names.filter((name) => {
    if (own.get(name) !== staged.get(name) || lookAtSafely(repository.root, name) !== 'file') return false
    const stat = lstatSync(onDisk(repository.root, name))
    return known.get(name) === `${Math.floor(stat.mtimeMs / 1000)} ${stat.size}`
  })
}

async function listStaged(git: Scratch, index: string): Promise<Map<FileName, string>> {
  const lines = splitNames(await git.run(['ls-files', '--stage', '-z'], { index }))
  return new Map(lines.map((line) => [line.slice(line.indexOf('\t') + 1), line.split(' ')[1] ?? '']))
}

async function copySubmodules(
  git: Scratch,
  repository: Repository,
  workTree: string,
  index: string,
  gitlinks: readonly FileName[],
): Promise<FileName[]> {
  const copied: FileName[] = []
  for (const name of gitlinks) {
    const folder = onDisk(repository.root, name).toString()
    if (!existsSync(join(folder, '.git'))) continue
    const names = splitNames(await git.run(['ls-files', '-z', '--recurse-submodules'], { at: folder }))
    const there = names.filter(
      (inner) => lookAtSafely(folder, inner) !== 'nothing' && lookAtSafely(folder, inner) !== 'folder',
    )
    mkdirSync(onDisk(workTree, name), { recursive: true })
    for (const inner of there) copyInto(repository.root, workTree, `${name}/${inner}`)
    await add(
      git,
      workTree,
      index,
      there.map((inner) => `${name}/${inner}`),
    )
    copied.push(name)
  }
  return copied
}
