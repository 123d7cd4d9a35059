import { fieldOf } from '../core/field-of.ts'
import type { CommitChange } from '../core/effect.ts'
import { ApiError } from './api.ts'
import { isOlder, positionIn } from './comment-key.ts'
import { commitFiles, readBranch, readCommit, type Repository } from './commit-files.ts'
import { listAll } from './own-author.ts'
import {
  asMoved,
  BranchError,
  commitMessage,
  isOfNewerRun,
  isOwnCommit,
  lookAgain,
  moveOwnBranch,
  type CommitIdentity,
} from './own-branch.ts'

/** A repository whose branches are moved. */
type OwnRepository = Repository & { readonly graphqlUrl: string }

/** What a pull request is made of. */
export interface PullRequestText {
  readonly title: string
  readonly body: string
  readonly branch: string
  readonly base: string
  readonly labels: readonly string[]
  /** Logins, and slugs of teams. */
  readonly reviewers: readonly string[]
  readonly teamReviewers: readonly string[]
  readonly draft: boolean
}

/** A pull request on GitHub. */
interface KnownPull {
  readonly number: number
  readonly url: string
  readonly body: string
  /** Who is asked to review it, in lower case. */
  readonly asked: ReadonlySet<string>
}

/**
 * Opens the pull request of a branch that is ours, or updates it: one branch, one pull request, also of runs at the same time, of which the newer prevails.
 * What is there as it shall be is left as it is. A branch on which somebody else has committed last is theirs.
 */
export async function writePullRequest(
  repository: OwnRepository,
  text: PullRequestText,
  change: CommitChange,
  identity: CommitIdentity,
): Promise<{ readonly number: number; readonly url: string }> {
  return lookAgain(text.branch, async () => {
    const known = await findPull(repository, text.branch)
    const wanted = await reviewersToAsk(repository, text, known)
    const isNewest = await bringBranch(repository, text, change, identity)
    const shown = known === undefined ? undefined : positionIn(known.body)
    if (known !== undefined && (!isNewest || (shown !== undefined && isOlder(identity.position, shown)))) return known
    const pull = await writeText(repository, text, known)
    await addTo(repository, pull.number, text.labels, wanted)
    return pull
  })
}

/** False where the branch stays with a newer run. */
async function bringBranch(
  repository: OwnRepository,
  { branch, title }: PullRequestText,
  change: CommitChange,
  identity: CommitIdentity,
): Promise<boolean> {
  const at = await readBranch(repository, branch)
  const last = at === undefined ? undefined : await readCommit(repository, at)
  if (last !== undefined && !isOwnCommit(last, identity))
    throw new BranchError(`the last commit of the branch ${branch} is somebody else's`)
  if (last !== undefined && isOfNewerRun(last, identity)) return false
  const made = await commitFiles(repository, change, commitMessage(title, identity))
  if (last?.tree !== made.tree || last.parent !== made.parent) await moveOwnBranch(repository, branch, at, made)
  return true
}

async function findPull({ api, owner, repo, signal }: Repository, branch: string): Promise<KnownPull | undefined> {
  const head = `${owner}:${branch}`
  const { data } = await api('GET /repos/{owner}/{repo}/pulls', { owner, repo, state: 'open', head }, signal)
  return Array.isArray(data) && data.length > 0 ? readPull(data[0]) : undefined
}

async function writeText(
  { api, owner, repo, signal }: Repository,
  { title, body, base, draft, branch: head }: PullRequestText,
  known: KnownPull | undefined,
): Promise<KnownPull> {
  if (known !== undefined) {
    const route = 'PATCH /repos/{owner}/{repo}/pulls/{pull_number}'
    await api(route, { owner, repo, pull_number: known.number, title, body }, signal)
    return known
  }
  try {
    const route = 'POST /repos/{owner}/{repo}/pulls'
    return readPull((await api(route, { owner, repo, title, body, head, base, draft }, signal)).data)
  } catch (error) {
    throw asMoved(error)
  }
}

