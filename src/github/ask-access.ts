import { isObject } from '../core/is-object.ts'
import { ApiError, describeApiError, type Api } from './api.ts'
import {
  judgeEvent,
  trustOf,
  withAuthors,
  type Access,
  type Allowed,
  type EventFacts,
  type Ruling,
  type Trust,
} from './trust.ts'

/** How GitHub can be asked; `connect` is undefined when there is no token. */
export interface AskOptions {
  readonly repository: { readonly owner: string; readonly name: string } | undefined
  readonly connect: (() => Promise<Api>) | undefined
  readonly signal: AbortSignal
}

/** Longest wait for what somebody may do: a run without credentials is better than none. */
const askMs = 20_000

/** Decides how far an event can be trusted, asking GitHub once for each of the people behind it. */
export async function decideTrust(facts: EventFacts, allowed: Allowed, options: AskOptions): Promise<Trust> {
  const bounded = { ...options, signal: AbortSignal.any([options.signal, AbortSignal.timeout(askMs)]) }
  const ruling = await askAuthors(judgeEvent(facts, allowed), allowed, bounded)
  if ('trust' in ruling) return ruling.trust
  const answers = ruling.people.map(async (login) => [login, await accessOf(login, bounded)] as const)
  return trustOf(ruling, new Map(await Promise.all(answers)))
}

async function askAuthors(ruling: Ruling, allowed: Allowed, options: AskOptions): Promise<Ruling> {
  if ('trust' in ruling || ruling.pullRequests.length === 0) return ruling
  try {
    const authors = await Promise.all(ruling.pullRequests.map((number) => authorOf(number, options)))
    return withAuthors(ruling, authors, allowed)
  } catch (error) {
    const why = `it is not known who wrote the pull request of the triggering workflow: ${describeApiError(error)}`
    return { trust: { level: 'untrusted', why } }
  }
}

async function authorOf(number: number, options: AskOptions): Promise<{ login: string; type: string }> {
  const data = await get('GET /repos/{owner}/{repo}/pulls/{pull_number}', { pull_number: number }, options)
  const user = isObject(data) ? data['user'] : undefined
  if (!isObject(user) || typeof user['login'] !== 'string') throw new Error('GitHub names no author')
  return { login: user['login'], type: user['type'] === 'Bot' ? 'Bot' : 'User' }
}

async function accessOf(login: string, options: AskOptions): Promise<Access> {
  try {
    const data = await get(
      'GET /repos/{owner}/{repo}/collaborators/{username}/permission',
      { username: login },
      options,
    )
    const permission = isObject(data) ? data['permission'] : undefined
    const known = (['admin', 'write', 'read', 'none'] as const).find((access) => access === permission)
    return known ?? { unknown: 'GitHub gave an answer we do not know' }
  } catch (error) {
    // Nobody of this name, or nobody who was let in.
    if (error instanceof ApiError && error.status === 404) return 'none'
    return { unknown: describeApiError(error) }
  }
}

async function get(route: string, parameters: object, { repository, connect, signal }: AskOptions): Promise<unknown> {
  if (connect === undefined || repository === undefined)
    throw new Error('there is no `github-token` to ask GitHub with')
  const api = await connect()
  return (await api(route, { owner: repository.owner, repo: repository.name, ...parameters }, signal)).data
}
