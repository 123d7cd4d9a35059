import { setTimeout as delay } from 'node:timers/promises'
import type { ClosedThreads, HeldThreads } from '../report/held-threads.ts'
import { ApiError, type Api } from './api.ts'
import { askGraphql } from './graphql.ts'
import type { CommentTarget } from './sticky-comment.ts'

/** Mutations by what they do to a thread, or to our comment in it. */
const mutations = {
  resolve: 'mutation($id: ID!) { resolveReviewThread(input: { threadId: $id }) { clientMutationId } }',
  unresolve: 'mutation($id: ID!) { unresolveReviewThread(input: { threadId: $id }) { clientMutationId } }',
  minimize:
    'mutation($id: ID!) { minimizeComment(input: { subjectId: $id, classifier: RESOLVED }) { clientMutationId } }',
  unminimize: 'mutation($id: ID!) { unminimizeComment(input: { subjectId: $id }) { clientMutationId } }',
} as const

/**
 * Closes threads whose problem is fixed, and opens those again whose is back; returns how many of each were. A token that may not resolve threads
 * (the job's own needs `contents: write` for that) folds our comment away instead.
 */
export async function closeThreads(
  api: Api,
  target: CommentTarget,
  { fixed, returned }: Pick<HeldThreads, 'fixed' | 'returned'>,
  pauseMs: number,
  signal: AbortSignal,
): Promise<ClosedThreads> {
  let refused: string | undefined
  let mayResolve = true
  const change = async (what: keyof typeof mutations, id: string): Promise<boolean> => {
    try {
      await delay(pauseMs, undefined, { signal })
      await askGraphql(api, target, mutations[what], { id }, signal)
      return true
    } catch (error) {
      if (!(error instanceof ApiError) || signal.aborted) throw error
      refused ??= error.message
      return false
    }
  }
  let [closed, opened] = [0, 0]
  for (const { id, commentId } of fixed) {
    if (mayResolve) mayResolve = await change('resolve', id)
    if (mayResolve || (await change('minimize', commentId))) closed++
  }
  // What was done another way in the end was not refused.
  if (closed === fixed.length) refused = undefined
  for (const { thread } of returned) {
    const { id, commentId, closed: how } = thread
    if (await (how === 'minimized' ? change('unminimize', commentId) : change('unresolve', id))) opened++
  }
  return { closed, opened, refused }
}
