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
  if ('trust' in ruling || (ruling.pullRequests.length === 0 && ruling.head === undefined)) return ruling
  try {
    const authors = await Promise.all(ruling.pullRequests.map((number) => authorOf(number, options)))
    const others = ruling.head === undefined ? [] : await authorsFrom(ruling.head, options)
    return withAuthors(ruling, [...authors, ...others], allowed)
  } catch (error) {
    const why = `the author of the triggering workflow's pull request is unknown: ${describeApiError(error)}`
    return { trust: { level: 'untrusted', why } }
  }
}

interface Author {
  readonly login: string
  readonly type: string
}

async function authorOf(number: number, options: AskOptions): Promise<Author> {
  return readAuthor(await get('GET /repos/{owner}/{repo}/pulls/{pull_number}', { pull_number: number }, options))
}

/** Of the pull requests from a branch of the repository that are open, or were at this commit. */
async function authorsFrom(
  { branch, sha }: { readonly branch: string; readonly sha: string },
  options: AskOptions,
): Promise<Author[]> {
  const head = `${options.repository?.owner ?? ''}:${branch}`
  const data = await get('GET /repos/{owner}/{repo}/pulls', { head, state: 'all', per_page: 100 }, options)
  if (!Array.isArray(data)) throw new Error('GitHub gave an unexpected answer')
  const meant = data.filter((each: unknown) => {
    if (!isObject<Record<string, unknown>>(each)) return false
    const at = isObject<Record<string, unknown>>(each['head']) ? each['head']['sha'] : undefined
    return each['state'] === 'open' || at === sha
  })
  return meant.map(readAuthor)
}

function readAuthor(data: unknown): Author {
  const user = isObject<Record<string, unknown>>(data) ? data['user'] : undefined
  if (!isObject<Record<string, unknown>>(user) || typeof user['login'] !== 'string')
    throw new Error('GitHub names no author')
  return { login: user['login'], type: user['type'] === 'Bot' ? 'Bot' : 'User' }
}

/** What somebody may do in the repository. */
export async function accessOf(login: string, options: AskOptions): Promise<Access> {
  try {
    const data = await get(
      'GET /repos/{owner}/{repo}/collaborators/{username}/permission',
      { username: login },
      options,
    )
    const permission = isObject(data) ? data['permission'] : undefined
    const known = (['admin', 'write', 'read', 'none'] as const).find((access) => access === permission)
    return known ?? { unknown: 'GitHub gave an unexpected answer' }
  } catch (error) {
    // Nobody of this name, or nobody who was let in.
    if (error instanceof ApiError && error.status === 404) return 'none'
    return { unknown: describeApiError(error) }
  }
}

/** Tells whether any of some people may write to the repository; each is asked of GitHub once. Where GitHub does not say, nobody may. */
export function createMayWrite(
  api: Api,
  { owner, repo }: { readonly owner: string; readonly repo: string },
  signal: AbortSignal,
): (logins: readonly string[]) => Promise<boolean> {
  const options: AskOptions = { repository: { owner, name: repo }, connect: () => Promise.resolve(api), signal }
  const known = new Map<string, Promise<Access>>()
  return async (logins) => {
    for (const login of logins) {
      if (login === '') continue
      const asked = known.get(login) ?? accessOf(login, options)
      known.set(login, asked)
      const access = await asked
      if (access === 'admin' || access === 'write') return true
    }
    return false
  }
}

async function get(route: string, parameters: object, { repository, connect, signal }: AskOptions): Promise<unknown> {
  if (connect === undefined || repository === undefined)
    throw new Error('there is no `github-token` to ask GitHub with')
  const api = await connect()
  return (await api(route, { owner: repository.owner, repo: repository.name, ...parameters }, signal)).data
}
