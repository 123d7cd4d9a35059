import { fieldOf } from '../core/field-of.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { ApiError, type Api, type ApiAnswer } from './api.ts'
import { isFateUnknown } from './insist.ts'
import type { Author } from './own-author.ts'

const attempts = 3
const firstDelayMs = 500

/**
 * Asks GitHub's GraphQL API, which answers 200 to what it refuses as well; throws ApiError then, with its words. Returns `data`. A query that got no
 * answer, or a 5xx, is asked again: it changes nothing, although it is a POST.
 */
export async function askGraphql(
  api: Api,
  { graphqlUrl }: { readonly graphqlUrl: string },
  query: string,
  variables: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<unknown> {
  const { data, status } = await insist(() => api(`POST ${graphqlUrl}`, { query, variables }, signal), query, signal)
  const errors = fieldOf(data, 'errors')
  if (!Array.isArray(errors) || errors.length === 0) return fieldOf(data, 'data')
  const [first]: unknown[] = errors
  const message = fieldOf(first, 'message')
  const isForbidden = fieldOf(first, 'type') === 'FORBIDDEN'
  throw new ApiError(isForbidden ? 403 : status, typeof message === 'string' ? message : 'GitHub refused it', 'GraphQL')
}

async function insist(ask: () => Promise<ApiAnswer>, query: string, signal: AbortSignal): Promise<ApiAnswer> {
  for (let attempt = 1; ; attempt++)
    try {
      return await ask()
    } catch (error) {
      const mayRepeat = query.startsWith('query') && attempt < attempts && isFateUnknown(error, signal)
      if (!mayRepeat) throw error
      await delay(firstDelayMs * 2 ** (attempt - 1), undefined, { signal })
    }
}

/** An actor in an answer, which names apps without the `[bot]` that REST and GraphQL's own `viewer` have; undefined where there is none. */
export function actorOf(actor: unknown): Author | undefined {
  const login = fieldOf(actor, 'login')
  if (typeof login !== 'string' || login === '') return undefined
  const isBot = fieldOf(actor, '__typename') === 'Bot'
  return { login: isBot && !login.endsWith('[bot]') ? `${login}[bot]` : login, isBot }
}

/** What a connection holds; nothing where it is none. */
export function nodesOf(connection: unknown): readonly unknown[] {
  const nodes = fieldOf(connection, 'nodes')
  return Array.isArray(nodes) ? nodes : []
}
