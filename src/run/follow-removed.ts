import { ChangesError } from '../core/changes-error.ts'
import type { PlacedThread, ReviewThread, ThreadPlace } from '../core/review-thread.ts'
import { readHunks, type HunkSides } from '../findings/diff-lines.ts'
import { findCode, followLines, plainLines, type Stretch } from '../findings/follow-code.ts'
import { placeTolerance } from '../findings/same-subject.ts'
import type { Commits } from '../worktree/change-commits.ts'
import { compareFiles } from '../worktree/changed-files.ts'
import type { ScratchGit } from '../worktree/scratch-git.ts'

/** Where lines are looked for that were removed. */
export interface RemovedOptions {
  readonly git: ScratchGit
  readonly commits: Commits
  /** Commits (hex): where the pull request leaves its base, and its head. */
  readonly base: string
  readonly head: string
  /** Number of the pull request; threads of others are found by their code alone. */
  readonly pull: number
}

/** A file that the pull request changes, by its path in the diff. */
interface RemovedCode {
  /** Its path before the pull request. */
  readonly before: string
  readonly hunks: readonly HunkSides[]
  readonly removed: ReadonlySet<number>
}

/** What became of the base since a thread began, by the paths there; undefined where git cannot have that. */
type BaseDiffs = ReadonlyMap<string, { readonly path: string | null; readonly diff: string }> | undefined

/** Commits that threads were put on: more are not asked for. */
const mostCommits = 40

/**
 * Finds what became of lines that a pull request removes: whether it still does, through the diff of its base where that moved, and by the code itself
 * where git cannot tell or they stand elsewhere.
 */
export async function followRemoved(
  threads: readonly ReviewThread[],
  options: RemovedOptions,
): Promise<PlacedThread[]> {
  if (threads.length === 0) return []
  const { git, base, head, pull } = options
  const files = await readRemoved(git, base, head)
  const own = threads.filter((thread) => thread.pull === pull)
  const bases = new Map<string, BaseDiffs>()
  for (const commit of [...new Set(own.map((thread) => thread.commit))].slice(-mostCommits))
    bases.set(commit, await baseDiffsOf(commit, options))
  return threads.map((thread) => {
    const through = thread.pull === pull ? placeThrough(thread, bases.get(thread.commit), files) : undefined
    if (through?.kind === 'same') return { ...thread, place: through }
    const found = findRemoved(thread, files)
    // Of lines that are alike, git may take another one for the removed one.
    const isMeant =
      through === undefined || (found?.path === through.path && Math.abs(found.line - through.line) <= placeTolerance)
    return { ...thread, place: (isMeant ? found : undefined) ?? through ?? lost(thread) }
  })

  /** Nothing is known of a commit that is gone; of another pull request, that its code is not here. */
  function lost({ path, line, endLine, said, ...thread }: ReviewThread): ThreadPlace {
    const isKnown = thread.pull !== pull || (said?.code ?? []).length > 0
    return { kind: isKnown ? 'gone' : 'unknown', path, line, endLine }
  }
}

/** Files with removed lines. */
async function readRemoved(git: ScratchGit, base: string, head: string): Promise<Map<string, RemovedCode>> {
  const { files, diffs = [] } = await compareFiles(git, base, head, true)
  const found = new Map<string, RemovedCode>()
  for (const [index, { path, previousPath, status, binary }] of files.entries()) {
    if (binary || status === 'added' || status === 'type-changed') continue
    const hunks = readHunks(Buffer.from(diffs[index] ?? '', 'latin1').toString('utf8'))
    const removed = new Set(hunks.flatMap(({ old }) => [...old.removed]))
    found.set(path, { before: previousPath ?? path, hunks, removed })
  }
  return found
}

/** From where a pull request left its base when a thread was put on one of its commits, to where it does now. */
async function baseDiffsOf(commit: string, { git, commits, base }: RemovedOptions): Promise<BaseDiffs> {
  try {
    if (!(await commits.obtain([commit]))) return undefined
    const before = await commits.mergeBase(commit, base)
    if (before === undefined) return undefined
    if (before === base) return new Map()
    await commits.complete(before, base)
    const { files, diffs = [] } = await compareFiles(git, before, base, true)
    return new Map(
      files.map(({ path, previousPath, status }, index) => [
        previousPath ?? path,
        {
          path: status === 'deleted' ? null : path,
          diff: Buffer.from(diffs[index] ?? '', 'latin1').toString('utf8'),
        },
      ]),
    )
  } catch (error) {
    if (error instanceof ChangesError) return undefined
    throw error
  }
}

function placeThrough(
  { path, line, endLine }: ReviewThread,
  bases: BaseDiffs,
  files: ReadonlyMap<string, RemovedCode>,
): ThreadPlace | undefined {
  if (bases === undefined) return undefined
  const now = fileOf(path, bases, files)
  if (now === undefined) return { kind: 'gone', path, line, endLine }
  const [name, { before, removed }] = now
  const diff = [...bases.values()].find((each) => each.path === before)?.diff
  const moved = diff === undefined ? { kind: 'same', line, endLine } : followLines(diff, line, endLine)
  const place = { path: name, line: moved.line, endLine: moved.endLine }
  if (moved.kind === 'same' && removed.has(place.line) && removed.has(place.endLine)) return { ...place, kind: 'same' }
  const left = [...removed].filter((each) => place.line <= each && each <= place.endLine)
  const [first, last] = [left[0], left.at(-1)]
  return first === undefined || last === undefined
    ? { ...place, kind: 'gone' }
    : { kind: 'changed', path: name, line: first, endLine: last }
}

/** The file of a thread in the diff as it is now: by its path there, or by the one it had before the pull request. */
function fileOf(
  path: string,
  bases: NonNullable<BaseDiffs>,
  files: ReadonlyMap<string, RemovedCode>,
): readonly [string, RemovedCode] | undefined {
  const known = bases.get(path)?.path ?? path
  const own = files.get(path)
  return own === undefined ? [...files].find(([, { before }]) => before === known) : [path, own]
}

/** Equal code that is removed, nearest to where it was. */
function findRemoved(thread: ReviewThread, files: ReadonlyMap<string, RemovedCode>): ThreadPlace | undefined {
  const code = thread.said?.code ?? []
  const texts = new Map<string, readonly string[]>()
  for (const [path, { hunks }] of files) texts.set(path, linesOf(hunks))
  const isRemoved = ({ path, line, endLine }: Stretch): boolean => {
    const removed = files.get(path)?.removed
    return removed?.has(line) === true && removed.has(endLine)
  }
  const found = findCode(code, thread, texts, isRemoved)
  return found && { ...found, kind: 'same' }
}

/** Lines of the old file that the diff shows, each at its place; where it shows none there is what no code says. */
function linesOf(hunks: readonly HunkSides[]): string[] {
  const last = hunks.at(-1)?.old
  const lines = Array.from({ length: last === undefined ? 0 : last.start - 1 + last.lines.length }, () => '\0')
  for (const { old } of hunks)
    for (const [at, line] of plainLines(old.lines.join('\n')).entries())
      if (at < old.lines.length) lines[old.start - 1 + at] = line
  return lines
}
