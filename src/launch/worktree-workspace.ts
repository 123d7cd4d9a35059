import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { CommitChange, PatchEffect, WorktreeState } from '../core/effect.ts'
import type { Failure } from '../core/failure.ts'
import { messageOf } from '../core/message-of.ts'
import { plainLine } from '../core/plain-text.ts'
import { createPathFilter } from '../core/path-filter.ts'
import type { Redactor } from '../core/redactor.ts'
import { FilesChanged } from '../worktree/change-files.ts'
import { shown } from '../worktree/file-name.ts'
import { listFileNames, type Snapshot } from '../worktree/snapshot.ts'
import { createWorktrees, type Worktree, type Worktrees } from '../worktree/worktrees.ts'
import { repositoryFile } from './leftovers.ts'
import { writeNewFile } from '../process/create-file.ts'
import { removeTreeSync } from '../process/remove-tree.ts'
import { readRegularFile } from '../process/read-regular-file.ts'

/** A git worktree that one attempt works in. */
export interface WorktreeWorkspace {
  /** Where in the worktree the run's workspace stands: they differ when that is a folder below the repository's root. */
  readonly path: string
  /** Keeps the changes as a patch, applies them where asked, and removes the worktree. */
  finish(how: {
    readonly apply: Apply | undefined
    readonly patchFile: string
    /** Its changes are to leave as a commit. */
    readonly leave?: Leave
  }): Promise<Changes>
  /** What it holds now, for whoever must make it anew. */
  state(): Promise<WorktreeState>
  /** Keeps the changes so far as a patch. */
  keep(patchFile: string): Promise<Changes>
  /** Removes the worktree with whatever is in it. */
  discard(): Promise<void>
}

/** How an attempt's changes are applied. */
export interface Apply {
  /** Filters of the protected files that may be changed. */
  readonly allowPaths: readonly string[]
  /** Settles when it is the attempt's turn; with a failure when its changes are not to be applied after all. */
  readonly when: () => Promise<Failure | undefined>
  /** Told when all is known and nothing is done yet; when it says no, nothing is. */
  readonly announce: (effect: PatchEffect) => boolean
}

/** Which of an attempt's changes may leave as a commit: filters of the protected files that may be in it, and of all files; each of `paths` holds. */
export interface Leave {
  readonly allowPaths: readonly string[]
  readonly paths: readonly (readonly string[])[]
  readonly maxBytes: number
}

/** What became of an attempt's changes. */
export interface Changes {
  /** Whether there were any, and the patch file was written. */
  readonly kept: boolean
  /** Set when they could not be kept or applied. */
  readonly failure?: Failure
  /** What the user should know of them. */
  readonly notices: readonly string[]
  /** What is to become a commit, where that was asked for and there is any; or why it may not. */
  readonly leaving?: CommitChange | { readonly refused: string }
}

/** Makes the worktrees of a run, and applies their changes one after the other. */
export interface WorktreeWorkspaces {
  /** `name` is unique in the run. Rejects with git's own words. */
  open(name: string): Promise<WorktreeWorkspace>
  /** The one of a group, which its members share: made by the first that asks, or anew after it was closed or lost. */
  openShared(group: string, name: string): Promise<WorktreeWorkspace>
  /** Does the rest of an effect that an orchestrator before us announced; answers with what keeps it from being done. */
  complete(effect: PatchEffect): Promise<Failure | undefined>
  /** Removes what is left. */
  remove(): Promise<void>
}

/** Worktrees of the repository around `workspace`; `root` says below which directory they are made. */
export function createWorktreeWorkspaces(options: {
  readonly workspace: string
  readonly root: () => string
  readonly env: Readonly<Record<string, string>>
  readonly redactor: Redactor
  /** What an earlier process of this run applied. */
  readonly applied: readonly PatchEffect[]
  /** What an earlier process of this run left in the worktrees of groups. */
  readonly shared: ReadonlyMap<string, WorktreeState>
  /** Files that the run was made of. */
  readonly obeys?: readonly string[]
}): WorktreeWorkspaces {
  const { workspace, env, redactor } = options
  let made: Promise<Worktrees> | undefined
  const worktrees = (): Promise<Worktrees> => (made ??= begin())
  const begin = async (): Promise<Worktrees> => {
    const found = createWorktrees(workspace, () => join(dirname(options.root()), 'git'), env, options.obeys)
    writeFileSync(join(dirname(options.root()), repositoryFile), workspace)
    for (const effect of options.applied) await found.remember(effect).catch(() => {})
    return found
  }
  const states = new Map(options.shared)
  const open = new Map<string, Promise<WorktreeWorkspace>>()
  const make = async (name: string, group?: string): Promise<WorktreeWorkspace> => {
    const all = await worktrees()
    const at = join(options.root(), name)
    const known = group === undefined ? undefined : states.get(group)
    const worktree = await (known === undefined ? all.open(at) : all.reopen(at, known))
    const path = join(worktree.path, all.repository.prefix)
    mkdirSync(path, { recursive: true })
    const discard = (): Promise<void> => {
      if (group !== undefined) open.delete(group)
      return all.remove(worktree.path)
    }
    return {
      path,
      discard,
      async state() {
        const state = { base: worktree.base, tree: (await worktree.snapshot()).tree }
        if (group !== undefined) states.set(group, state)
        return state
      },
      keep: (patchFile) => orNotKept(() => keepAndApply(all, worktree, { apply: undefined, patchFile }, redactor)),
      async finish(how) {
        try {
          return await orNotKept(() => keepAndApply(all, worktree, how, redactor))
        } finally {
          await discard()
        }
      },
    }
  }
  return {
    open: (name) => make(name),
    openShared(group, name) {
      const known = open.get(group) ?? make(name, group)
      open.set(group, known)
      known.catch(() => open.delete(group))
      return known
    },
    async complete(effect) {
      try {
        await (await worktrees()).complete(effect)
        return undefined
      } catch (error) {
        return notApplied(error)
      }
    },
    async remove() {
      if (made !== undefined) await (await made.catch(() => undefined))?.remove(options.root())
    },
  }
}

