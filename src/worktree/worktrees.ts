import { mkdirSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import type { PatchEffect, WorktreeState } from '../core/effect.ts'
import { changeFiles, removeStaging } from './change-files.ts'
import type { FileName } from './file-name.ts'
import { addLinkedWorktree, headCommit, removeLinkedWorktrees } from './linked-worktree.ts'
import { planPatch, type PatchPlan } from './plan-patch.ts'
import { bringUpToDate, populate, putTree } from './populate.ts'
import type { ReadFiles, ReadLimits } from './read-changed-files.ts'
import { findRepository, type Repository } from './repository.ts'
import { withRepositoryLock } from './repository-lock.ts'
import { createScratchGit, type ScratchGit } from './scratch-git.ts'
import { takeSnapshot, type Snapshot } from './snapshot.ts'
import { compareTrees } from './trees.ts'
import { plainPath } from './unsafe-name.ts'

type Environment = Readonly<Record<string, string>>

/** A checkout of its own. */
export interface Worktree {
  /** Absolute. */
  readonly path: string
  /** The files it began with: its changes are told against this tree, whatever was committed in it meanwhile. */
  readonly base: string
  /** Hex; the repository's HEAD when it was made. */
  readonly commit: string
  /** Submodules whose files were copied into it. */
  readonly submodules: readonly FileName[]
  /** The files it has now. */
  snapshot(): Promise<Snapshot>
}

/** What one run does with the worktrees of one repository. */
export interface Worktrees {
  readonly repository: Repository
  /**
   * Checks out the repository's HEAD at `path`, on no branch, with the files of the effects named to `remember` as they stand in the repository
   * now; not what else is uncommitted there. Rejects with git's own words.
   */
  open(path: string): Promise<Worktree>
  /** The same with the files that another worktree held, and the tree that one began with. */
  reopen(path: string, state: WorktreeState): Promise<Worktree>
  /** What differs between two snapshots, as a patch that `git apply` takes. False, and no file, when nothing does. */
  writePatch(base: string, tree: string, file: string): Promise<boolean>
  /**
   * Brings what differs between two snapshots to the files of the repository, alone among all orchestrators. `announce` is asked when all is known and
   * nothing is done; when it says no, nothing is.
   */
  apply(
    trees: { readonly base: string; readonly theirs: string },
    allows: (name: FileName) => boolean,
    announce: (effect: PatchEffect) => boolean,
  ): Promise<PatchPlan | { readonly kind: 'stopped' }>
  /** What differs between two snapshots, to be made a commit elsewhere. */
  readChanges(
    trees: { readonly base: string; readonly theirs: string },
    limits: Omit<ReadLimits, 'obeyed'>,
  ): Promise<ReadFiles>
  /** Does the rest of an effect that was announced, by this process or by another. Throws FilesChanged. */
  complete(effect: PatchEffect): Promise<void>
  /** From now on, new worktrees have what an effect made of its files. */
  remember(effect: PatchEffect): Promise<void>
  /** Removes every worktree below a directory, and the directory. */
  remove(under: string): Promise<void>
}

/**
 * Worktrees of the repository around `workspace`, with a folder for files of their own. No patch changes the files that the run `obeys`, unless it is
 * allowed. Throws where there is no repository.
 */
export function createWorktrees(
  workspace: string,
  scratch: () => string,
  env: Environment,
  obeys: readonly string[] = [],
): Worktrees {
  const repository = findRepository(workspace)
  const obeyed = new Set(
    obeys.map((path) => plainPath(relative(repository.root, resolve(workspace, path)).split(sep).join('/'))),
  )
  const touched = new Set<FileName>()
  let made: ReturnType<typeof createScratchGit> | undefined
  let count = 0
  const scratchGit = (): ReturnType<typeof createScratchGit> => {
    mkdirSync(scratch(), { recursive: true, mode: 0o700 })
    made ??= createScratchGit(repository, scratch(), env)
    return made
  }
  const locked = <T>(act: (git: ScratchGit) => Promise<T>): Promise<T> =>
    withRepositoryLock(repository.commonFolder, async () => {
      removeStaging(repository)
      return act(await scratchGit())
    })
  const remember = async (git: ScratchGit, effect: PatchEffect): Promise<void> => {
    for (const { name } of await compareTrees(git, effect.before, effect.after)) touched.add(name)
  }
  const make = async (path: string): Promise<Worktree> => {
    const git = await scratchGit()
    const commit = await headCommit(repository, env)
    const gitFolder = await addLinkedWorktree(repository, path, commit, env)
    const index = join(git.folder, `worktree-${++count}`)
    const own = { path, commit, ownIndex: join(gitFolder, 'index') }
    const { submodules } = await populate(git, repository, own, index)
    await locked(() => bringUpToDate(git, repository, path, index, [...touched]))
    const { tree } = await takeSnapshot(git, path, index)
    // Whoever shares a worktree may ask at the same time.
    let last: Promise<unknown> = Promise.resolve()
    const snapshot = (): Promise<Snapshot> => {
      const next = last.then(() => takeSnapshot(git, path, index))
      last = next.catch(() => {})
      return next
    }
    return { path, base: tree, commit, submodules, snapshot }
  }
  return {
    repository,
    open: (path) => make(path),
    async reopen(path, { base, tree }) {
      const worktree = await make(path)
      await putTree(await scratchGit(), path, { from: worktree.base, to: tree })
      return { ...worktree, base }
    },
    async writePatch(base, tree, file) {
      if (base === tree) return false
      const git = await scratchGit()
      const how = [
        '-r',
        '-p',
        '--binary',
        '--full-index',
        '--no-renames',
        '--no-ext-diff',
        '--no-textconv',
        '--no-color',
      ]
      await git.run(['diff-tree', ...how, `--output=${file}`, base, tree])
      return true
    },
    readChanges: async (trees, limits) =>
      (await import('./read-changed-files.ts')).readChangedFiles(await scratchGit(), trees, { ...limits, obeyed }),
    apply: (trees, allows, announce) =>
      locked(async (git) => {
        const plan = await planPatch(git, repository.root, trees, allows, obeyed)
        if (plan.kind !== 'effect') return plan
        if (!announce(plan.effect)) return { kind: 'stopped' }
        await changeFiles(git, repository, plan.effect)
        await remember(git, plan.effect)
        return plan
      }),
    complete: (effect) =>
      locked(async (git) => {
        await changeFiles(git, repository, effect)
        await remember(git, effect)
      }),
    remember: async (effect) => remember(await scratchGit(), effect),
    remove: (under) => removeLinkedWorktrees(repository, under, env),
  }
}
