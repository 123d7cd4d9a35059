import { removeTreeSync } from '../process/remove-tree.ts'
import { isUtf8 } from 'node:buffer'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Changes, ChangesNeeded } from '../core/changes.ts'
import { ChangesError } from '../core/changes-error.ts'
import type { JsonObject } from '../core/json.ts'
import { messageOf } from '../core/message-of.ts'
import type { EarlierReview, PlacedThread, SinceReview } from '../core/review-thread.ts'
import { openCommits, type Commits } from '../worktree/change-commits.ts'
import { compareFiles, treeOfFiles } from '../worktree/changed-files.ts'
import { findRepository, type Repository } from '../worktree/repository.ts'
import { shown } from '../worktree/file-name.ts'
import { createScratchGit, type ScratchGit } from '../worktree/scratch-git.ts'
import { compareTrees } from '../worktree/trees.ts'
import { changeRange, pullOf, type ChangeRange } from './change-range.ts'
import type { FollowOptions } from './follow-threads.ts'
import { readBranches } from './read-branches.ts'

/** What it takes to tell what changed. */
export interface ChangesRequest {
  readonly workspace: string
  /** The `github` context. */
  readonly github: JsonObject
  /** A branch or commit to compare with, where the user named one. */
  readonly base?: string
  readonly needed: ChangesNeeded
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Masks what is secret in the diff. */
  readonly mask: (text: string) => string
  readonly fetchMs?: number
  readonly abort?: AbortSignal
  /** What earlier reviews said, to be followed to the head; asked for while git compares. */
  readonly earlierReview?: Promise<EarlierReview | undefined>
}

/** What changed, with the content of the diff file where it is needed. */
export interface ReadChanges {
  readonly changes: Changes
  readonly diff: Buffer | undefined
  /** What earlier reviews said; absent where it is not known. */
  readonly past?: Past
  /** Sentences on what the user may not expect. */
  readonly notes: readonly string[]
}

/** Name of the diff file in the run directory. */
const diffFile = 'changes.diff'

const partialHint =
  'If this clone is partial (`filter` of `actions/checkout`), make a full one: what changed cannot be compared without its content.'

const tooLargeHint =
  'The diff is too large to be attached: use `paths` and `changes.files`, which need none, and let the agent look at the files itself.'

