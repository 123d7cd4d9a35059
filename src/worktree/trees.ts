import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { splitNames, type FileName } from './file-name.ts'
import type { ScratchGit } from './scratch-git.ts'

/** What stands at a path: git's mode (`100644`, `100755`, `120000`) and the name of the content. */
export interface Entry {
  readonly mode: string
  readonly oid: string
}

/** A path at which two trees differ. */
export interface Change {
  readonly name: FileName
  readonly before: Entry | undefined
  readonly after: Entry | undefined
}

/** Whether the same stands in both places. */
export function isSame(one: Entry | undefined, other: Entry | undefined): boolean {
  return one?.oid === other?.oid && one?.mode === other?.mode
}

/** A regular file, executable or not. */
export function isFile(entry: Entry | undefined): entry is Entry {
  return entry?.mode === '100644' || entry?.mode === '100755'
}

/** What differs between two trees, in git's order. */
export async function compareTrees(git: ScratchGit, before: string, after: string): Promise<Change[]> {
  const output = await git.run(['diff-tree', '-r', '-z', '--raw', '--no-renames', '--full-index', before, after])
  const fields = splitNames(output)
  const changes: Change[] = []
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [oldMode = '', newMode = '', oldOid = '', newOid = ''] = (fields[at] ?? '').slice(1).split(' ')
    changes.push({ name: fields[at + 1] ?? '', before: entryOf(oldMode, oldOid), after: entryOf(newMode, newOid) })
  }
  return changes
}

function entryOf(mode: string, oid: string): Entry | undefined {
  return mode === '000000' ? undefined : { mode, oid }
}

/** The files of a tree. */
export async function listTree(git: ScratchGit, tree: string): Promise<Map<FileName, Entry>> {
  const entries = new Map<FileName, Entry>()
  for (const line of splitNames(await git.run(['ls-tree', '-r', '-z', '--full-tree', tree]))) {
    const tab = line.indexOf('\t')
    const [mode = '', , oid = ''] = line.slice(0, tab).split(' ')
    entries.set(line.slice(tab + 1), { mode, oid })
  }
  return entries
}

let count = 0

/** A path for an index of its own, removed afterwards. */
export async function withIndex<T>(git: ScratchGit, use: (index: string) => Promise<T>): Promise<T> {
  const index = join(git.folder, `index-${++count}`)
  try {
    return await use(index)
  } finally {
    rmSync(index, { force: true })
    rmSync(`${index}.lock`, { force: true })
  }
}

/** The tree of some files. */
export function writeTree(git: ScratchGit, entries: Iterable<readonly [FileName, Entry]>): Promise<string> {
  return withIndex(git, async (index) => {
    let stdin = ''
    for (const [name, { mode, oid }] of entries) stdin += `${mode} ${oid} 0\t${name}\0`
    await git.run(['update-index', '-z', '--index-info'], { index, stdin })
    return (await git.run(['write-tree'], { index })).trim()
  })
}

/** Reads the named files of a folder as they are, and stores their contents. They are files or links, and no parent of them is a link. */
export function readFiles(git: ScratchGit, folder: string, names: readonly FileName[]): Promise<Map<FileName, Entry>> {
  if (names.length === 0) return Promise.resolve(new Map())
  return withIndex(git, async (index) => {
    const stdin = names.map((name) => `${name}\0`).join('')
    await git.run(['update-index', '--add', '-z', '--stdin'], { index, workTree: folder, stdin })
    const listed = splitNames(await git.run(['ls-files', '--stage', '-z'], { index, workTree: folder }))
    return new Map(
      listed.map((line) => {
        const tab = line.indexOf('\t')
        const [mode = '', oid = ''] = line.slice(0, tab).split(' ')
        return [line.slice(tab + 1), { mode, oid }] as const
      }),
    )
  })
}
