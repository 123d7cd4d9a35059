import { fieldOf } from '../core/field-of.ts'
import type { Api } from './api.ts'
import { askAboutRun } from './foreign-artifact.ts'
import { positionIn } from './comment-key.ts'
import { authorOf, createIsOwn, listAll } from './own-author.ts'
import type { CommentTarget } from './sticky-comment.ts'

/** A workflow run that a comment of ours tells of, as it stands now. */
export interface ConversationRun {
  readonly id: number
  readonly attempt: number
  readonly event: string
  readonly url: string
  /** `completed`, or what it is doing. */
  readonly status: string
  readonly conclusion: string | null
  /** The page of the comment. */
  readonly comment: string
}

/** As many runs are asked about. */
const mostRuns = 5

/** The runs that have reported to an issue or pull request, the newest first: those that our own comments name, never a stranger's. */
export async function listReportedRuns(
  api: Api,
  target: CommentTarget,
  signal: AbortSignal,
): Promise<ConversationRun[]> {
  const { owner, repo, number } = target
  const route = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments'
  const listed = await listAll(api, route, { owner, repo, issue_number: number }, signal)
  const marked = listed.flatMap((comment) => {
    const body = fieldOf(comment, 'body')
    const position = typeof body === 'string' && !isAnswer(body) ? positionIn(body) : undefined
    return position === undefined ? [] : [{ comment, run: position.run }]
  })
  if (marked.length === 0) return []
  const isOwn = await createIsOwn(api, target, signal)
  const own = new Map<number, string>()
  for (const { comment, run } of marked) if (isOwn(authorOf(comment))) own.set(run, urlOf(comment))
  const newest = [...own].toSorted(([one], [other]) => other - one).slice(0, mostRuns)
  const repository = { owner, name: repo }
  return Promise.all(
    newest.map(async ([id, comment]) => {
      const { attempt, event, url, status, conclusion } = await askAboutRun(id, { api, repository, signal })
      return { id, attempt, event, url, status, conclusion, comment }
    }),
  )
}

function urlOf(comment: unknown): string {
  const url = fieldOf(comment, 'html_url')
  return typeof url === 'string' ? url : ''
}

/** What stands in the marker of an answer to a command in place of a commit. */
export const answerCommit = 'answer'

function isAnswer(body: string): boolean {
  return (body.split('\n')[0] ?? '').includes(` commit=${answerCommit} `)
}

/** Reacts to a comment; the same reaction twice is one. */
export async function reactTo(
  api: Api,
  { owner, repo }: CommentTarget,
  comment: number,
  content: 'eyes' | 'confused',
  signal: AbortSignal,
): Promise<void> {
  const route = 'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions'
  await api(route, { owner, repo, comment_id: comment, content }, signal)
}
