import type { Changes } from '../core/changes.ts'
import { ChangesError } from '../core/changes-error.ts'
import {
  linesToFollow,
  type LastReview,
  type PlacedThread,
  type ReviewThread,
  type SinceReview,
} from '../core/review-thread.ts'
import type { Commits } from '../worktree/change-commits.ts'
import { compareFiles } from '../worktree/changed-files.ts'
import { mergeEntries } from '../worktree/merge.ts'
import type { ScratchGit } from '../worktree/scratch-git.ts'
import { compareTrees, listTree, writeTree, type Entry } from '../worktree/trees.ts'

/** What it takes to tell what changed since a review. */
export interface SinceOptions {
  readonly git: ScratchGit
  readonly commits: Commits
  /** Commits (hex): where the pull request left its base, and its head. */
  readonly base: string
  readonly head: string
  readonly last: LastReview
  /** Makes bytes of a part of the diff, masked. */
  readonly bytesOf: (diff: string) => Buffer
  /** Follows threads to the head. */
  readonly follow: (threads: readonly ReviewThread[]) => Promise<readonly PlacedThread[]>
}

/** Name of its diff file in the run directory. */
const diffFile = 'since.diff'

/**
 * What a pull request does that it did not when it was last reviewed: the old head is brought to where the new one stands, file by file, so that what
 * its base has gained meanwhile (by a rebase, or a merge of it) is no change of it. A file for which that makes a conflict counts as a whole.
 * Undefined where git cannot have the commits any more.
 */
export async function changesSince(
  options: SinceOptions,
): Promise<{ readonly since: SinceReview; readonly diff: Buffer } | undefined> {
  const { git, commits, base, head, last, bytesOf } = options
  for (const commit of new Set([last.base, last.commit])) if (!(await isHere(commits, commit))) return undefined
  const reviewed = await broughtTo(git, base, head, last)
  const { files, diffs = [] } = await compareFiles(git, reviewed, head, true)
  const parts = diffs.map(bytesOf)
  const changes: Changes = {
    base: last.commit,
    head,
    diffFile,
    files: files.map((file, index) => ({ ...file, bytes: parts[index]?.length ?? 0 })),
  }
  return { since: { commit: last.commit, changes, findings: await placed(options) }, diff: Buffer.concat(parts) }
}

async function isHere(commits: Commits, commit: string): Promise<boolean> {
  try {
    return await commits.obtain([commit])
  } catch (error) {
    if (error instanceof ChangesError) return false
    throw error
  }
}

/** The tree of the old pull request as it would be on the new base. */
async function broughtTo(git: ScratchGit, base: string, head: string, last: LastReview): Promise<string> {
  if (base === last.base) return last.commit
  const [before, now] = [await compareTrees(git, last.base, last.commit), await compareTrees(git, base, head)]
  const names = new Set([...before, ...now].map(({ name }) => name))
  const [oldBase, oldHead] = [await listTree(git, last.base), await listTree(git, last.commit)]
  const tree: Map<string, Entry> = await listTree(git, base)
  for (const name of names) {
    const merged = await mergeEntries(git, oldBase.get(name), tree.get(name), oldHead.get(name))
    if (merged === 'conflict') continue
    if (merged.entry === undefined) tree.delete(name)
    else tree.set(name, merged.entry)
  }
  return writeTree(git, tree)
}

/** What was found then, each with the place of its code now. */
async function placed({ last, follow }: SinceOptions): Promise<SinceReview['findings']> {
  const threads = last.findings.flatMap((finding, index): ReviewThread[] => {
    const { path, line, endLine, side } = finding
    if (path === null || line === null) return []
    return [
      linesToFollow({
        id: String(index),
        pull: 0,
        path,
        line,
        endLine: endLine ?? line,
        ...(side !== undefined && { side }),
        commit: last.commit,
        said: finding,
      }),
    ]
  })
  const places = new Map((await follow(threads)).map(({ id, place }) => [id, place]))
  return last.findings.map((finding, index) => ({ ...finding, place: places.get(String(index)) ?? null }))
}
