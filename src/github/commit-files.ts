import { fieldOf } from '../core/field-of.ts'
import type { CommitChange } from '../core/effect.ts'
import { ApiError, type Api } from './api.ts'

/** A repository, and how to ask for it. */
export interface Repository {
  readonly api: Api
  readonly owner: string
  readonly repo: string
  readonly signal: AbortSignal
}

/** A commit as GitHub has it. */
export interface Commit {
  readonly sha: string
  readonly tree: string
  readonly parent: string
  readonly message: string
}

/** Makes a commit of files on top of its parent, on no branch yet. GitHub signs what an app commits this way. */
export async function commitFiles(
  { api, owner, repo, signal }: Repository,
  { parent, files }: CommitChange,
  message: string,
): Promise<Commit> {
  const base = await readCommit({ api, owner, repo, signal }, parent)
  const tree = files.map(({ path, mode, text }) =>
    mode === null ? { path, mode: '100644', type: 'blob', sha: null } : { path, mode, type: 'blob', content: text },
  )
  const made = await api('POST /repos/{owner}/{repo}/git/trees', { owner, repo, base_tree: base.tree, tree }, signal)
  const body = { owner, repo, message, tree: textAt(made.data, 'sha'), parents: [parent] }
  const { data } = await api('POST /repos/{owner}/{repo}/git/commits', body, signal)
  return commitOf(data)
}

/** A commit by its sha. */
export async function readCommit({ api, owner, repo, signal }: Repository, sha: string): Promise<Commit> {
  const route = 'GET /repos/{owner}/{repo}/git/commits/{commit_sha}'
  return commitOf((await api(route, { owner, repo, commit_sha: sha }, signal)).data)
}

/** The commit a branch stands at; undefined where there is no such branch. */
export async function readBranch(
  { api, owner, repo, signal }: Repository,
  branch: string,
): Promise<string | undefined> {
  try {
    const { data } = await api(
      'GET /repos/{owner}/{repo}/git/ref/{ref}',
      { owner, repo, ref: `heads/${branch}` },
      signal,
    )
    return textAt(fieldOf(data, 'object'), 'sha')
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined
    throw error
  }
}

/** Brings a branch to a commit: a new one, or one that stands elsewhere, then `force` says whether that may be behind. */
export async function moveBranch(
  { api, owner, repo, signal }: Repository,
  branch: string,
  sha: string,
  how: { readonly isNew: boolean; readonly force: boolean },
): Promise<void> {
  if (how.isNew)
    await api('POST /repos/{owner}/{repo}/git/refs', { owner, repo, ref: `refs/heads/${branch}`, sha }, signal)
  else
    await api(
      'PATCH /repos/{owner}/{repo}/git/refs/{ref}',
      { owner, repo, ref: `heads/${branch}`, sha, force: how.force },
      signal,
    )
}

function commitOf(data: unknown): Commit {
  const parents = fieldOf(data, 'parents')
  return {
    sha: textAt(data, 'sha'),
    tree: textAt(fieldOf(data, 'tree'), 'sha'),
    parent: Array.isArray(parents) ? textAt(parents[0], 'sha') : '',
    message: textAt(data, 'message'),
  }
}

function textAt(data: unknown, key: string): string {
  const value = fieldOf(data, key)
  return typeof value === 'string' ? value : ''
}
