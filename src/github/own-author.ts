import { fieldOf } from '../core/field-of.ts'
import { ApiError, type Api } from './api.ts'

/** Who wrote something, as GitHub says. */
export interface Author {
  readonly login: string
  readonly isBot: boolean
}

/** Whose token we have, as far as can be known without asking. */
export interface TokenFacts {
  /** Where GitHub says whose token it is. */
  readonly graphqlUrl: string
  /** Whether the token is a person's, as its shape says; others are an app's. */
  readonly isPersonal?: boolean
}

/** Tells what we wrote from what strangers did, be it the same text. Throws where GitHub does not say who we are and that matters. */
export async function createIsOwn(
  api: Api,
  { graphqlUrl, isPersonal }: TokenFacts,
  signal: AbortSignal,
): Promise<(author: Author) => boolean> {
  const own = await knownLogin(api, graphqlUrl, signal)
  if (own !== undefined) return ({ login }) => login === own || login === `${own}[bot]`
  // Nobody but an app writes as a bot, and of those only ones that this repository has let in.
  if (isPersonal !== true) return ({ isBot }) => isBot
  throw new Error(
    'GitHub does not say whose token this is, so that an earlier comment cannot be told apart from a stranger’s',
  )
}

/** The author in an answer that has a `user`. */
export function authorOf(answer: unknown): Author {
  const user = fieldOf(answer, 'user')
  const login = fieldOf(user, 'login')
  return { login: typeof login === 'string' ? login : '', isBot: fieldOf(user, 'type') === 'Bot' }
}

/** Of each client, once it is known. */
const logins = new WeakMap<Api, string>()

async function knownLogin(api: Api, graphqlUrl: string, signal: AbortSignal): Promise<string | undefined> {
  const login = logins.get(api) ?? (await ownLogin(api, graphqlUrl, signal))
  if (login !== undefined) logins.set(api, login)
  return login
}

/** Who our token is. REST's `GET /user` refuses the tokens of apps, the job's own among them; GraphQL's viewer does not. Undefined when it is down. */
async function ownLogin(api: Api, graphqlUrl: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    const { data } = await api(`POST ${graphqlUrl}`, { query: '{ viewer { login } }' }, signal)
    const login = fieldOf(fieldOf(fieldOf(data, 'data'), 'viewer'), 'login')
    return typeof login === 'string' ? login : undefined
  } catch (error) {
    if (signal.aborted || (error instanceof ApiError && error.status === 401)) throw error
    return undefined
  }
}

/** All items of a list that GitHub gives in pages. */
export async function listAll(
  api: Api,
  route: string,
  parameters: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<unknown[]> {
  const items: unknown[] = []
  for (let page = 1; ; page++) {
    const { data, headers } = await api(route, { ...parameters, per_page: 100, page }, signal)
    if (Array.isArray(data)) items.push(...(data as unknown[]))
    if (!/\brel="next"/.test(String(headers['link'] ?? ''))) return items
  }
}
