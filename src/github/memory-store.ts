import { fieldOf } from '../core/field-of.ts'
import { createHash } from 'node:crypto'
import type { KnownMemory, MemoryChange, MemoryStore } from '../core/memory.ts'
import { describeApiError, isForbidden, type Api } from './api.ts'
import { readBranch, readCommit, type Repository } from './commit-files.ts'
import { lookAgain, moveOwnBranch } from './own-branch.ts'

/** What memories are kept with, and whose they are. */
export interface MemoryOptions {
  readonly connect: () => Promise<Api>
  readonly repository: { readonly owner: string; readonly name: string }
  readonly graphqlUrl: string
  /** Why nothing is written. */
  readonly refusal: string | undefined
}

/** The branch of all memories: it has no history in common with any other. */
const branch = 'orchestrator/memory'
/** Longest for one memory. */
const limitMs = 60_000
/** A larger file is no memory of ours. */
const mostBytes = 1_000_000

/** A file of the branch. */
interface Entry {
  /** From the memory's own directory. */
  readonly path: string
  readonly sha: string
  readonly size: number
}

/**
 * Memories on a branch of the repository, a directory each. A commit is made on top of whatever stands there by then, of the files that changed alone, and
 * brought there only from where it was seen: of runs at the same time none loses the other's files.
 */
export function createMemoryStore({ connect, repository, graphqlUrl, refusal }: MemoryOptions): MemoryStore {
  const { owner, name: repo } = repository
  const open = async () => ({ api: await connect(), owner, repo, graphqlUrl, signal: AbortSignal.timeout(limitMs) })
  // One commit after the other: those of one run must not get into each other's way.
  let last: Promise<unknown> = Promise.resolve()
  return {
    ...(refusal !== undefined && { refusal }),
    async read(name) {
      try {
        return await readMemory(await open(), name)
      } catch (error) {
        throw explained(error, 'read')
      }
    },
    write(name, changes, known) {
      const next = last.then(async () => {
        const opened = await open()
        return lookAgain(branch, () => writeMemory(opened, name, changes, known))
      })
      last = next.catch(() => {})
      return next.catch((error: unknown) => {
        throw explained(error, 'written')
      })
    },
  }
}

async function readMemory(repository: Repository, name: string): Promise<KnownMemory> {
  const at = await readBranch(repository, branch)
  if (at === undefined) return { files: new Map(), version: '' }
  const entries = await listFiles(repository, at, name)
  const texts = await Promise.all(
    entries.map(async ({ path, sha }) => [path, await readText(repository, sha)] as const),
  )
  return { files: new Map(texts), version: at }
}

async function writeMemory(
  repository: Repository & { readonly graphqlUrl: string },
  name: string,
  changes: readonly MemoryChange[],
  known: KnownMemory | undefined,
): Promise<readonly string[]> {
  const { api, owner, repo, signal } = repository
  const at = await readBranch(repository, branch)
  const there = new Map(
    (at === undefined ? [] : await listFiles(repository, at, name)).map(({ path, sha }) => [path, sha]),
  )
  const pending = changes.filter(({ path, text }) => there.get(path) !== (text === null ? undefined : shaOf(text)))
  if (pending.length === 0) return []
  const overwritten = pending.filter(({ path }) => {
    const before = known?.files.get(path)
    return known !== undefined && there.get(path) !== (before === undefined ? undefined : shaOf(before))
  })
  const tree = pending.map(({ path, text }) => ({
    path: `${name}/${path}`,
    mode: '100644',
    type: 'blob',
    ...(text === null ? { sha: null } : { content: text }),
  }))
  const base = at === undefined ? {} : { base_tree: (await readCommit(repository, at)).tree }
  const made = await api('POST /repos/{owner}/{repo}/git/trees', { owner, repo, ...base, tree }, signal)
  const body = { message: `Remember ${name}`, tree: fieldOf(made.data, 'sha'), parents: at === undefined ? [] : [at] }
  const { data } = await api('POST /repos/{owner}/{repo}/git/commits', { owner, repo, ...body }, signal)
  const sha = fieldOf(data, 'sha')
  await moveOwnBranch(repository, branch, at, {
    sha: typeof sha === 'string' ? sha : '',
    tree: '',
    parent: at ?? '',
    message: '',
  })
  return overwritten.map(({ path }) => path)
}

async function listFiles({ api, owner, repo, signal }: Repository, commit: string, name: string): Promise<Entry[]> {
  const route = 'GET /repos/{owner}/{repo}/git/trees/{tree_sha}'
  const { data } = await api(route, { owner, repo, tree_sha: commit, recursive: '1' }, signal)
  const listed = fieldOf(data, 'tree')
  const all: readonly unknown[] = Array.isArray(listed) ? listed : []
  return all.flatMap((entry) => {
    const [path, sha, size] = [fieldOf(entry, 'path'), fieldOf(entry, 'sha'), Number(fieldOf(entry, 'size') ?? 0)]
    const isOurs = typeof path === 'string' && path.startsWith(`${name}/`) && fieldOf(entry, 'type') === 'blob'
    // A link is none of ours.
    if (!isOurs || typeof sha !== 'string' || size > mostBytes || fieldOf(entry, 'mode') === '120000') return []
    return [{ path: path.slice(name.length + 1), sha, size }]
  })
}

async function readText({ api, owner, repo, signal }: Repository, sha: string): Promise<string> {
  const route = 'GET /repos/{owner}/{repo}/git/blobs/{file_sha}'
  const { data } = await api(route, { owner, repo, file_sha: sha }, signal)
  const content = fieldOf(data, 'content')
  return Buffer.from(typeof content === 'string' ? content : '', 'base64').toString('utf8')
}

/** The name that git gives a file of this text. */
function shaOf(text: string): string {
  const bytes = Buffer.from(text, 'utf8')
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
}

function explained(error: unknown, what: 'read' | 'written'): Error {
  const why = describeApiError(error)
  const remedy = isForbidden(error)
    ? `: give the job \`permissions: contents: ${what === 'read' ? 'read' : 'write'}\``
    : ''
  return new Error(`the branch ${branch} could not be ${what} (${why})${remedy}`, { cause: error })
}