async function orNotKept(act: () => Promise<Changes>): Promise<Changes> {
  try {
    return await act()
  } catch (error) {
    const detail = plainLine(`its changes could not be kept: ${messageOf(error)}`)
    return { kept: false, failure: { kind: 'crash', detail }, notices: [] }
  }
}

async function keepAndApply(
  all: Worktrees,
  worktree: Worktree,
  { apply, patchFile, leave }: Parameters<WorktreeWorkspace['finish']>[0],
  redactor: Redactor,
): Promise<Changes> {
  const snapshot = await worktree.snapshot()
  const notices = aboutFiles(snapshot)
  const unmasked = `${worktree.path}.patch`
  // Git would write through a link that a program has planted there.
  removeTreeSync(unmasked)
  const kept = await all.writePatch(worktree.base, snapshot.tree, unmasked)
  const holdsSecret = kept && copyMasked(unmasked, patchFile, redactor)
  if (holdsSecret) notices.push(maskedPatch)
  if (snapshot.left.length > 0 && apply !== undefined) {
    const files = snapshot.left.map(shown)
    const detail = plainLine(`${listFileNames(snapshot.left)}: a path of git itself is never changed`)
    return { kept, notices, failure: { kind: 'conflict', detail, files } }
  }
  if (kept && leave !== undefined) {
    const leaving = holdsSecret
      ? { refused: 'there is a secret in its changes' }
      : await readLeaving(all, worktree, snapshot, leave)
    return { kept, notices, leaving }
  }
  if (!kept || apply === undefined) return { kept, notices }
  const refusal = await apply.when()
  const failure = refusal ?? (await applyNow(all, worktree, snapshot, apply))
  return { kept, notices, ...(failure && { failure }) }
}

async function readLeaving(
  all: Worktrees,
  { base, commit }: Worktree,
  { tree, left }: Snapshot,
  { allowPaths, paths, maxBytes }: Leave,
): Promise<CommitChange | { readonly refused: string }> {
  if (left.length > 0) return { refused: `${listFileNames(left)}: a path of git itself` }
  const isAllowed = createPathFilter(allowPaths)
  const filters = paths.map(createPathFilter)
  const read = await all.readChanges(
    { base, theirs: tree },
    {
      allows: (name) => isAllowed(shown(name)),
      within: (name) => filters.every((passes) => passes(shown(name))),
      maxBytes,
    },
  )
  return read.kind === 'files'
    ? { parent: commit, files: read.files }
    : { refused: `${listFileNames(read.files)}: ${read.why}` }
}

async function applyNow(
  all: Worktrees,
  { base }: Worktree,
  { tree }: Snapshot,
  { allowPaths, announce, when }: Apply,
): Promise<Failure | undefined> {
  const isAllowed = createPathFilter(allowPaths)
  try {
    const plan = await all.apply({ base, theirs: tree }, (name) => isAllowed(shown(name)), announce)
    if (plan.kind === 'effect' || plan.kind === 'nothing') return undefined
    if (plan.kind === 'stopped') return await when()
    const files = plan.files.map(shown)
    const why = plan.kind === 'conflict' ? 'changed in another way in the meantime' : plan.why
    const detail = plainLine(`${notAppliedBut}: ${listFileNames(plan.files)} (${why})`)
    return plan.kind === 'conflict' ? { kind: 'conflict', detail, files } : { kind: 'denied', detail }
  } catch (error) {
    return notApplied(error)
  }
}

const notAppliedBut = 'its changes could not be applied, they are kept as a patch'

function notApplied(error: unknown): Failure {
  if (error instanceof FilesChanged) {
    const detail = plainLine(`${notAppliedBut}: ${listFileNames(error.files)} (changed in another way in the meantime)`)
    return { kind: 'conflict', detail, files: error.files.map(shown) }
  }
  return { kind: 'crash', detail: plainLine(`${notAppliedBut}: ${messageOf(error)}`) }
}

const maskedPatch = 'its patch held a secret, which was masked: it no longer applies there'

function aboutFiles({ nested, left }: Snapshot): string[] {
  const notices: string[] = []
  if (nested.length > 0)
    notices.push(
      `${listFileNames(nested)}: a nested repository was created there; its files are in the patch, its commits are not`,
    )
  if (left.length > 0) notices.push(`${listFileNames(left)}: not in the patch, git keeps no files of such a name`)
  return notices
}

/** Copies a file with its secrets masked; true when there were any. */
function copyMasked(from: string, to: string, redactor: Redactor): boolean {
  const bytes = readRegularFile(from, { maxBytes: Infinity, followLinks: false })
  const stream = redactor.stream()
  const masked = Buffer.concat([Buffer.from(stream.push(bytes)), Buffer.from(stream.end())])
  writeNewFile(to, masked)
  return !masked.equals(bytes)
}
