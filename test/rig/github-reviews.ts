import type { TokenHolder } from './github-api.ts'
import { git } from './git-repository.ts'

/** A comment of a review as the server keeps it. */
export interface StoredInlineComment {
  readonly id: number
  readonly path: string
  readonly line: number
  readonly startLine: number | undefined
  readonly side: 'LEFT' | 'RIGHT'
  readonly body: string
}

/** A review as the server keeps it. */
export interface StoredReview {
  readonly id: number
  readonly author: TokenHolder
  state: 'PENDING' | 'COMMENTED' | 'CHANGES_REQUESTED' | 'APPROVED' | 'DISMISSED'
  readonly body: string
  readonly commit: string
  readonly comments: readonly StoredInlineComment[]
}

/** What the server is asked to review. */
export interface ReviewedPull {
  readonly origin: string
  readonly baseSha: string
  readonly headSha: string
  /** Who opened it. */
  readonly author: string
}

/** A refusal with GitHub's words. */
export interface Unprocessable {
  readonly errors: readonly string[]
}

/** What a request for a review says. */
export interface ReviewRequest {
  readonly commit_id?: string
  readonly body?: string
  readonly event?: string
  readonly comments?: readonly {
    readonly path: string
    readonly body: string
    readonly line?: number
    readonly start_line?: number
    readonly side?: 'LEFT' | 'RIGHT'
    readonly start_side?: 'LEFT' | 'RIGHT'
  }[]
}

/**
 * Keeps the reviews of a pull request by GitHub's rules: lines are of the diff from the merge base, with three lines around each change; both ends of
 * a range are in one hunk; nobody has two pending reviews, nor asks for changes of their own pull request.
 */
export function createReviews(reviews: StoredReview[], pull: () => ReviewedPull, nextId: () => number) {
  return {
    create(request: ReviewRequest, author: TokenHolder): StoredReview | Unprocessable {
      const { baseSha, headSha, origin, author: opener } = pull()
      const { event, body = '', comments = [], commit_id: commit = headSha } = request
      if (comments.length > 30) return { errors: ['was submitted too quickly'] }
      if (commit !== headSha) return { errors: ['commit_id is not part of the pull request'] }
      if (event === 'REQUEST_CHANGES' && author.login === opener)
        return { errors: ['Can not request changes on your own pull request'] }
      if (event !== undefined && body === '' && comments.length === 0) return { errors: ['body is missing'] }
      if (reviews.some((each) => each.state === 'PENDING' && each.author.login === author.login))
        return { errors: ['User can only have one pending review per pull request'] }
      const errors = comments.flatMap((comment) => lineErrors(origin, `${baseSha}...${headSha}`, comment))
      if (errors.length > 0) return { errors: [...new Set(errors)] }
      const review: StoredReview = {
        id: nextId(),
        author,
        state:
          event === undefined
            ? 'PENDING'
            : event === 'REQUEST_CHANGES'
              ? 'CHANGES_REQUESTED'
              : event === 'APPROVE'
                ? 'APPROVED'
                : 'COMMENTED',
        body,
        commit,
        comments: comments.map(({ path, line = 0, start_line: startLine, side = 'RIGHT', body: text }) => ({
          id: nextId(),
          path,
          line,
          startLine,
          side,
          body: text,
        })),
      }
      reviews.push(review)
      return review
    },
  }
}

/**
 * Numbers of the lines of a file that GitHub shows of a path, hunk by hunk: on the right of the new file, on the left of the old one the removed ones, as its
 * documentation has it ("Use LEFT for deletions that appear in red").
 */
export function linesOfDiff(origin: string, range: string, path: string, side: 'LEFT' | 'RIGHT' = 'RIGHT'): number[][] {
  const hunks: number[][] = []
  // The whole diff, so that renamed files are found.
  const files = git(origin, '-c', 'core.quotePath=false', 'diff', '-M', '--no-color', range).split(/^(?=diff --git )/m)
  const named = (file: string, name: string): boolean =>
    file.includes(`\n${name}${path}\n`) || file.includes(`\n${name}${path}\t\n`)
  // Of a deleted file there is its old name alone.
  const isOwn = (file: string): boolean =>
    named(file, '+++ b/') || (named(file, '--- a/') && file.includes('\n+++ /dev/null\n'))
  const own = files.find(isOwn) ?? ''
  let at = 0
  for (const line of own.split('\n')) {
    const header = /^@@ -(\d+)(?:,\d+)? \+(\d+)/.exec(line)
    if (header !== null) {
      hunks.push([])
      at = Number(header[side === 'LEFT' ? 1 : 2])
    } else if (hunks.length > 0 && line.startsWith(side === 'LEFT' ? '-' : '+')) hunks.at(-1)?.push(at++)
    else if (hunks.length > 0 && line.startsWith(' ')) {
      if (side === 'RIGHT') hunks.at(-1)?.push(at)
      at++
    }
  }
  return hunks
}

type RequestedComment = NonNullable<ReviewRequest['comments']>[number]

function lineErrors(
  origin: string,
  range: string,
  { path, line = 0, start_line: start = line, side = 'RIGHT', start_side: startSide = side }: RequestedComment,
): string[] {
  const hunks = linesOfDiff(origin, range, path, side)
  if (hunks.length === 0) return ['Path could not be resolved']
  if (start > line) return ['start_line must precede the end line']
  if (startSide !== side) return ['we never begin on one side and end on the other']
  const hunk = hunks.find((lines) => lines.includes(line))
  if (hunk === undefined) return ['Line could not be resolved']
  return hunk.includes(start) ? [] : ['start_line must be part of the same hunk as the line']
}
