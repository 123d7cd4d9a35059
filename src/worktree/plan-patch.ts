import type { PatchEffect } from '../core/effect.ts'
import type { FileName } from './file-name.ts'
import { mergeEntries } from './merge.ts'
import { BlockedPath, lookAt } from './place.ts'
import type { ScratchGit } from './scratch-git.ts'
import { compareTrees, isSame, readFiles, writeTree, type Change, type Entry } from './trees.ts'
import { isProtected, isUnsafe, leadsOutside } from './unsafe-name.ts'

/** What is to be done to a working tree, or why nothing is. */
export type PatchPlan =
  | { readonly kind: 'effect'; readonly effect: PatchEffect }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'conflict'; readonly files: readonly FileName[] }
  | { readonly kind: 'refused'; readonly files: readonly FileName[]; readonly why: string }

/**
 * Works out what a change from one tree to another makes of the files of a working tree as they stand now: a three-way merge file by file.
 * Nothing is changed yet. `allows` says which protected files may be changed; `obeyed` are files of the run's own that are protected too.
 */
export async function planPatch(
  git: ScratchGit,
  root: string,
  trees: { readonly base: string; readonly theirs: string },
  allows: (name: FileName) => boolean,
  obeyed?: ReadonlySet<string>,
): Promise<PatchPlan> {
  const changes = await compareTrees(git, trees.base, trees.theirs)
  const refused = await findRefused(git, changes, allows, obeyed)
  if (refused !== undefined) return refused
  const removed = new Set(changes.filter(({ after }) => after === undefined).map(({ name }) => name))
  const found = look(root, changes, removed)
  if ('blocked' in found)
    return { kind: 'refused', files: found.blocked, why: 'its path leads through a link or a file of the repository' }
  if (found.conflicts.length > 0) return { kind: 'conflict', files: found.conflicts }
  const ours = await readFiles(git, root, found.present)

  const before: [FileName, Entry][] = []
  const after: [FileName, Entry][] = []
  const conflicts: FileName[] = []
  const touched: FileName[] = []
  for (const { name, before: base, after: theirs } of changes) {
    const own = ours.get(name)
    const merged = await mergeEntries(git, base, own, theirs)
    if (merged === 'conflict') conflicts.push(name)
    else if (!isSame(own, merged.entry)) {
      touched.push(name)
      if (own !== undefined) before.push([name, own])
      if (merged.entry !== undefined) after.push([name, merged.entry])
    }
  }
  if (conflicts.length > 0) return { kind: 'conflict', files: conflicts }
  if (touched.length === 0) return { kind: 'nothing' }
  const effect: PatchEffect = {
    kind: 'patch',
    before: await writeTree(git, before),
    after: await writeTree(git, after),
    files: touched.length,
  }
  return { kind: 'effect', effect }
}

/** What of some changes is refused for its path, or where a link leads; undefined when nothing is. */
export async function findRefused(
  git: ScratchGit,
  changes: readonly Change[],
  allows: (name: FileName) => boolean,
  obeyed?: ReadonlySet<string>,
): Promise<Extract<PatchPlan, { kind: 'refused' }> | undefined> {
  const refuse = (files: readonly FileName[], why: string): Extract<PatchPlan, { kind: 'refused' }> | undefined =>
    files.length === 0 ? undefined : { kind: 'refused', files, why }
  const names = changes.map(({ name }) => name)
  const unsafe = refuse(names.filter(isUnsafe), 'a path of git itself is never changed')
  if (unsafe !== undefined) return unsafe
  const outside: FileName[] = []
  for (const { name, after } of changes) {
    if (after?.mode !== '120000' || allows(name)) continue
    if (leadsOutside(name, await git.run(['cat-file', 'blob', after.oid]))) outside.push(name)
  }
  return (
    refuse(
      names.filter((name) => isProtected(name, obeyed) && !allows(name)),
      'protected: name it in `allow-paths` to let it be changed',
    ) ?? refuse(outside, 'a link that leads out of the repository')
  )
}

/** Which of the files are there; what stands in the way, and which paths lead through something that is no folder. */
function look(
  root: string,
  changes: readonly Change[],
  removed: ReadonlySet<FileName>,
): { readonly present: FileName[]; readonly conflicts: FileName[] } | { readonly blocked: FileName[] } {
  const present: FileName[] = []
  const conflicts: FileName[] = []
  const blocked: FileName[] = []
  for (const { name, before, after } of changes)
    try {
      const standing = lookAt(root, name)
      if (standing === 'file' || standing === 'link') present.push(name)
      else if (standing === 'other') conflicts.push(name)
      // A folder is fine where the patch removes all that is in it, which shows when that is done.
      else if (standing === 'folder' && (after === undefined || before !== undefined || !hasInside(removed, name)))
        conflicts.push(name)
    } catch (error) {
      if (!(error instanceof BlockedPath)) throw error
      if (!removed.has(error.at)) blocked.push(name)
    }
  return blocked.length > 0 ? { blocked } : { present, conflicts }
}

function hasInside(names: ReadonlySet<FileName>, folder: FileName): boolean {
  for (const name of names) if (name.startsWith(`${folder}/`)) return true
  return false
}
