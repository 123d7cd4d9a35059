import { fieldOf } from '../core/field-of.ts'
import { ApiError } from './api.ts'
import { isOlder, type RunPosition } from './comment-key.ts'
import { moveBranch, readBranch, type Commit, type Repository } from './commit-files.ts'

/** A message for the user: why a branch is not moved. */
export class BranchError extends Error {
  override readonly name = 'BranchError'
}

/** A branch or a pull request was made or moved by somebody else between our look at it and our request. */
class MovedError extends Error {
  override readonly name = 'MovedError'
}

/** How a commit of ours is known again, and the run that makes it. */
export interface CommitIdentity {
  /** Its last line. */
  readonly trailer: string
  readonly position: RunPosition
}

const looks = 4

/** Work that looks at a branch before it moves it, done again where somebody else was faster. */
export async function lookAgain<T>(branch: string, work: () => Promise<T>): Promise<T> {
  for (let look = 1; ; look++)
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof MovedError)) throw error
      if (look === looks) throw new BranchError(`others keep moving the branch ${branch}`)
    }
}

/** The message of a commit of ours. */
export function commitMessage(title: string, { trailer, position: { run, attempt } }: CommitIdentity): string {
  return `${title}\n\nOrchestrator-Run: ${run}.${attempt}\n${trailer}`
}

/** Whether a commit is of this identity. */
export function isOwnCommit({ message }: Commit, { trailer }: CommitIdentity): boolean {
  return message.endsWith(trailer)
}

/** Whether a commit of ours is of a run that began after this one: it stays. */
export function isOfNewerRun(commit: Commit, { position }: CommitIdentity): boolean {
  const [, run, attempt] = /\nOrchestrator-Run: (\d+)\.(\d+)\n[^\n]*$/.exec(commit.message) ?? []
  return run !== undefined && isOlder(position, { run: Number(run), attempt: Number(attempt) })
}

/**
 * Brings a branch from the commit it was seen at (undefined: there was none) to another, and to nothing else: who was faster is told by MovedError.
 * Only GraphQL can compare a ref as it sets it; where it does not, REST forces it right after another look.
 */
export async function moveOwnBranch(
  repository: Repository & { readonly graphqlUrl: string },
  branch: string,
  seen: string | undefined,
  made: Commit,
): Promise<void> {
  const isForward = seen === undefined || made.parent === seen
  if (!isForward && (await compareAndSet(repository, branch, seen, made.sha))) return
  if (!isForward && (await readBranch(repository, branch)) !== seen) throw new MovedError()
  try {
    await moveBranch(repository, branch, made.sha, { isNew: seen === undefined, force: !isForward })
  } catch (error) {
    throw asMoved(error)
  }
}

/** Whether it is done; false where GitHub says anything else, the reason of which REST tells better. */
async function compareAndSet(
  { api, owner, repo, graphqlUrl, signal }: Repository & { readonly graphqlUrl: string },
  branch: string,
  beforeOid: string,
  afterOid: string,
): Promise<boolean> {
  try {
    const ask = async (query: string, variables: object): Promise<unknown> => {
      const { data } = await api(`POST ${graphqlUrl}`, { query, variables }, signal)
      return fieldOf(data, 'errors') === undefined ? fieldOf(data, 'data') : undefined
    }
    const found = await ask(
      'query($owner: String!, $repo: String!) { repository(owner: $owner, name: $repo) { id } }',
      {
        owner,
        repo,
      },
    )
    const repositoryId = fieldOf(fieldOf(found, 'repository'), 'id')
    if (typeof repositoryId !== 'string') return false
    const refUpdates = [{ name: `refs/heads/${branch}`, beforeOid, afterOid, force: true }]
    const query = 'mutation($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }'
    return (await ask(query, { input: { repositoryId, refUpdates } })) !== undefined
  } catch (error) {
    if (error instanceof ApiError && !signal.aborted) return false
    throw error
  }
}

/** What GitHub answers where somebody was faster: the ref is there already or elsewhere by now, or the pull request is there. */
export function asMoved(error: unknown): unknown {
  const isMoved =
    error instanceof ApiError &&
    error.status === 422 &&
    /already exists|not a fast forward|Reference does not exist/i.test(error.message)
  return isMoved ? new MovedError() : error
}
