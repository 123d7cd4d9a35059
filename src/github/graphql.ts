import { ApiError, type Api } from './api.ts'
import { fieldOf } from './own-author.ts'

/** Asks GitHub's GraphQL API, which answers 200 to what it refuses as well; throws ApiError then, with its words. Returns `data`. */
export async function askGraphql(
  api: Api,
  { graphqlUrl }: { readonly graphqlUrl: string },
  query: string,
  variables: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<unknown> {
  const { data, status } = await api(`POST ${graphqlUrl}`, { query, variables }, signal)
  const errors = fieldOf(data, 'errors')
  if (!Array.isArray(errors) || errors.length === 0) return fieldOf(data, 'data')
  const [first]: unknown[] = errors
  const message = fieldOf(first, 'message')
  const isForbidden = fieldOf(first, 'type') === 'FORBIDDEN'
  throw new ApiError(isForbidden ? 403 : status, typeof message === 'string' ? message : 'GitHub refused it', 'GraphQL')
}