/** Asks git what changed between the commits a run is about. Rejects with ChangesError, for the user. */
export async function readChanges(request: ChangesRequest): Promise<ReadChanges> {
  const { workspace, needed, mask } = request
  const env = Object.fromEntries(
    Object.entries(request.environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
  let repository: Repository
  try {
    repository = findRepository(workspace)
  } catch (error) {
    throw new ChangesError(messageOf(error), 'Check the repository out first, with `actions/checkout` in a workflow.')
  }
  const notes: string[] = []
  const folder = mkdtempSync(join(tmpdir(), 'orchestrator-changes-'))
  try {
    const git = await createScratchGit(repository, folder, env, request.abort)
    const commits = openCommits(repository, { ...request, env })
    const range = changeRange(request.github, request.base)
    const ends = await findEnds(range, commits, repository, notes)
    const before = ends.base ?? (await emptyTree(git))
    if (ends.base !== null && ends.head !== null) await commits.complete(ends.base, ends.head)
    const isDesk = range.kind === 'branch' && range.isDesk
    const after = isDesk ? await treeOfFiles(git, repository) : (ends.head ?? before)
    const { files, diffs } = await compareFiles(git, before, after, needed === 'diff')
    const elsewhere = range.kind === 'parted' ? await differing(git, commits, ends.head) : undefined
    const parts = diffs?.map((diff) => maskedBytes(diff, mask))
    const { base, head } = ends
    const asked = await request.earlierReview
    const past =
      asked === undefined || base === null || head === null
        ? undefined
        : await lookBack(asked, { git, commits, files, base, head, pull: pullOf(request.github) }, mask)
    return {
      ...(past && { past }),
      changes: {
        base,
        head,
        diffFile: parts === undefined ? null : diffFile,
        files: files.map((file, index) => ({
          ...file,
          ...(elsewhere?.has(file.path) === true && { differsHere: true }),
          bytes: parts?.[index]?.length ?? 0,
        })),
      },
      diff: parts && Buffer.concat(parts),
      notes,
    }
  } catch (error) {
    if (error instanceof ChangesError) throw error
    const message = messageOf(error)
    throw new ChangesError(message, /more than \d+ bytes of output/.test(message) ? tooLargeHint : partialHint)
  } finally {
    removeTreeSync(folder)
  }
}

interface Ends {
  readonly base: string | null
  readonly head: string | null
}

async function findEnds(range: ChangeRange, commits: Commits, repository: Repository, notes: string[]): Promise<Ends> {
  switch (range.kind) {
    case 'parted': {
      const { base, head } = range
      if (!(await commits.obtain([base, head])))
        throw new ChangesError(
          `git cannot fetch the commits ${base} and ${head} of the event`,
          'Let `actions/checkout` keep its credentials (`persist-credentials`), or set its `fetch-depth: 0`.',
        )
      return { base: await partedAt(base, head, commits, notes), head }
    }
    case 'push': {
      const { before, after, branch } = range
      if (!(await commits.obtain([after])))
        throw new ChangesError(`git cannot fetch the pushed commit ${after}`, 'Check out the commit of the event.')
      if (before !== '' && (await commits.obtain([before]))) return { base: before, head: after }
      if (before !== '')
        notes.push(`The commit ${before} before this push is gone; changes are compared with the default branch.`)
      const base = branch === undefined ? undefined : await commits.branch(branch)
      // The default branch itself, pushed for the first time: everything is new.
      if (base === undefined || base === after) return { base: null, head: after }
      return { base: await partedAt(base, after, commits, notes), head: after }
    }
    case 'branch': {
      const head = (await commits.resolve('HEAD')) ?? null
      const name = range.base ?? readBranches(repository.root).base
      const named = range.isDesk && range.base !== undefined ? await commits.resolve(range.base) : undefined
      const base = named ?? (name === undefined ? undefined : await commits.branch(name))
      if (head === null) return { base: null, head }
      if (base === undefined)
        throw new ChangesError(
          range.base === undefined
            ? 'the repository does not say what its default branch is'
            : `there is no branch or commit ${range.base}`,
          'Name what to compare with: `--base BRANCH`.',
        )
      return { base: await partedAt(base, head, commits, notes), head }
    }
  }
}

/** What earlier reviews said, and where its code is now. */
export interface Past {
  readonly earlier: EarlierReview<PlacedThread>
  /** Where only what changed since the last review is looked at, with its diff file. */
  readonly since?: SinceReview
  readonly sinceDiff?: Buffer
  /** What agents are given, in a sentence. */
  readonly told?: string
}

/** Loads what it takes only where there is something to look back at. */
async function lookBack(
  { threads, last }: EarlierReview,
  where: FollowOptions,
  mask: (text: string) => string,
): Promise<Past> {
  if (threads.length === 0 && last === undefined) return { earlier: { threads: [] } }
  const { followThreads } = await import('./follow-threads.ts')
  const earlier = { threads: await followThreads(threads, where), ...(last && { last }) }
  if (last === undefined) return { earlier }
  const { changesSince } = await import('./changes-since.ts')
  const told = await changesSince({
    ...where,
    last,
    bytesOf: (diff) => maskedBytes(diff, mask),
    follow: (found) => followThreads(found, { ...where, pull: 0 }),
  })
  const which = last.commit.slice(0, 8)
  if (told === undefined)
    return {
      earlier,
      told: `The commit ${which} that was reviewed last is gone; agents get the whole pull request.`,
    }
  return { earlier, since: told.since, sinceDiff: told.diff, told: describeSince(told.since, where.files.length) }
}

function describeSince({ commit, changes }: SinceReview, all: number): string {
  const which = `since the review of ${commit.slice(0, 8)}`
  if (changes.files.length === 0)
    return `Nothing changed ${which}: agents that read the changes have nothing to do, and the earlier findings stand.`
  return `Agents that read the changes are given what changed ${which}: ${changes.files.length} of ${all} files.`
}

/** Two that have nothing in common are compared as they are. */
async function partedAt(base: string, head: string, commits: Commits, notes: string[]): Promise<string> {
  const common = await commits.mergeBase(base, head)
  if (common === undefined) notes.push(`${base} and ${head} have no commit in common; they are compared as they are.`)
  return common ?? base
}

/** Files that the commit which is checked out, such as the merge that GitHub makes of a pull request, has otherwise than the head. */
async function differing(git: ScratchGit, commits: Commits, head: string | null): Promise<Set<string> | undefined> {
  const here = await commits.resolve('HEAD')
  if (here === undefined || head === null || here === head) return undefined
  return new Set((await compareTrees(git, head, here)).map(({ name }) => shown(name)))
}

async function emptyTree(git: ScratchGit): Promise<string> {
  return (await git.run(['hash-object', '-w', '-t', 'tree', '--stdin'], { stdin: '' })).trim()
}

/** Bytes of a part of the diff; only text can hold a secret as we know it. */
function maskedBytes(diff: string, mask: (text: string) => string): Buffer {
  const bytes = Buffer.from(diff, 'latin1')
  const isText = isUtf8(bytes)
  const text = isText ? bytes.toString('utf8') : diff
  const masked = mask(text)
  return masked === text ? bytes : Buffer.from(masked, isText ? 'utf8' : 'latin1')
}
