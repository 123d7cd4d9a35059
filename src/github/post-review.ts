import { setTimeout as delay } from 'node:timers/promises'
import { ApiError, type Api } from './api.ts'
import { isOlder, positionIn, type RunPosition } from './comment-key.ts'
import { formatPlural } from '../report/quantities.ts'
import { marksOf } from './thread-mark.ts'
import { authorOf, createIsOwn, listAll } from './own-author.ts'
import { readPosting, textIn, type Posting } from './posting.ts'
import type { CommentTarget } from './sticky-comment.ts'

/** A comment on lines of the new file, or on the left on lines of the old one. */
export interface InlineComment {
  readonly path: string
  readonly line: number
  readonly startLine?: number
  readonly side?: 'left'
  readonly body: string
  /** By which it is known again: one that stands there already is not written a second time. */
  readonly key: string
  /** What it says where nobody sees it, besides the key. */
  readonly mark?: string
}

/** A review to be posted. */
export interface ReviewToPost {
  /** Hex; the lines are its. Absent: the newest, and no comment has a line. */
  readonly commit?: string
  /** What the text of each review of ours begins with, and the run this one is of. */
  readonly identity: { readonly start: string; readonly position: RunPosition }
  readonly comments: readonly InlineComment[]
  /** Keys of what stands in the text alone. */
  readonly foldedKeys: readonly string[]
  /** The text, with the comments that GitHub did not take; of what has no room in the first review, short. */
  readonly body: (refused: readonly InlineComment[], isFirst: boolean) => string
  /** `request-changes` asks for changes; `dismiss` takes back what an earlier run asked for; a review never approves. */
  readonly stance: 'comment' | 'request-changes' | 'dismiss'
}

/** What came of it. */
export interface PostedReview {
  readonly url?: string
  readonly detail: string
  /** A newer run has reviewed already, and nothing was done. */
  readonly isLate?: true
}

/** How fast to write. */
export interface PostingLimits {
  /** Comments of one request. */
  readonly perRequest: number
  /** Between two requests that write (GitHub's documentation "Best practices for using the REST API": at least a second). */
  readonly pauseMs: number
  /** Requests to find out which comments GitHub does not take. */
  readonly probes: number
}

/** Limits that GitHub bears. */
export const usualLimits: PostingLimits = { perRequest: 30, pauseMs: 1000, probes: 40 }

const attempts = 3

/** Ends every comment and review of ours: what it says, by keys. */
const keyPattern = /<!-- orchestrator-findings? ([\w ]+) -->/g

/** The invisible end of a comment or a review by which what it says is known again. */
export function keyMark(keys: readonly string[]): string {
  return keys.length === 0 ? '' : `\n\n<!-- orchestrator-findings ${keys.join(' ')} -->`
}

/**
 * Posts what no review of ours has said yet as one review. A comment that GitHub refuses is found and put into the text, the others are posted all
 * the same. After an answer that got lost it looks whether the review is there.
 */
