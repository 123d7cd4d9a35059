import { closeSync, cpSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'
import { createFile } from './create-file.ts'
import { runGit } from './git.ts'
import { removeTree } from './remove-tree.ts'
import type { ProgramResult } from './run-program.ts'

/** A checkout of its own for one attempt. */
export interface Worktree {
  /** Absolute. */
  readonly path: string
  /** The commit it was made from (hex); its changes are told against it, also those that were committed in it. */
  readonly base: string
}

/** What became of applying a patch; `conflicts` are paths from the repository's root. Nothing is changed unless it was applied whole. */
export type PatchOutcome =
  | { readonly applied: true }
  | { readonly applied: false; readonly conflicts: readonly string[]; readonly detail: string }

/** Environment of the git commands: PATH and HOME at least. */
type Environment = Readonly<Record<string, string>>

/**
 * Checks out the repository's HEAD (not what is uncommitted in it) at `path`, without a branch. Rejects with git's own words.
 */
export async function addWorktree(repository: string, path: string, env: Environment): Promise<Worktree> {
  const base = (await git(repository, ['rev-parse', '--verify', 'HEAD^{commit}'], env)).stdout.trim()
  mkdirSync(dirname(path), { recursive: true })
  await inTurn(repository, () => git(repository, ['worktree', 'add', '--detach', '--force', path, base], env))
  return { path: resolve(path), base }
}

/**
 * Writes everything that differs from the base to `patchFile`: changed, new (unless ignored), deleted and binary files, committed in the
 * worktree or not. The worktree and its index stay as they are. False, and no file, when nothing differs.
 */
export async function collectPatch(worktree: Worktree, patchFile: string, env: Environment): Promise<boolean> {
  // Git would write through a link that stands there.
  closeSync(createFile(patchFile))
  const index = `${patchFile}.index.tmp`
  const own = { ...env, GIT_INDEX_FILE: index }
  try {
    await copyIndex(worktree.path, index, env)
    await git(worktree.path, ['add', '--all', '.'], own)
    const options = [
      '--cached',
      '--binary',
      '--full-index',
      '--no-renames',
      '--no-ext-diff',
      '--no-textconv',
      '--no-color',
    ]
    await git(worktree.path, ['diff', ...options, `--output=${patchFile}`, worktree.base, '--'], own)
  } finally {
    rmSync(index, { force: true })
  }
  if (statSync(patchFile).size > 0) return true
  rmSync(patchFile)
  return false
}

/**
 * Applies a patch of `collectPatch` to the working tree of a repository, by a three-way merge where the context has moved; the index is
 * not touched. A patch that conflicts leaves every file as it was.
 */
export async function applyPatch(repository: string, patchFile: string, env: Environment): Promise<PatchOutcome> {
  const options = ['--whitespace=nowarn', patchFile]
  const root = (await git(repository, ['rev-parse', '--show-toplevel'], env)).stdout.trim()
  if ((await tryGit(root, ['apply', ...options], env)).code === 0) return { applied: true }

  const index = `${patchFile}.index.tmp`
  const own = { ...env, GIT_INDEX_FILE: index }
  try {
    await copyIndex(root, index, env)
    const before = await git(root, ['ls-files', '-z'], env)
    const merged = await tryGit(root, ['apply', '--3way', ...options], own)
    if (merged.code === 0) return { applied: true }
    const conflicts = split((await git(root, ['diff', '--name-only', '--diff-filter=U', '-z'], own)).stdout)
    if (conflicts.length > 0) await restore(root, patchFile, new Set(split(before.stdout)), env)
    return { applied: false, conflicts, detail: lastLine(merged.stderr) }
  } finally {
    rmSync(index, { force: true })
  }
}

/** Removes every worktree of the repository that lies under a directory, whatever state a killed run left it in, and the directory. */
export async function removeWorktrees(repository: string, under: string, env: Environment): Promise<void> {
  const listed = await tryGit(repository, ['worktree', 'list', '--porcelain', '-z'], env)
  const root = resolve(under)
  for (const field of split(listed.stdout)) {
    if (!field.startsWith('worktree ')) continue
    const path = resolve(field.slice('worktree '.length))
    if (path !== root && !path.startsWith(root + sep)) continue
    await tryGit(repository, ['worktree', 'unlock', path], env)
    await tryGit(repository, ['worktree', 'remove', '--force', '--force', path], env)
  }
  await removeTree(root)
  await tryGit(repository, ['worktree', 'prune'], env)
}

/** The newest `git worktree add` of each repository: two at once read each other's half-made entries and fail. */
const adding = new Map<string, Promise<unknown>>()

function inTurn<T>(repository: string, act: () => Promise<T>): Promise<T> {
  const turn = (adding.get(repository) ?? Promise.resolve()).then(act, act)
  adding.set(repository, turn)
  return turn
}

/** Puts the files a half-applied patch touched back: a three-way merge only touches files that are as the index has them. */
async function restore(root: string, patchFile: string, tracked: ReadonlySet<string>, env: Environment): Promise<void> {
  const { stdout } = await git(root, ['apply', '--numstat', '-z', patchFile], env)
  const touched = split(stdout).map((entry) => entry.split('\t').slice(2).join('\t'))
  const known = touched.filter((path) => tracked.has(path))
  if (known.length > 0) await git(root, ['checkout-index', '--force', '-z', '--stdin'], env, known.join('\0'))
  for (const path of touched) if (!tracked.has(path)) rmSync(join(root, path), { force: true })
}

/**
 * A copy of the index, so that git need not read every file again. It keeps the index's own time: by it git tells which files may have
 * changed unseen in the second the index was written, and reads those ("racy git"); a copy with a newer time would take them for unchanged.
 */
async function copyIndex(cwd: string, target: string, env: Environment): Promise<void> {
  const { stdout } = await git(cwd, ['rev-parse', '--path-format=absolute', '--git-path', 'index'], env)
  const source = resolve(cwd, stdout.trim())
  rmSync(target, { force: true })
  if (statSync(source, { throwIfNoEntry: false }) !== undefined) cpSync(source, target, { preserveTimestamps: true })
}

async function git(cwd: string, args: readonly string[], env: Environment, stdin?: string): Promise<ProgramResult> {
  const result = await tryGit(cwd, args, env, stdin)
  if (result.code !== 0) throw new Error(`git ${args[0] ?? ''}: ${lastLine(result.stderr)}`)
  return result
}

function tryGit(cwd: string, args: readonly string[], env: Environment, stdin?: string): Promise<ProgramResult> {
  const { GIT_INDEX_FILE: index, ...rest } = env
  const variables: Environment = index === undefined ? {} : { GIT_INDEX_FILE: index }
  return runGit(args, { cwd, env: rest, variables, ...(stdin !== undefined && { stdin }) })
}

function split(text: string): string[] {
  return text.split('\0').filter((part) => part !== '')
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? ''
}
