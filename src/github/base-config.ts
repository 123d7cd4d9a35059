import { isAbsolute, posix, relative, sep } from 'node:path'
import { RefusalError } from '../core/refusal.ts'
import { isObject } from '../core/is-object.ts'
import { ApiError, describeApiError, type Api } from './api.ts'

/** Where to read the files of a commit. */
export interface CommitFilesOptions {
  /** Absolute path of the checkout; need not be one. */
  readonly workspace: string
  /** Hex. */
  readonly commit: string
  /** Runs git in the workspace; anything but code 0 is a no. What it prints is bytes (`latin1`). */
  readonly git: (
    args: readonly string[],
    stdin?: string,
  ) => Promise<{ readonly code: number | null; readonly stdout: string }>
  readonly repository: { readonly owner: string; readonly name: string } | undefined
  /** Undefined when there is no token. */
  readonly connect: (() => Promise<Api>) | undefined
  readonly signal: AbortSignal
}

/** Reads a file of one commit by its path in the repository; undefined when the commit does not have it. */
export type ReadAtCommit = (path: string) => Promise<string | undefined>

/** The commit's files can be had neither from git nor from GitHub. */
export class CommitUnreadableError extends RefusalError {
  override readonly name = 'CommitUnreadableError'
}

/**
 * A reader of the files of one commit, whatever the working tree holds: from git, fetching the commit alone when the
 * checkout does not have it (a shallow one does not), else from GitHub.
 */
export async function openCommit(options: CommitFilesOptions): Promise<ReadAtCommit> {
  const { commit, workspace, git, repository, connect, signal } = options
  const inRepository = (path: string): string | undefined => {
    const local = (isAbsolute(path) ? relative(workspace, path) : path).replaceAll(sep, '/')
    const normal = posix.normalize(local)
    return normal.startsWith('../') || isAbsolute(normal) ? undefined : normal
  }
  const has = async (): Promise<boolean> => (await git(['cat-file', '-e', `${commit}^{commit}`])).code === 0
  if ((await has()) || ((await git(['fetch', '--quiet', '--depth=1', 'origin', commit])).code === 0 && (await has())))
    return async (path) => {
      const local = inRepository(path)
      if (local === undefined || local.includes('\n')) return undefined
      const { code, stdout } = await git(['cat-file', '--batch', '--follow-symlinks'], `${commit}:${local}\n`)
      return code === 0 ? readBlob(stdout) : undefined
    }
  if (connect === undefined || repository === undefined)
    throw new CommitUnreadableError(
      `Commit ${commit} is not in the checkout, git cannot fetch it, and there is no \`github-token\` to ask GitHub with.`,
    )
  const api = await connect()
  return async (path) => {
    const local = inRepository(path)
    if (local === undefined) return undefined
    const where = { owner: repository.owner, repo: repository.name, path: local, ref: commit }
    const get = async (media: object): Promise<unknown> =>
      (await api('GET /repos/{owner}/{repo}/contents/{path}', { ...where, ...media }, signal)).data
    try {
      // GitHub follows links inside the repository; of one that leads out of it, it gives the link.
      const entry = await get({})
      if (!isObject(entry) || entry['type'] !== 'file') return undefined
      if (entry['encoding'] === 'base64' && typeof entry['content'] === 'string')
        return Buffer.from(entry['content'], 'base64').toString('utf8')
      const data = await get({ mediaType: { format: 'raw' } })
      return data instanceof ArrayBuffer ? new TextDecoder().decode(data) : typeof data === 'string' ? data : undefined
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined
      throw new CommitUnreadableError(
        `Commit ${commit} is not in the checkout, git cannot fetch it, and GitHub did not return ${local} of it (${describeApiError(error)}).`,
      )
    }
  }
}

/** The content in an answer of `git cat-file --batch`; undefined for what is no file, or a link that leads out of the commit. */
function readBlob(answer: string): string | undefined {
  const [, header = '', size = ''] = /^([0-9a-f]+ blob (\d+)\n)/.exec(answer) ?? []
  if (header === '') return undefined
  return Buffer.from(answer.slice(header.length, header.length + Number(size)), 'latin1').toString('utf8')
}

/**
 * Calls `attempt` with a synchronous reader over an asynchronous one until it asks for nothing that was not fetched.
 * What it returned before that may rest on files it could not see yet, and is dropped.
 */
export async function readAhead<T>(
  read: ReadAtCommit,
  attempt: (read: (path: string) => string | undefined) => T,
): Promise<T> {
  const known = new Map<string, string | undefined>()
  for (;;) {
    const missing = new Set<string>()
    const result = attempt((path) => {
      if (!known.has(path)) missing.add(path)
      return known.get(path)
    })
    if (missing.size === 0) return result
    for (const path of missing) known.set(path, await read(path))
  }
}
