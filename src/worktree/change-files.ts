import {
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  renameSync,
  symlinkSync,
  unlinkSync,
} from 'node:fs'
import { join } from 'node:path'
import type { PatchEffect } from '../core/effect.ts'
import { removeTree, removeTreeSync } from '../process/remove-tree.ts'
import { unguessable } from '../process/unguessable.ts'
import { onDisk, shown, type FileName } from './file-name.ts'
import { atPlace, BlockedPath, codeOf, lookAt, removeEmptyFolders } from './place.ts'
import type { Repository } from './repository.ts'
import type { ScratchGit } from './scratch-git.ts'
import { compareTrees, isSame, readFiles, type Change } from './trees.ts'
import { isUnsafe } from './unsafe-name.ts'

/** Beside the repository's own files, so that a file can be moved to its place in one step. */
const stagingPrefix = 'orchestrator-staging-'

/** Files of the working tree that are neither as they were nor as they shall be. */
export class FilesChanged extends Error {
  readonly files: readonly FileName[]

  constructor(files: readonly FileName[]) {
    super('files were changed in the meantime')
    this.files = files
  }
}

/**
 * Does what an effect says, or the rest of it. Each file is changed in one step; where one cannot be, those before it are put back. Throws
 * FilesChanged where a file is in neither state, and what the file system says, with nothing changed.
 */
export async function changeFiles(
  git: ScratchGit,
  { root, gitFolder }: Repository,
  effect: PatchEffect,
): Promise<void> {
  const missing = await findUndone(git, root, effect)
  if (missing.length === 0) return
  const staging = mkdtempSync(join(gitFolder, stagingPrefix))
  try {
    await stage(git, effect.after, staging)
    changeAll(root, missing, staging)
  } finally {
    await removeTree(staging)
  }
}

/** Removes what a killed orchestrator left; only for who holds the repository's lock. */
export function removeStaging({ gitFolder }: Repository): void {
  for (const name of readdirSync(gitFolder)) if (name.startsWith(stagingPrefix)) removeTreeSync(join(gitFolder, name))
}

/** What is not yet as the effect says. */
async function findUndone(git: ScratchGit, root: string, effect: PatchEffect): Promise<Change[]> {
  const changes = await compareTrees(git, effect.before, effect.after)
  const unsafe = changes.find(({ name }) => isUnsafe(name))
  if (unsafe !== undefined) throw new Error(`${shown(unsafe.name)} is never changed`)
  const present = changes.filter(({ name }) => isThere(root, name)).map(({ name }) => name)
  const found = await readFiles(git, root, present)
  const others = changes.filter(
    ({ name, before, after }) => !isSame(found.get(name), before) && !isSame(found.get(name), after),
  )
  if (others.length > 0) throw new FilesChanged(others.map(({ name }) => name))
  return changes.filter(({ name, after }) => !isSame(found.get(name), after))
}

function isThere(root: string, name: FileName): boolean {
  try {
    const standing = lookAt(root, name)
    return standing === 'file' || standing === 'link'
  } catch (error) {
    if (error instanceof BlockedPath) return false
    throw error
  }
}

/** Writes the new files where they are not in anybody's way: what does not fit on the disk shows here. */
async function stage(git: ScratchGit, tree: string, staging: string): Promise<void> {
  mkdirSync(join(staging, 'old'))
  const index = join(staging, 'index')
  await git.run(['read-tree', tree], { index })
  await git.run(['checkout-index', '--all', '--force', `--prefix=${join(staging, 'new')}/`], { index })
}

function changeAll(root: string, changes: readonly Change[], staging: string): void {
  const undo: (() => void)[] = []
  let count = 0
  const keep = (leaf: string | Buffer): string => {
    const kept = join(staging, 'old', String(++count))
    keepAside(leaf, kept)
    return kept
  }
  try {
    for (const { name, after } of changes) {
      if (after !== undefined) continue
      atPlace(root, name, 'find', (leaf) => {
        const kept = keep(leaf)
        unlinkSync(leaf)
        undo.push(() => atPlace(root, name, 'make', (place) => moveTo(kept, place)))
      })
      removeEmptyFolders(root, name)
    }
    for (const { name, before, after } of changes) {
      if (after === undefined) continue
      atPlace(root, name, 'make', (leaf) => {
        const kept = before === undefined ? undefined : keep(leaf)
        moveTo(onDisk(join(staging, 'new'), name), leaf)
        undo.push(() => {
          atPlace(root, name, 'find', (place) => {
            if (kept === undefined) unlinkSync(place)
            else moveTo(kept, place)
          })
          removeEmptyFolders(root, name)
        })
      })
    }
  } catch (error) {
    for (const step of undo.toReversed()) step()
    throw error
  }
}

/** A second name for a file that is about to be replaced; where the file system has none, a copy. */
function keepAside(leaf: string | Buffer, kept: string): void {
  try {
    linkSync(leaf, kept)
  } catch {
    copyTo(leaf, kept)
  }
}

/** In one step, also to another file system. */
function moveTo(from: string | Buffer, place: string | Buffer): void {
  try {
    renameSync(from, place)
  } catch (error) {
    if (codeOf(error) !== 'EXDEV') throw error
    const beside = Buffer.concat([Buffer.from(place), Buffer.from(`.${unguessable()}.tmp`)])
    try {
      copyTo(from, beside)
      renameSync(beside, place)
    } catch (failed) {
      removeQuietly(beside)
      throw failed
    }
  }
}

function copyTo(from: string | Buffer, to: string | Buffer): void {
  if (lstatSync(from).isSymbolicLink()) symlinkSync(readlinkSync(from, 'buffer'), to)
  else copyFileSync(from, to)
}

function removeQuietly(path: Buffer): void {
  try {
    unlinkSync(path)
  } catch {}
}
