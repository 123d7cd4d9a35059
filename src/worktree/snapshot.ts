import { listNames } from '../core/list-names.ts'
import { copyFileSync, existsSync } from 'node:fs'
import { onDisk, shown, splitNames, type FileName } from './file-name.ts'
import type { ScratchGit } from './scratch-git.ts'
import { withIndex } from './trees.ts'
import { isUnsafe } from './unsafe-name.ts'

/** The files of a folder at one moment. */
export interface Snapshot {
  readonly tree: string
  /** Folders that are repositories of their own: their files are in the tree, what they know of their past is not. */
  readonly nested: readonly FileName[]
  /** Files that git cannot keep, for their names are those of its own files somewhere. */
  readonly left: readonly FileName[]
}

/**
 * Stores the files of a folder as they are, but those that are ignored. The index is brought up to date and makes the next look faster; it
 * holds no repository inside of the folder.
 */
export async function takeSnapshot(git: ScratchGit, workTree: string, index: string): Promise<Snapshot> {
  const others = splitNames(await git.run(['ls-files', '-z', '--others', '--exclude-standard'], { workTree, index }))
  const nested = others.filter((name) => name.endsWith('/')).map((name) => name.slice(0, -1))
  const left = others.filter((name) => isUnsafe(name.endsWith('/') ? name.slice(0, -1) : name))
  const skipped = [...nested, ...left].map((name) => `:(exclude,top,literal)${name}`)
  const stdin = ['.', ...skipped].map((spec) => `${spec}\0`).join('')
  await git.run(['add', '--all', '--pathspec-from-file=-', '--pathspec-file-nul'], { workTree, index, stdin })
  const own = nested.filter((name) => !left.includes(`${name}/`))
  if (own.length === 0) return { tree: (await git.run(['write-tree'], { index })).trim(), nested: [], left }
  return withIndex(git, async (whole) => {
    if (existsSync(index)) copyFileSync(index, whole)
    const inside: Snapshot[] = []
    for (const name of own) {
      const folder = onDisk(workTree, name).toString()
      const snapshot = await withIndex(git, (fresh) => takeSnapshot(git, folder, fresh))
      await git.run(['read-tree', `--prefix=${name}/`, snapshot.tree], { index: whole })
      inside.push(snapshot)
    }
    const under = (list: (one: Snapshot) => readonly FileName[]): FileName[] =>
      inside.flatMap((one, at) => list(one).map((name) => `${own[at] ?? ''}/${name}`))
    return {
      tree: (await git.run(['write-tree'], { index: whole })).trim(),
      nested: [...own, ...under((one) => one.nested)],
      left: [...left, ...under((one) => one.left)],
    }
  })
}

/** A list for people, not longer than they read. */
export function listFileNames(names: readonly FileName[]): string {
  return listNames(names.map(shown))
}
