import type { ChangedFile } from '../core/changes.ts'
import { ChangesError } from '../core/changes-error.ts'
import type { PlacedThread, ReviewThread, ThreadPlace } from '../core/review-thread.ts'
import { findCode, followLines, plainLines } from '../findings/follow-code.ts'
import type { Commits } from '../worktree/change-commits.ts'
import { compareFiles } from '../worktree/changed-files.ts'
import type { ScratchGit } from '../worktree/scratch-git.ts'

/** Where the code of threads is looked for. */
export interface FollowOptions {
  readonly git: ScratchGit
  readonly commits: Commits
  /** Commit (hex) to follow them to. */
  readonly head: string
  /** Number of its pull request; threads of others are found by their code alone. */
  readonly pull: number
  /** What the pull request changes. */
  readonly files: readonly Pick<ChangedFile, 'path' | 'status' | 'binary' | 'generated'>[]
}

/** Commits that threads were put on: more are not asked for. */
const mostCommits = 40
/** Files that code is looked for in when it left its own. */
const mostFiles = 300

type FileDiff = { readonly path: string | null; readonly diff: string }

/** Finds where the code of threads is in the head, through the diff from where each was put, and by the code itself where it was moved. */
export async function followThreads(threads: readonly ReviewThread[], options: FollowOptions): Promise<PlacedThread[]> {
  const { head, pull, files } = options
  const own = threads.filter((thread) => thread.pull === pull)
  const diffs = new Map<string, ReadonlyMap<string, FileDiff> | undefined>()
  for (const commit of [...new Set(own.map((thread) => thread.commit))].slice(-mostCommits))
    diffs.set(commit, await diffsFrom(commit, options))
  const drafts = threads.map((thread) => {
    const through = thread.pull === pull ? placeThrough(thread, diffs.get(thread.commit), head) : undefined
    return { thread, through: through ?? stayed(thread, thread.pull === pull ? 'unknown' : 'gone') }
  })
  const isSettled = ({ through }: { readonly through: ThreadPlace }): boolean => through.kind === 'same'
  if (drafts.every(isSettled)) return drafts.map(({ thread, through }) => ({ ...thread, place: through }))
  const wanted = files.filter(({ status, binary, generated }) => status !== 'deleted' && !binary && !generated)
  const paths = new Set([
    ...drafts.filter((draft) => !isSettled(draft)).map(({ through }) => through.path),
    ...wanted.slice(0, mostFiles).map(({ path }) => path),
  ])
  const texts = await readFiles([...paths], options)
  return drafts.map((draft): PlacedThread => {
    const { thread, through } = draft
    if (isSettled(draft)) return { ...thread, place: through }
    const found = findCode(thread.said?.code ?? [], through, texts)
    if (found !== undefined) return { ...thread, place: { kind: 'same', ...found } }
    // Git does not know the commit any more: that the code is not there is all we know.
    const kind = through.kind === 'unknown' && (thread.said?.code ?? []).length > 0 ? 'changed' : through.kind
    return { ...thread, place: { ...through, kind } }
  })
}

function stayed({ path, line, endLine }: ReviewThread, kind: ThreadPlace['kind']): ThreadPlace {
  return { kind, path, line, endLine }
}

function placeThrough(
  thread: ReviewThread,
  diffs: ReadonlyMap<string, FileDiff> | undefined,
  head: string,
): ThreadPlace | undefined {
  if (thread.commit === head) return stayed(thread, 'same')
  if (diffs === undefined) return undefined
  const own = diffs.get(thread.path)
  if (own === undefined) return stayed(thread, 'same')
  if (own.path === null) return stayed(thread, 'gone')
  return { path: own.path, ...followLines(own.diff, thread.line, thread.endLine) }
}

/** What became of each file since a commit, by its path there; undefined where git cannot have the commit. */
async function diffsFrom(
  commit: string,
  { git, commits, head }: FollowOptions,
): Promise<ReadonlyMap<string, FileDiff> | undefined> {
  if (commit === head) return new Map()
  try {
    if (!(await commits.obtain([commit]))) return undefined
    await commits.complete(commit, head)
    const { files, diffs = [] } = await compareFiles(git, commit, head, true)
    return new Map(
      files.flatMap(({ path, previousPath, status }, index): [string, FileDiff][] => {
        const diff = Buffer.from(diffs[index] ?? '', 'latin1').toString('utf8')
        if (status === 'added') return []
        return [[previousPath ?? path, { path: status === 'deleted' ? null : path, diff }]]
      }),
    )
  } catch (error) {
    if (error instanceof ChangesError) return undefined
    throw error
  }
}

/** The lines of files at the head, by path; what is not there, or no text, is left out. */
async function readFiles(
  paths: readonly string[],
  { git, head }: FollowOptions,
): Promise<Map<string, readonly string[]>> {
  const asked = paths.filter((path) => !path.includes('\n'))
  const names = asked.map((path) => `${head}:${Buffer.from(path, 'utf8').toString('latin1')}\n`)
  const answer = await git.run(['cat-file', '--batch'], { stdin: names.join('') })
  const found = new Map<string, readonly string[]>()
  let at = 0
  for (const path of asked) {
    const end = answer.indexOf('\n', at)
    const [, kind, size] = /^[0-9a-f]+ (\w+) (\d+)$/.exec(answer.slice(at, end)) ?? []
    at = end + 1
    if (size === undefined) continue
    const text = answer.slice(at, at + Number(size))
    at += Number(size) + 1
    if (kind === 'blob' && !text.includes('\0'))
      found.set(path, plainLines(Buffer.from(text, 'latin1').toString('utf8')))
  }
  return found
}
