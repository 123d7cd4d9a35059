import { fieldOf } from '../core/field-of.ts'
import type { EarlierReview, LastReview } from '../core/review-thread.ts'
import type { Api } from './api.ts'
import { commentStart } from './comment-key.ts'
import { targetOf } from './comment-target.ts'
import { actorOf, askGraphql, nodesOf } from './graphql.ts'
import { createIsOwn } from './own-author.ts'
import { readReviewState } from './review-state.ts'
import { readDismissals, readThreads } from './review-threads.ts'
import { reviewStart, scopeOf } from './review-reporter.ts'
import type { CommentTarget } from './sticky-comment.ts'
import type { StepReporting } from './step-reporting.ts'

const comments = `query($owner: String!, $repo: String!, $number: Int!, $before: String) {
  repository(owner: $owner, name: $repo) { pullRequest(number: $number) {
    comments(last: 100, before: $before) { pageInfo { hasPreviousPage startCursor } nodes {
      body author { __typename login } editor { __typename login }
    } }
  } }
}`

/** Pages of a long conversation that are looked through for our comment. */
const mostPages = 10

/**
 * What the sticky comment says of the last review. A comment that anybody else was the last to edit says nothing: we write it as a whole each time,
 * so that one whose last editor we are, as GitHub records it, has nothing in it that is not ours.
 */
async function readLastReview(
  api: Api,
  target: CommentTarget,
  start: string,
  signal: AbortSignal,
): Promise<LastReview | undefined> {
  const { owner, repo, number } = target
  let before: string | null = null
  for (let page = 0; page < mostPages; page++) {
    const data = await askGraphql(api, target, comments, { owner, repo, number, before }, signal)
    const list = fieldOf(fieldOf(fieldOf(data, 'repository'), 'pullRequest'), 'comments')
    const found = nodesOf(list).filter((node) => String(fieldOf(node, 'body')).startsWith(start))
    if (found.length > 0) {
      const isOwn = await createIsOwn(api, target, signal)
      const own = found.find((node) => {
        const [author, editor] = [actorOf(fieldOf(node, 'author')), actorOf(fieldOf(node, 'editor'))]
        return author !== undefined && isOwn(author) && (editor === undefined || isOwn(editor))
      })
      return own === undefined ? undefined : readReviewState(String(fieldOf(own, 'body')))
    }
    const info = fieldOf(list, 'pageInfo')
    const cursor = fieldOf(info, 'startCursor')
    if (fieldOf(info, 'hasPreviousPage') !== true || typeof cursor !== 'string') return undefined
    before = cursor
  }
  return undefined
}

/** Reads what earlier runs of an orchestration said about the pull request of a step, and what people dismissed in others. */
export async function readEarlierReview(
  api: Api,
  step: Pick<StepReporting, 'context' | 'inputs'>,
  name: string,
  scope: 'full' | 'changed',
  signal: AbortSignal,
): Promise<EarlierReview> {
  const target = targetOf(step)
  if (target === undefined) return { threads: [] }
  const word = scopeOf(reviewStart(step, name))
  const { workflow, job } = step.context
  const start = commentStart({ workflow, job, key: step.inputs.commentKey, name })
  const [own, others, last] = await Promise.all([
    readThreads(api, target, word, signal),
    readDismissals(api, target, word, signal),
    scope === 'changed' ? readLastReview(api, target, start, signal) : undefined,
  ])
  return { threads: [...own, ...others], ...(last && { last }) }
}
