import { isFateUnknown } from './insist.ts'
import { ApiError, describeApiError, isLocked, tooOften, type Api } from './api.ts'
import { createIsOwn, listAll, type TokenFacts } from './own-author.ts'
import { readPosting, type Posting } from './posting.ts'
import { isOlder, positionIn, type RunPosition } from './comment-key.ts'

/** A conversation to comment on. */
export interface CommentTarget extends TokenFacts {
  readonly owner: string
  readonly repo: string
  readonly number: number
}

/** How a comment of ours is known again: it begins with this; and which run it is of. */
export interface CommentIdentity {
  readonly start: string
  readonly position: RunPosition
}

/** What came of a comment; `kept` says why an existing one was left as it is. */
export interface WrittenComment {
  readonly url: string
  readonly id: number
  readonly kept?: string
}

const writes = 3

/**
 * Updates the comment that is ours, or creates one. After a creation whose fate is unknown (5xx) it looks again first, and after one that
 * succeeded as well, so that of jobs that race one comment remains. The report of a newer run is left as it is; older duplicates are folded away.
 * `known` is the id of the one that this process wrote before: as long as it is there, nothing is searched.
 */
export async function writeComment(
  api: Api,
  target: CommentTarget,
  text: string | ((known: string) => string),
  identity: CommentIdentity | undefined,
  signal: AbortSignal,
  known?: number,
): Promise<WrittenComment> {
  // Made anew for each comment it goes to, whose text so far it may build upon.
  const bodyOver = (known: string): string => (typeof text === 'string' ? text : text(known))
  const body = bodyOver('')
  if (identity === undefined) return placeIn(await create(api, target, body, signal))
  const last = known === undefined ? undefined : await readKnown(api, target, known, identity.start, signal)
  if (last !== undefined) {
    const updated = await update(api, target, last, bodyOver(last.body), identity, signal).catch((error: unknown) => {
      if (isLost(error, signal)) return undefined
      throw error
    })
    if (updated !== undefined) return updated
  }
  for (let attempt = 1; ; attempt++) {
    try {
      const [own, ...duplicates] = await findOwnComments(api, target, identity.start, signal)
      if (own !== undefined) {
        await foldAway(api, target, duplicates, signal)
        return await update(api, target, own, bodyOver(own.body), identity, signal)
      }
      const created = await create(api, target, body, signal)
      const [first] = await findOwnComments(api, target, identity.start, signal)
      if (first === undefined || first.id >= created.id) return placeIn(created)
      await api('DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}', placeOf(target, created), signal)
      return await update(api, target, first, bodyOver(first.body), identity, signal)
    } catch (error) {
      if (!isLost(error, signal) || attempt === writes) throw error
    }
  }
}

/** Whether to look again: the comment is gone, or it is not known what became of it. */
function isLost(error: unknown, signal: AbortSignal): boolean {
  return error instanceof ApiError && (error.status === 404 || isFateUnknown(error, signal))
}

function placeIn({ url, id }: Posting): WrittenComment {
  return { url, id }
}

/** The comment that was ours, if it still is: people delete and edit. */
async function readKnown(
  api: Api,
  { owner, repo }: CommentTarget,
  id: number,
  start: string,
  signal: AbortSignal,
): Promise<Posting | undefined> {
  try {
    const route = 'GET /repos/{owner}/{repo}/issues/comments/{comment_id}'
    const comment = readPosting((await api(route, { owner, repo, comment_id: id }, signal)).data)
    return comment.body.startsWith(start) ? comment : undefined
  } catch (error) {
    if (isLost(error, signal)) return undefined
    throw error
  }
}

async function create(api: Api, { owner, repo, number }: CommentTarget, body: string, signal: AbortSignal) {
  const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments'
  return readPosting((await api(route, { owner, repo, issue_number: number, body }, signal)).data)
}

async function update(
  api: Api,
  target: CommentTarget,
  own: Posting,
  body: string,
  { position }: CommentIdentity,
  signal: AbortSignal,
): Promise<WrittenComment> {
  const shown = positionIn(own.body)
  if (shown !== undefined && isOlder(position, shown))
    return { ...placeIn(own), kept: `a newer run (${shown.run}.${shown.attempt}) has reported` }
  const route = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}'
  return placeIn(readPosting((await api(route, { ...placeOf(target, own), body }, signal)).data))
}

function placeOf({ owner, repo }: CommentTarget, { id }: Posting) {
  return { owner, repo, comment_id: id }
}

/** Best effort: a duplicate that stays open does no harm. */
async function foldAway(
  api: Api,
  { graphqlUrl }: CommentTarget,
  duplicates: readonly Posting[],
  signal: AbortSignal,
): Promise<void> {
  const query =
    'mutation($id: ID!) { minimizeComment(input: { subjectId: $id, classifier: OUTDATED }) { clientMutationId } }'
  for (const { nodeId } of duplicates)
    await api(`POST ${graphqlUrl}`, { query, variables: { id: nodeId } }, signal).catch(() => {})
}

/** Our comments that begin with the marker, the oldest first: one that quotes it is not ours, nor is a stranger's with the same text. */
async function findOwnComments(
  api: Api,
  target: CommentTarget,
  start: string,
  signal: AbortSignal,
): Promise<Posting[]> {
  const { owner, repo, number } = target
  const route = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments'
  const listed = await listAll(api, route, { owner, repo, issue_number: number }, signal)
  const marked = listed.map(readPosting).filter((comment) => comment.body.startsWith(start))
  if (marked.length === 0) return []
  const isOwn = await createIsOwn(api, target, signal)
  return marked.filter(({ author }) => isOwn(author))
}

/** Why a comment could not be written, and what to do about it. */
export function explainRefusal(error: unknown): string {
  const what = `GitHub refused the comment (${describeApiError(error)})`
  if (!(error instanceof ApiError)) return `The comment could not be written: ${describeApiError(error)}`
  if (error.isLimit) return `${what}: ${tooOften}; the next run can comment again.`
  if (isLocked(error)) return `${what}: the conversation is locked, and this token may not write there; unlock it.`
  switch (error.status) {
    case 401:
      return `${what}: the input \`github-token\` is not a valid token.`
    case 403:
      return (
        `${what}: the token may not write comments. On a pull request from a fork it never may, and the report is in ` +
        'the job summary and the artifact; elsewhere give the job `permissions: pull-requests: write`.'
      )
    case 404:
      return `${what}: the token does not see this pull request; give the job \`permissions: pull-requests: write\`.`
    default:
      return error.status === 0 ? `The comment could not be written: ${error.message}` : `${what}.`
  }
}