async function addTo(
  { api, owner, repo, signal }: Repository,
  number: number,
  labels: readonly string[],
  { reviewers, teams }: Reviewers,
): Promise<void> {
  if (labels.length > 0)
    await api(
      'POST /repos/{owner}/{repo}/issues/{issue_number}/labels',
      { owner, repo, issue_number: number, labels },
      signal,
    )
  if (reviewers.length + teams.length > 0)
    await api(
      'POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers',
      { owner, repo, pull_number: number, reviewers, team_reviewers: teams },
      signal,
    )
}

interface Reviewers {
  readonly reviewers: readonly string[]
  readonly teams: readonly string[]
}

/** Who is still to be asked: not those who are asked, nor those who have reviewed. Who cannot be, is told before anything is changed. */
async function reviewersToAsk(
  repository: Repository,
  { reviewers, teamReviewers }: PullRequestText,
  known: KnownPull | undefined,
): Promise<Reviewers> {
  const { api, owner, repo, signal } = repository
  const isMissing = (name: string): boolean => known?.asked.has(name.toLowerCase()) !== true
  let people = reviewers.filter(isMissing)
  let teams = teamReviewers.filter(isMissing)
  if (known !== undefined && people.length + teams.length > 0) {
    const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews'
    const reviews = await listAll(api, route, { owner, repo, pull_number: known.number }, signal)
    const by = new Set(reviews.map((review) => String(fieldOf(fieldOf(review, 'user'), 'login')).toLowerCase()))
    people = people.filter((name) => !by.has(name.toLowerCase()))
    // Of a team that is asked no more, a member has reviewed.
    if (by.size > 0) teams = []
  }
  for (const name of people)
    if (!(await mayReview(repository, name)))
      throw new BranchError(`${name} cannot be asked for a review: they have no access to the repository`)
  return { reviewers: people, teams }
}

async function mayReview({ api, owner, repo, signal }: Repository, username: string): Promise<boolean> {
  try {
    const route = 'GET /repos/{owner}/{repo}/collaborators/{username}/permission'
    const { data } = await api(route, { owner, repo, username }, signal)
    return fieldOf(data, 'permission') !== 'none'
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return false
    // A token that may not ask may open pull requests all the same.
    if (error instanceof ApiError && error.status === 403) return true
    throw error
  }
}

function readPull(data: unknown): KnownPull {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '')
  const names = (key: string, name: string): string[] => {
    const list = fieldOf(data, key)
    return Array.isArray(list) ? list.map((item: unknown) => text(fieldOf(item, name)).toLowerCase()) : []
  }
  return {
    number: Number(fieldOf(data, 'number') ?? 0),
    url: text(fieldOf(data, 'html_url')),
    body: text(fieldOf(data, 'body')),
    asked: new Set([...names('requested_reviewers', 'login'), ...names('requested_teams', 'slug')]),
  }
}

/** Puts a commit on the branch of a pull request, if that still stands where the change was made from, and is not there yet. */
export async function pushCommit(
  repository: OwnRepository,
  branch: string,
  change: CommitChange,
  title: string,
  identity: CommitIdentity,
): Promise<void> {
  await lookAgain(branch, async () => {
    const at = await readBranch(repository, branch)
    if (at === undefined) throw new BranchError(`there is no branch ${branch}`)
    const last = await readCommit(repository, at)
    const isOwn = last.parent === change.parent && isOwnCommit(last, identity)
    if (at !== change.parent && !isOwn)
      throw new BranchError(
        `the branch ${branch} stands at ${at.slice(0, 7)}, and the checkout was ${change.parent.slice(0, 7)}: check out \`ref: \${{ github.event.pull_request.head.sha }}\``,
      )
    if (isOwn && isOfNewerRun(last, identity)) return
    const made = await commitFiles(repository, change, commitMessage(title, identity))
    if (last.tree !== made.tree || last.parent !== made.parent) await moveOwnBranch(repository, branch, at, made)
  })
}
