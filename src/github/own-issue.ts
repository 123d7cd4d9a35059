import { fieldOf } from '../core/field-of.ts'
import type { Api } from './api.ts'
import { isOlder, positionIn } from './comment-key.ts'
import { insist } from './insist.ts'
import { createIsOwn } from './own-author.ts'
import { readPosting, textIn, type Posting } from './posting.ts'
import type { CommentIdentity, CommentTarget } from './sticky-comment.ts'

/** What an issue says. */
export interface IssueText {
  readonly title: string
  /** Begins with the marker of its identity. */
  readonly body: string
  readonly labels: readonly string[]
}

/** An issue as we look at it. */
interface Issue extends Posting {
  /** Since its last change, a comment included; NaN where that is not known. */
  readonly untouchedMs: number
}

/** Pages of a hundred issues that are searched; the ones changed last come first. */
const pages = 10

/**
 * Updates the open issue that is ours, or opens one. After a request whose fate is unknown (5xx) it looks again; of runs that race, the issue of the
 * lowest number remains open. The text of a newer run is left as it is.
 */
export async function writeIssue(
  api: Api,
  target: CommentTarget,
  text: IssueText,
  identity: CommentIdentity,
  signal: AbortSignal,
): Promise<{ url: string; number: number }> {
  const { owner, repo } = target
  const patch = (number: number, change: Readonly<Record<string, unknown>>) =>
    api('PATCH /repos/{owner}/{repo}/issues/{issue_number}', { owner, repo, issue_number: number, ...change }, signal)
  return insist(signal, async () => {
    const [own] = await findOwnIssues(api, target, identity.start, signal)
    if (own !== undefined) return update(own)
    const created = readIssue((await api('POST /repos/{owner}/{repo}/issues', { owner, repo, ...text }, signal)).data)
    const [first] = await findOwnIssues(api, target, identity.start, signal)
    if (first === undefined || first.number >= created.number) return created
    await patch(created.number, { state: 'closed', state_reason: 'not_planned' })
    return update(first)
  })

  async function update(own: Issue): Promise<Issue> {
    const shown = positionIn(own.body)
    if (shown !== undefined && isOlder(identity.position, shown)) return own
    await patch(own.number, { title: text.title, body: text.body })
    if (text.labels.length > 0)
      await api(
        'POST /repos/{owner}/{repo}/issues/{issue_number}/labels',
        { owner, repo, issue_number: own.number, labels: text.labels },
        signal,
      )
    return own
  }
}

/**
 * Closes the open issue that is ours where nobody has touched it for so long, by GitHub's own clock: a run found nothing more to say of it. One that a newer
 * run has written is left.
 */
export async function closeExpiredIssue(
  api: Api,
  target: CommentTarget,
  identity: CommentIdentity,
  afterMs: number,
  signal: AbortSignal,
): Promise<void> {
  const { owner, repo } = target
  for (const own of await findOwnIssues(api, target, identity.start, signal)) {
    const shown = positionIn(own.body)
    const isNewer = shown !== undefined && isOlder(identity.position, shown)
    if (isNewer || !(own.untouchedMs >= afterMs)) continue
    const change = { state: 'closed', state_reason: 'not_planned' }
    const route = 'PATCH /repos/{owner}/{repo}/issues/{issue_number}'
    await api(route, { owner, repo, issue_number: own.number, ...change }, signal)
  }
}

/** Our open issues whose text begins with the marker, the oldest first. */
async function findOwnIssues(api: Api, target: CommentTarget, start: string, signal: AbortSignal): Promise<Issue[]> {
  const { owner, repo } = target
  const marked: Issue[] = []
  for (let page = 1; page <= pages; page++) {
    const parameters = { owner, repo, state: 'open', sort: 'updated', direction: 'desc', per_page: 100, page }
    const { data, headers } = await api('GET /repos/{owner}/{repo}/issues', parameters, signal)
    const listed: readonly unknown[] = Array.isArray(data) ? data : []
    const found = listed.filter((item) => fieldOf(item, 'pull_request') === undefined)
    marked.push(...found.map((item) => readIssue(item, headers['date'])).filter(({ body }) => body.startsWith(start)))
    if (!/\brel="next"/.test(String(headers['link'] ?? ''))) break
  }
  if (marked.length === 0) return []
  const isOwn = await createIsOwn(api, target, signal)
  return marked.filter(({ author }) => isOwn(author)).toSorted((one, other) => one.number - other.number)
}

/** `now` is the date of the answer, as HTTP writes it. */
function readIssue(data: unknown, now?: string | number): Issue {
  return { ...readPosting(data), untouchedMs: Date.parse(String(now)) - Date.parse(textIn(data, 'updated_at')) }
}
