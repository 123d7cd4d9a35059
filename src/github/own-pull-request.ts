import type { CommitChange } from '../core/effect.ts'
import { commitFiles, moveBranch, readBranch, readCommit, type Repository } from './commit-files.ts'
import { fieldOf } from './own-author.ts'

/** What a pull request is made of. */
export interface PullRequestText {
  readonly title: string
  readonly body: string
  readonly branch: string
  readonly base: string
  readonly labels: readonly string[]
  readonly draft: boolean
}

/** A message for the user: why a branch is not moved. */
export class BranchError extends Error {
  override readonly name = 'BranchError'
}

/**
 * Opens the pull request of a branch that is ours, or updates it: one branch, one pull request. What is there as it shall be is left as it is. A branch on which
 * somebody else has committed last is theirs.
 */
export async function writePullRequest(
  repository: Repository,
  text: PullRequestText,
  change: CommitChange,
  trailer: string,
): Promise<void> {
  const { api, owner, repo, signal } = repository
  await bringBranch(repository, text, change, trailer)
  const route = 'GET /repos/{owner}/{repo}/pulls'
  const { data } = await api(route, { owner, repo, state: 'open', head: `${owner}:${text.branch}` }, signal)
  const known = Array.isArray(data) ? fieldOf(data[0], 'number') : undefined
  const { title, body, base, draft, branch: head, labels } = text
  const number =
    typeof known === 'number'
      ? known
      : fieldOf(
          (await api('POST /repos/{owner}/{repo}/pulls', { owner, repo, title, body, head, base, draft }, signal)).data,
          'number',
        )
  if (typeof known === 'number')
    await api(
      'PATCH /repos/{owner}/{repo}/pulls/{pull_number}',
      { owner, repo, pull_number: known, title, body },
      signal,
    )
  if (labels.length > 0 && typeof number === 'number')
    await api(
      'POST /repos/{owner}/{repo}/issues/{issue_number}/labels',
      { owner, repo, issue_number: number, labels },
      signal,
    )
}

async function bringBranch(
  repository: Repository,
  { branch, title }: PullRequestText,
  change: CommitChange,
  trailer: string,
): Promise<void> {
  const at = await readBranch(repository, branch)
  const last = at === undefined ? undefined : await readCommit(repository, at)
  if (last !== undefined && !last.message.endsWith(trailer))
    throw new BranchError(`the last commit of the branch ${branch} is somebody else's`)
  const made = await commitFiles(repository, change, `${title}\n\n${trailer}`)
  if (last?.tree === made.tree && last.parent === made.parent) return
  await moveBranch(repository, branch, made.sha, { isNew: last === undefined, force: true })
}

/** Puts a commit on the branch of a pull request, if that still stands where the change was made from, and is not there yet. */
export async function pushCommit(
  repository: Repository,
  branch: string,
  change: CommitChange,
  title: string,
  trailer: string,
): Promise<void> {
  const at = await readBranch(repository, branch)
  if (at === undefined) throw new BranchError(`there is no branch ${branch}`)
  const last = await readCommit(repository, at)
  if (at !== change.parent && (last.parent !== change.parent || !last.message.endsWith(trailer)))
    throw new BranchError(
      `the branch ${branch} stands at ${at.slice(0, 7)}, and the checkout was ${change.parent.slice(0, 7)}: check out \`ref: \${{ github.event.pull_request.head.sha }}\``,
    )
  const made = await commitFiles(repository, change, `${title}\n\n${trailer}`)
  if (last.tree === made.tree && last.parent === made.parent) return
  await moveBranch(repository, branch, made.sha, { isNew: false, force: at !== change.parent })
}
