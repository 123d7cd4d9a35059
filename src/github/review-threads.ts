import { fieldOf } from '../core/field-of.ts'
import { textIn } from './posting.ts'
import type { ReviewThread, ThreadReply } from '../core/review-thread.ts'
import { cutText } from '../core/cut-text.ts'
import type { Api } from './api.ts'
import { createMayWrite } from './ask-access.ts'
import { actorOf, askGraphql, nodesOf } from './graphql.ts'
import { createIsOwn, type Author } from './own-author.ts'
import type { CommentTarget } from './sticky-comment.ts'
import { readThreadMark, withoutMarks } from './thread-mark.ts'

/** Threads of a pull request that are read, the newest; the oldest of a long review are nobody's concern any more. */
const mostThreads = 300
/** Pull requests whose dismissals are remembered, those that changed last, and threads of each. */
const rememberedPulls = 20
const rememberedThreads = 20
/** What the journal of a run keeps of each. */
const [mostReplies, replyCharacters, bodyCharacters] = [5, 600, 1500]

/**
 * Who resolved a thread by `resolvedBy` is a user; apps, of which we are one, are not told. Reactions are asked for of our comment alone: each
 * connection of each node counts ("Rate limits for the GraphQL API"), and a job's token has 1,000 points an hour.
 */
const threadFields = `
  id diffSide isResolved resolvedBy { login }
  first: comments(first: 1) { nodes {
    id body path originalLine originalStartLine originalCommit { oid } isMinimized minimizedReason
    author { __typename login } editor { __typename login }
    reactions(content: THUMBS_DOWN, first: 10) { nodes { user { login } } }
  } }
  comments(first: 30) { nodes { body author { __typename login } } }`

const ofPull = `query($owner: String!, $repo: String!, $number: Int!, $before: String) {
  repository(owner: $owner, name: $repo) { pullRequest(number: $number) {
    reviewThreads(last: 50, before: $before) { pageInfo { hasPreviousPage startCursor } nodes { ${threadFields} } }
  } }
}`

const ofOthers = `query($owner: String!, $repo: String!) {
  repository(owner: $owner, name: $repo) {
    pullRequests(first: ${rememberedPulls}, orderBy: { field: UPDATED_AT, direction: DESC }) { nodes {
      number reviewThreads(last: ${rememberedThreads}) { nodes { ${threadFields} } }
    } }
  }
}`