export async function postReview(
  api: Api,
  target: CommentTarget,
  review: ReviewToPost,
  signal: AbortSignal,
  limits: PostingLimits = usualLimits,
): Promise<PostedReview> {
  const { owner, repo, number } = target
  const place = { owner, repo, pull_number: number }
  const { identity, commit, stance } = review
  let mayRequest = true
  let wrote = false
  const write = async (route: string, parameters: Readonly<Record<string, unknown>>): Promise<unknown> => {
    if (wrote) await delay(limits.pauseMs, undefined, { signal })
    wrote = true
    return (await api(route, { ...place, ...parameters }, signal)).data
  }

  for (let attempt = 1; ; attempt++)
    try {
      return await post()
    } catch (error) {
      const isLost = error instanceof ApiError && (error.status === 0 || error.status >= 500) && !signal.aborted
      if (!isLost || attempt === attempts) throw error
    }

  async function post(): Promise<PostedReview> {
    const isOwn = await createIsOwn(api, target, signal)
    const listed = await listAll(api, 'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews', place, signal)
    const own = listed
      .filter((each) => isOwn(authorOf(each)))
      .map(readPosting)
      .filter(({ body }) => body.startsWith(identity.start))
    for (const { id } of own.filter(({ state }) => state === 'PENDING')) await remove(id)
    const submitted = own.filter(({ state }) => state !== 'PENDING')
    const newer = submitted.find(({ body }) => {
      const position = positionIn(body)
      return position !== undefined && isOlder(identity.position, position)
    })
    if (newer !== undefined) return { url: newer.url, detail: 'a newer run has reviewed', isLate: true }
    if (stance === 'dismiss') await dismiss(submitted)
    const known = await knownKeys(isOwn, submitted)
    const comments = review.comments.filter(({ key }) => !known.has(key))
    const isAsked = submitted.some(
      ({ state, body }) =>
        state === 'CHANGES_REQUESTED' || (state !== 'DISMISSED' && body.includes(` commit=${commit ?? 'unknown'} `)),
    )
    const isSaid = comments.length === 0 && review.foldedKeys.every((key) => known.has(key))
    if (isSaid && (stance !== 'request-changes' || isAsked)) {
      const url = submitted.at(-1)?.url
      return { ...(url !== undefined && { url }), detail: 'nothing that was not said before' }
    }
    const refused: InlineComment[] = []
    let url = ''
    for (let at = 0; at === 0 || at < comments.length; at += limits.perRequest) {
      const part = await submit(comments.slice(at, at + limits.perRequest), at === 0)
      refused.push(...part.refused)
      if (at === 0) ({ url } = part)
    }
    const dropped = refused.length === 0 ? '' : `; GitHub refused comments on ${refused.map(lineOf).join(', ')}`
    return { url, detail: `${formatPlural(comments.length - refused.length, 'new comment')}${dropped}` }
  }

  /** One review with these comments, or with those of them that GitHub takes. */
  async function submit(comments: readonly InlineComment[], isFirst: boolean) {
    try {
      return { ...(await create(comments, review.body([], isFirst))), refused: [] }
    } catch (error) {
      if (comments.length === 0 || !(error instanceof ApiError) || error.status !== 422) throw error
      const { good, refused } = await tryOut(comments)
      return { ...(await create(good, review.body(refused, isFirst))), refused }
    }
  }

  /** What our comments, be they answered or resolved, and the texts of our reviews say. */
  async function knownKeys(isOwn: (author: ReturnType<typeof authorOf>) => boolean, submitted: readonly Posting[]) {
    const listed = await listAll(api, 'GET /repos/{owner}/{repo}/pulls/{pull_number}/comments', place, signal)
    const bodies = listed.filter((each) => isOwn(authorOf(each))).map((each) => textIn(each, 'body'))
    const marks = [...bodies, ...submitted.map(({ body }) => body)].flatMap((body) => [
      ...marksOf(body).matchAll(keyPattern),
    ])
    return new Set(marks.flatMap(([, keys = '']) => keys.split(' ')))
  }

  /** Comments that GitHub takes, and those it does not. Nobody sees the pending reviews by which that is found out. */
  async function tryOut(comments: readonly InlineComment[]) {
    const good: InlineComment[] = []
    const refused: InlineComment[] = []
    // All of them together were refused already.
    const half = Math.max(1, comments.length >> 1)
    const undecided = [comments.slice(0, half), comments.slice(half)].filter(({ length }) => length > 0)
    let left = limits.probes
    for (let some = undecided.shift(); some !== undefined; some = undecided.shift()) {
      const middle = some.length >> 1
      if (left-- > 0 && (await isTaken(some))) good.push(...some)
      else if (middle === 0 || left <= 0) refused.push(...some)
      else undecided.push(some.slice(0, middle), some.slice(middle))
    }
    return { good, refused }
  }

  async function isTaken(comments: readonly InlineComment[]): Promise<boolean> {
    try {
      const { id } = readPosting(await send(comments, identity.start, undefined))
      await remove(id)
      return true
    } catch (error) {
      if (error instanceof ApiError && error.status === 422) return false
      throw error
    }
  }

  async function create(comments: readonly InlineComment[], body: string): Promise<Posting> {
    const event = stance === 'request-changes' && mayRequest ? 'REQUEST_CHANGES' : 'COMMENT'
    try {
      return readPosting(await send(comments, body, event))
    } catch (error) {
      // Nobody can ask for changes of their own pull request.
      const isOwnPull = error instanceof ApiError && error.status === 422 && /request changes/i.test(error.message)
      if (event === 'COMMENT' || !isOwnPull) throw error
      mayRequest = false
      return create(comments, body)
    }
  }

  function send(comments: readonly InlineComment[], body: string, event: string | undefined): Promise<unknown> {
    return write('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
      ...(commit !== undefined && { commit_id: commit }),
      body,
      ...(event !== undefined && { event }),
      comments: comments.map(requestOf),
    })
  }

  function remove(id: number): Promise<unknown> {
    return write('DELETE /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}', { review_id: id })
  }

  async function dismiss(submitted: readonly Posting[]): Promise<void> {
    for (const { id, state } of submitted)
      if (state === 'CHANGES_REQUESTED')
        await write('PUT /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/dismissals', {
          review_id: id,
          message: 'The review of a later commit found nothing.',
          event: 'DISMISS',
        })
  }
}

function requestOf({ path, line, startLine, side: own, body, key, mark = '' }: InlineComment) {
  const side = own === 'left' ? 'LEFT' : 'RIGHT'
  return {
    path,
    line,
    side,
    ...(startLine !== undefined && { start_line: startLine, start_side: side }),
    body: `${body}${mark}${keyMark([key])}`,
  }
}

function lineOf({ path, line, side }: InlineComment): string {
  return `${path}:${line}${side === 'left' ? ' (removed)' : ''}`
}
