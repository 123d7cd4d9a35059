import type { ChangedFile } from '../core/changes.ts'
import { ChangesError } from '../core/changes-error.ts'
import type { PlacedThread, ReviewThread, ThreadPlace } from '../core/review-thread.ts'
import { findCode, followLines, freshLines, plainLines, type Stretch } from '../findings/follow-code.ts'
import type { Commits } from '../worktree/change-commits.ts'
import { compareFiles } from '../worktree/changed-files.ts'
import { followRemoved } from './follow-removed.ts'
import type { ScratchGit } from '../worktree/scratch-git.ts'

/** Where the code of threads is looked for. */
export interface FollowOptions {
  readonly git: ScratchGit
  readonly commits: Commits
  /** Commits (hex): where the pull request leaves its base, and its head, to which they are followed. */
  readonly base: string
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

/** What became of the files of a commit: by their paths there, and by those in the head. */
interface Diffs {
  readonly from: ReadonlyMap<string, FileDiff>
  /** Lines that came since; `all` of a file that is new. */
  readonly to: ReadonlyMap<string, 'all' | (() => ReadonlySet<number>)>
}

/** Finds where the code of threads is in the head, through the diff from where each was put, and by the code itself where it was moved; and which removed lines still are. */
export async function followThreads(all: readonly ReviewThread[], options: FollowOptions): Promise<PlacedThread[]> {
  const removed = await followRemoved(
    all.filter(({ side }) => side === 'left'),
    options,
  )
  const followed = await followKept(
    all.filter(({ side }) => side === undefined),
    options,
  )
  const places = new Map([...removed, ...followed].map((each) => [each.id, each.place]))
  return all.map((thread) => ({ ...thread, place: places.get(thread.id) ?? stayed(thread, 'unknown') }))
}

async function followKept(threads: readonly ReviewThread[], options: FollowOptions): Promise<PlacedThread[]> {
  const { head, pull, files } = options
  const own = threads.filter((thread) => thread.pull === pull)
  const diffs = new Map<string, Diffs | undefined>()
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
  const claims = createClaims(pull)
  for (const { thread, through } of drafts) if (through.kind === 'same') claims.add(thread, through)
  const places = new Map<ReviewThread, ThreadPlace>()
  // In the order of their lines, so that of equal code the first is taken for the first.
  for (const { thread, through } of drafts.toSorted((a, b) => a.thread.line - b.thread.line)) {
    const code = thread.said?.code ?? []
    const found = through.kind === 'same' ? through : findMoved(thread, through)
    if (found !== undefined) claims.add(thread, found)
    // Git does not know the commit any more: that the code is not there is all we know.
    const kind = through.kind === 'unknown' && code.length > 0 ? 'changed' : through.kind
    places.set(thread, found === undefined ? { ...through, kind } : { ...found, kind: 'same' })
  }
  return drafts.map(({ thread, through }) => ({ ...thread, place: places.get(thread) ?? through }))

  /** Code that was there already when the thread began has not moved there, and where one thread is no other of equal code is. */
  function findMoved(thread: ReviewThread, through: ThreadPlace): Stretch | undefined {
    const code = thread.said?.code ?? []
    if (thread.pull !== pull) return findCode(code, through, texts)
    const since = diffs.get(thread.commit)
    const isFree = (place: Stretch): boolean => claims.allow(thread, place)
    if (since === undefined) return findCode(code, through, texts, isFree)
    const isNew = ({ path, line, endLine }: Stretch): boolean => {
      const fresh = since.to.get(path)
      if (fresh === undefined || fresh === 'all') return fresh === 'all'
      return Array.from({ length: endLine - line + 1 }, (_, at) => line + at).some((each) => fresh().has(each))
    }
    const free = findCode(code, through, texts, (place) => isFree(place) && isNew(place))
    return free ?? findCode(code, through, texts, isNew)
  }
}

/** Which threads are where: two that are about equal code in the same way, and did not begin on the same lines, are not on the same lines later. */
function createClaims(pull: number) {
  const claims = new Map<string, Set<string>>()
  const keyOf = ({ said }: ReviewThread, { path, line }: Stretch): string =>
    JSON.stringify([path, line, said?.code, said?.category ?? said?.rule])
  const originOf = ({ commit, path, line, endLine }: ReviewThread): string =>
    JSON.stringify([commit, path, line, endLine])
  return {
    add(thread: ReviewThread, place: Stretch): void {
      if (thread.pull !== pull) return
      const key = keyOf(thread, place)
      claims.set(key, (claims.get(key) ?? new Set()).add(originOf(thread)))
    },
    allow(thread: ReviewThread, place: Stretch): boolean {
      const holders = claims.get(keyOf(thread, place))
      return holders === undefined || holders.has(originOf(thread))
    },
  }
}

function stayed({ path, line, endLine }: ReviewThread, kind: ThreadPlace['kind']): ThreadPlace {
  return { kind, path, line, endLine }
}

function placeThrough(thread: ReviewThread, diffs: Diffs | undefined, head: string): ThreadPlace | undefined {
  if (thread.commit === head) return stayed(thread, 'same')
  if (diffs === undefined) return undefined
  const own = diffs.from.get(thread.path)
  if (own === undefined) return stayed(thread, 'same')
  if (own.path === null) return stayed(thread, 'gone')
  return { path: own.path, ...followLines(own.diff, thread.line, thread.endLine) }
}

/** What became of each file since a commit, by its path there; undefined where git cannot have the commit. */
async function diffsFrom(commit: string, { git, commits, head }: FollowOptions): Promise<Diffs | undefined> {
  if (commit === head) return { from: new Map(), to: new Map() }
  try {
    if (!(await commits.obtain([commit]))) return undefined
    await commits.complete(commit, head)
    const { files, diffs = [] } = await compareFiles(git, commit, head, true)
    const [from, to] = [new Map<string, FileDiff>(), new Map<string, 'all' | (() => ReadonlySet<number>)>()]
    for (const [index, { path, previousPath, status }] of files.entries()) {
      const diff = Buffer.from(diffs[index] ?? '', 'latin1').toString('utf8')
      let fresh: ReadonlySet<number> | undefined
      if (status !== 'deleted') to.set(path, status === 'added' ? 'all' : () => (fresh ??= freshLines(diff)))
      if (status !== 'added') from.set(previousPath ?? path, { path: status === 'deleted' ? null : path, diff })
    }
    return { from, to }
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