/** Says that a finding is none: a command, a common phrase, or a thumb. */
const dismissal = /^[ \t]*\/dismiss\b|\bwon[’']?t ?fix\b|\bwill not fix\b|^[ \t]*(?:👎|:-1:|:thumbsdown:)/imu

/**
 * The threads that reviews of this scope began in a pull request, and what became of them. What people may say is asked of GitHub: a thumb, a
 * word or a resolved thread dismisses a finding only where it comes from somebody who may write to the repository.
 */
export async function readThreads(
  api: Api,
  target: CommentTarget,
  scope: string,
  signal: AbortSignal,
): Promise<ReviewThread[]> {
  const { owner, repo, number } = target
  const nodes: unknown[] = []
  for (let before: string | null = null; ;) {
    const data = await askGraphql(api, target, ofPull, { owner, repo, number, before }, signal)
    const threads = fieldOf(fieldOf(fieldOf(data, 'repository'), 'pullRequest'), 'reviewThreads')
    nodes.unshift(...nodesOf(threads))
    const page = fieldOf(threads, 'pageInfo')
    const start = fieldOf(page, 'startCursor')
    if (fieldOf(page, 'hasPreviousPage') !== true || typeof start !== 'string' || nodes.length >= mostThreads) break
    before = start
  }
  return readNodes(
    api,
    target,
    scope,
    nodes.map((node) => ({ node, pull: number })),
    signal,
  )
}

/** What was dismissed in other pull requests of the repository that changed lately. */
export async function readDismissals(
  api: Api,
  target: CommentTarget,
  scope: string,
  signal: AbortSignal,
): Promise<ReviewThread[]> {
  const { owner, repo, number } = target
  const data = await askGraphql(api, target, ofOthers, { owner, repo }, signal)
  const nodes = nodesOf(fieldOf(fieldOf(data, 'repository'), 'pullRequests')).flatMap((each) => {
    const pull = fieldOf(each, 'number')
    if (typeof pull !== 'number' || pull === number) return []
    return nodesOf(fieldOf(each, 'reviewThreads')).map((node) => ({ node, pull }))
  })
  const threads = await readNodes(api, target, scope, nodes, signal)
  return threads.filter(({ standing }) => standing === 'dismissed')
}

interface Found {
  readonly node: unknown
  readonly pull: number
}

interface Comment {
  readonly node: unknown
  readonly author: Author
  readonly body: string
}

async function readNodes(
  api: Api,
  target: CommentTarget,
  scope: string,
  found: readonly Found[],
  signal: AbortSignal,
): Promise<ReviewThread[]> {
  const marked = found.flatMap(({ node, pull }) => {
    const [first] = nodesOf(fieldOf(node, 'first')).map(readComment)
    const [, ...others] = nodesOf(fieldOf(node, 'comments')).map(readComment)
    return first !== undefined && readThreadMark(first.body)?.scope === scope ? [{ node, pull, first, others }] : []
  })
  if (marked.length === 0) return []
  const isOwn = await createIsOwn(api, target, signal)
  const mayWrite = createMayWrite(api, target, signal)
  const threads: ReviewThread[] = []
  for (const { node, pull, first, others } of marked) {
    if (!isOwn(first.author)) continue
    const editor = actorOf(fieldOf(first.node, 'editor'))
    const isEdited = editor !== undefined && !isOwn(editor)
    const foreign = others.filter(({ author }) => !isOwn(author))
    const resolver = textIn(fieldOf(node, 'resolvedBy'), 'login')
    const isResolved = fieldOf(node, 'isResolved') === true
    const isResolvedByOther = isResolved && resolver !== '' && !isOwn({ login: resolver, isBot: false })
    const isMinimized = fieldOf(first.node, 'isMinimized') === true
    // Only who may write can hide a comment, and we hide ours for one reason alone.
    const isHiddenByOther = isMinimized && textIn(first.node, 'minimizedReason').toLowerCase() !== 'resolved'
    const dismissers = [
      ...foreign.filter(({ body }) => dismissal.test(withoutQuotes(body))).map(({ author }) => author.login),
      ...nodesOf(fieldOf(first.node, 'reactions')).map((each) => textIn(fieldOf(each, 'user'), 'login')),
      ...(isResolvedByOther ? [resolver] : []),
    ]
    const isDismissed = isHiddenByOther || (await mayWrite(dismissers))
    const isClosed = isResolved || isMinimized
    const line = numberOf(fieldOf(first.node, 'originalLine'))
    threads.push({
      id: textIn(node, 'id'),
      commentId: textIn(first.node, 'id'),
      pull,
      path: textIn(first.node, 'path'),
      line: numberOf(fieldOf(first.node, 'originalStartLine')) || line,
      endLine: line,
      ...(fieldOf(node, 'diffSide') === 'LEFT' && { side: 'left' as const }),
      commit: textIn(fieldOf(first.node, 'originalCommit'), 'oid'),
      standing: isDismissed ? 'dismissed' : isClosed ? 'fixed' : 'open',
      closed: isDismissed || !isClosed ? null : isResolved ? 'resolved' : 'minimized',
      isTouched: foreign.length > 0 || isEdited || isResolvedByOther || isHiddenByOther,
      said: isEdited ? null : (readThreadMark(first.body)?.said ?? null),
      body: cutText(withoutMarks(first.body), bodyCharacters),
      replies: foreign.slice(-mostReplies).map(replyOf),
    })
  }
  return threads
}

/** Markdown quotes what others said: that is not said again. */
function withoutQuotes(body: string): string {
  return body.replaceAll(/^[ \t]*>.*$/gm, '')
}

function replyOf({ author, body }: Comment): ThreadReply {
  return { author: author.login, text: cutText(body, replyCharacters) }
}

function readComment(node: unknown): Comment {
  return {
    node,
    author: actorOf(fieldOf(node, 'author')) ?? { login: '', isBot: false },
    body: textIn(node, 'body'),
  }
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0
}
