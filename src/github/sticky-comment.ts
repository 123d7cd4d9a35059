import { ApiError, describeApiError, type Api } from './api.ts'
import { isOlder, positionIn, type RunPosition } from './comment-key.ts'

/** A conversation to comment on. `graphqlUrl` is where GitHub says whose token we have. */
export interface CommentTarget {
  readonly owner: string
  readonly repo: string
  readonly number: number
  readonly graphqlUrl: string
  /** Whether the token is a person's, as its shape says; others are an app's. */
  readonly isPersonal?: boolean
}

/** How a comment of ours is known again: it begins with this; and which run it is of. */
export interface CommentIdentity {
  readonly start: string
  readonly position: RunPosition
}

/** What came of a comment; `kept` says why an existing one was left as it is. */
export interface WrittenComment {
  readonly url: string
  readonly kept?: string
}

/** A comment as we look at it. */
interface Comment {
  readonly id: number
  readonly nodeId: string
  readonly body: string
  readonly url: string
  readonly login: string
  readonly isBot: boolean
}

const writes = 3

/**
 * Updates the comment that is ours, or creates one. After a creation whose fate is unknown (5xx) it looks again first, and after one that
 * succeeded as well, so that of jobs that race one comment remains. The report of a newer run is left as it is; older duplicates are folded away.
 */
export async function writeComment(
  api: Api,
  target: CommentTarget,
  body: string,
  identity: CommentIdentity | undefined,
  signal: AbortSignal,
): Promise<WrittenComment> {
  if (identity === undefined) return { url: (await create(api, target, body, signal)).url }
  for (let attempt = 1; ; attempt++) {
    try {
      const [own, ...duplicates] = await findOwnComments(api, target, identity.start, signal)
      if (own !== undefined) {
        await foldAway(api, target, duplicates, signal)
        return await update(api, target, own, body, identity, signal)
      }
      const created = await create(api, target, body, signal)
      const [first] = await findOwnComments(api, target, identity.start, signal)
      if (first === undefined || first.id >= created.id) return { url: created.url }
      await api('DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}', placeOf(target, created), signal)
      return await update(api, target, first, body, identity, signal)
    } catch (error) {
      const lost = error instanceof ApiError && (error.status === 404 || error.status >= 500)
      if (!lost || attempt === writes) throw error
    }
  }
}

async function create(api: Api, { owner, repo, number }: CommentTarget, body: string, signal: AbortSignal) {
  const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments'
  return readComment((await api(route, { owner, repo, issue_number: number, body }, signal)).data)
}

async function update(
  api: Api,
  target: CommentTarget,
  own: Comment,
  body: string,
  { position }: CommentIdentity,
  signal: AbortSignal,
): Promise<WrittenComment> {
  const shown = positionIn(own.body)
  if (shown !== undefined && isOlder(position, shown))
    return { url: own.url, kept: `a newer run (${shown.run}.${shown.attempt}) has reported` }
  const route = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}'
  return { url: readComment((await api(route, { ...placeOf(target, own), body }, signal)).data).url }
}

function placeOf({ owner, repo }: CommentTarget, { id }: Comment) {
  return { owner, repo, comment_id: id }
}

/** Best effort: a duplicate that stays open does no harm. */
async function foldAway(
  api: Api,
  { graphqlUrl }: CommentTarget,
  duplicates: readonly Comment[],
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
): Promise<Comment[]> {
  const { owner, repo, number } = target
  const marked: Comment[] = []
  for (let page = 1; ; page++) {
    const answer = await api(
      'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
      { owner, repo, issue_number: number, per_page: 100, page },
      signal,
    )
    marked.push(
      ...asList(answer.data)
        .map(readComment)
        .filter((comment) => comment.body.startsWith(start)),
    )
    if (!/\brel="next"/.test(String(answer.headers['link'] ?? ''))) break
  }
  if (marked.length === 0) return []
  const login = await ownLogin(api, target.graphqlUrl, signal)
  if (login !== undefined) return marked.filter((each) => each.login === login || each.login === `${login}[bot]`)
  // Nobody but an app writes as a bot, and of those only ones that this repository has let in.
  if (target.isPersonal !== true) return marked.filter(({ isBot }) => isBot)
  throw new Error(
    'GitHub does not say whose token this is, so that an earlier comment cannot be told from a stranger’s',
  )
}

/** Who our token is. REST's `GET /user` refuses the tokens of apps, the job's own among them; GraphQL's viewer does not. Undefined when it is down. */
async function ownLogin(api: Api, graphqlUrl: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    const { data } = await api(`POST ${graphqlUrl}`, { query: '{ viewer { login } }' }, signal)
    const login = read(read(read(data, 'data'), 'viewer'), 'login')
    return typeof login === 'string' ? login : undefined
  } catch (error) {
    if (signal.aborted || (error instanceof ApiError && error.status === 401)) throw error
    return undefined
  }
}

/** Why a comment could not be written, and what to do about it. */
export function explainRefusal(error: unknown): string {
  const what = `GitHub refused the comment (${describeApiError(error)})`
  if (!(error instanceof ApiError)) return `The comment could not be written: ${describeApiError(error)}`
  if (/\brate limit|abuse/i.test(error.message) || error.status === 429)
    return `${what}: too many requests were made with this token; the next run can comment again.`
  if (/\block(?:ed)?\b/i.test(error.message))
    return `${what}: the conversation is locked, and this token may not write there; unlock it.`
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

function readComment(data: unknown): Comment {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '')
  const id = read(data, 'id')
  const user = read(data, 'user')
  return {
    id: typeof id === 'number' ? id : 0,
    nodeId: text(read(data, 'node_id')),
    body: text(read(data, 'body')),
    url: text(read(data, 'html_url')),
    login: text(read(user, 'login')),
    isBot: read(user, 'type') === 'Bot',
  }
}

function asList(data: unknown): readonly unknown[] {
  return Array.isArray(data) ? data : []
}

function read(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}
