import { ChangesError } from '../core/changes-error.ts'
import { tellingLine } from '../core/telling-line.ts'
import { runGit } from '../process/git.ts'
import type { ProgramResult } from '../process/run-program.ts'
import type { Repository } from './repository.ts'

/** Commits of a repository, of which a shallow or partial clone may have to be given more first. */
export interface Commits {
  /** The commit that a name means; undefined where there is none. */
  resolve(name: string): Promise<string | undefined>
  /** The commits of these names (hex), fetched where they are missing; undefined where the remote has them no more. */
  obtain(shas: readonly string[]): Promise<boolean>
  /** Where two commits parted, with as much of their past fetched as that takes; undefined where they have nothing in common. */
  mergeBase(one: string, other: string): Promise<string | undefined>
  /** Has a partial clone fetch what lies between two commits; nothing in a whole one. */
  complete(before: string, after: string): Promise<void>
  /** The tip of a branch, of the remote where it is not here. */
  branch(name: string): Promise<string | undefined>
}

/** What the search for commits is given. */
export interface CommitsOptions {
  readonly env: Readonly<Record<string, string>>
  /** Longest time for all that is asked of the remote; default a minute. */
  readonly fetchMs?: number
  readonly abort?: AbortSignal
}

/** Commits of each branch to fetch at a time until two of them meet; then everything. */
const depths = [50, 1000] as const

const fetchHint =
  'Let the checkout have more of the past: `fetch-depth: 0` of `actions/checkout`, or `git fetch --unshallow`.'

/** Opens the history of a repository. Nothing is fetched before it is missing; nothing but commits and what they hold is changed. */
export function openCommits(repository: Repository, options: CommitsOptions): Commits {
  const { env, abort, fetchMs = 60_000 } = options
  const deadline = performance.now() + fetchMs
  const git = async (args: readonly string[], network?: true): Promise<ProgramResult> => {
    const result = await runGit(args, {
      cwd: repository.root,
      env,
      ...(abort !== undefined && { abort }),
      ...(network && { network, timeoutMs: Math.max(1, deadline - performance.now()) }),
      variables: { GIT_DIR: repository.gitFolder, GIT_WORK_TREE: repository.root },
    })
    // A git that did not end by itself has not said that something is missing.
    if (result.code === null && network === undefined)
      throw new ChangesError(`git did not answer (${tellingLine(result.stderr)})`, 'Check that git works here.')
    return result
  }

  const resolve = async (name: string): Promise<string | undefined> => {
    if (name === '' || name.startsWith('-')) return undefined
    const { code, stdout } = await git(['rev-parse', '--verify', '--quiet', `${name}^{commit}`])
    return code === 0 ? stdout.trim() : undefined
  }
  const isShallow = async (): Promise<boolean> =>
    (await git(['rev-parse', '--is-shallow-repository'])).stdout.trim() === 'true'
  const fetch = async (how: readonly string[], shas: readonly string[]): Promise<ProgramResult> => {
    if (performance.now() >= deadline)
      throw new ChangesError(`the remote did not answer within ${fetchMs / 1000} s`, fetchHint)
    const quiet = ['--quiet', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head']
    const result = await git(['fetch', ...quiet, ...how, 'origin', ...shas], true)
    if (result.code === null && performance.now() >= deadline)
      throw new ChangesError(`the remote did not answer within ${fetchMs / 1000} s`, fetchHint)
    return result
  }
  const common = async (one: string, other: string): Promise<string | undefined> => {
    const { code, stdout } = await git(['merge-base', one, other])
    return code === 0 ? stdout.split('\n')[0] : undefined
  }
  const hasAll = async (shas: readonly string[]): Promise<boolean> => {
    for (const sha of shas) if ((await resolve(sha)) === undefined) return false
    return true
  }
  return {
    resolve,
    async obtain(shas) {
      if (await hasAll(shas)) return true
      await fetch((await isShallow()) ? ['--depth=1'] : [], shas)
      return hasAll(shas)
    },
    async mergeBase(one, other) {
      const known = await common(one, other)
      if (known !== undefined || !(await isShallow())) return known
      for (const how of [...depths.map((depth) => `--depth=${depth}`), '--unshallow']) {
        const { code, stderr } = await fetch([how], how === '--unshallow' ? [] : [one, other])
        if (code !== 0)
          throw new ChangesError(
            `this clone is shallow, and git cannot fetch the rest (${tellingLine(stderr)})`,
            fetchHint,
          )
        const found = await common(one, other)
        if (found !== undefined || !(await isShallow())) return found
      }
      return undefined
    },
    async complete(before, after) {
      const { code } = await git(['config', '--get-regexp', '^remote\\..*\\.promisor$'])
      if (code !== 0) return
      // Git asks the remote for what a comparison needs, all at once; nothing of its answer is kept.
      await git(['diff-tree', '-r', '--numstat', '--no-renames', '--no-ext-diff', '--no-textconv', before, after], true)
    },
    async branch(name) {
      for (const ref of [`refs/remotes/origin/${name}`, `refs/heads/${name}`]) {
        const here = await resolve(ref)
        if (here !== undefined) return here
      }
      const { code, stdout } = await git(['ls-remote', '--quiet', 'origin', `refs/heads/${name}`], true)
      const sha = /^([0-9a-f]{40,64})\t/.exec(stdout)?.[1]
      if (code !== 0 || sha === undefined) return undefined
      await fetch((await isShallow()) ? ['--depth=1'] : [], [sha])
      return resolve(sha)
    },
  }
}
