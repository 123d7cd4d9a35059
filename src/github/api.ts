import { setTimeout as delay } from 'node:timers/promises'
import { messageOf } from '../core/message-of.ts'
import { isObject } from '../core/is-object.ts'

/** Where and as whom to talk to GitHub's REST API. */
export interface ApiAccess {
  readonly apiUrl: string
  readonly token: string
  /** Those of all clients of a step together; absent: not counted. */
  readonly requests?: RequestCount
}

/** Requests that were made so far. */
export interface RequestCount {
  made: number
}

/** So many a step makes at most: the token of a job has 1,000 an hour for all runs of the repository (docs.github.com, "Rate limits for the REST API"). */
export const mostRequests = 400
/** From here on it leaves out what only says earlier what the end says anyway. */
export const manyRequests = 200

/** An answer of GitHub. `data` is the decoded body, not yet looked at. */
export interface ApiAnswer {
  readonly status: number
  readonly data: unknown
  readonly headers: Readonly<Record<string, string | number | undefined>>
}

/** A request that GitHub refused or that got no answer (`status` 0). */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  /** The route that was asked, such as `POST /repos/{owner}/{repo}/issues`; empty where none is known. */
  readonly route: string
  /** It was refused because too many were made with this token, which GitHub says with 403 as it does what the token may not do. */
  readonly isLimit: boolean
  constructor(status: number, message: string, route = '', isLimit = false) {
    super(message)
    this.status = status
    this.route = route
    this.isLimit = isLimit || status === 429 || /\brate limit|\babuse\b/i.test(message)
  }
}

/** Whether a permission may be missing: GitHub refused the request, and neither for their number nor because a conversation is locked. */
export function isForbidden(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 403 && !error.isLimit && !isLocked(error)
}

/** As `isForbidden`, and where GitHub denies that there is what a token may not see. */
export function isHidden(error: unknown): error is ApiError {
  return isForbidden(error) || (error instanceof ApiError && error.status === 404)
}

/** Why a request was refused that is one too many. */
export const tooOften = 'too many requests were made with this token'

/** Whether nobody may write to the conversation. */
export function isLocked({ message }: ApiError): boolean {
  return /\block(?:ed)?\b/i.test(message)
}

/** One request by its route (`GET /repos/{owner}/{repo}`) and parameters; throws ApiError for every answer of 400 and above. */
export type Api = (
  route: string,
  parameters: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
) => Promise<ApiAnswer>

const tooMany = `this step has made ${mostRequests} requests to GitHub, and makes no more so that the other runs of the repository have some left`
const attempts = 5
const firstDelayMs = 500
/** Whoever must wait longer is told so instead. */
const longestWaitMs = 60_000

/**
 * A client that knows when to try again: 5xx, lost connections and answers that break off (only where a repetition changes nothing), and
 * 403/429 that say how long to wait. The signal bounds it all. Loads Octokit, so call it after the run has started.
 */
export async function createApi(access: ApiAccess): Promise<Api> {
  const { getOctokit } = await import('@actions/github')
  const octokit = getOctokit(access.token, { baseUrl: access.apiUrl, log: silent })
  return async (route, parameters, signal) => {
    for (let attempt = 1; ; attempt++) {
      try {
        signal.throwIfAborted()
        if (access.requests !== undefined && ++access.requests.made > mostRequests)
          throw new ApiError(0, tooMany, route)
        const answer = await octokit.request(route, { ...parameters, request: { signal } })
        if (isBrokenOff(answer)) throw new Error('the answer of GitHub broke off')
        return answer
      } catch (error) {
        if (error instanceof ApiError) throw error
        if (signal.aborted) throw new ApiError(0, 'GitHub did not answer in time', route)
        const waitMs = attempt < attempts ? retryDelayMs(error, route, attempt) : undefined
        if (waitMs === undefined) throw toApiError(error, route)
        await delay(waitMs, undefined, { signal }).catch(() => {
          throw toApiError(error, route)
        })
      }
    }
  }
}

/**
 * Whether an answer is not whole. Octokit (`request`, getResponseData) takes one whose body cannot be read to its end for an empty one, and JSON that
 * is cut off for a text: an empty list, to whoever reads it.
 */
function isBrokenOff({ status, data, headers }: ApiAnswer): boolean {
  if (status === 204 || status === 304 || String(headers['content-length'] ?? '') === '0') return false
  if (typeof data === 'string')
    return data === '' || /^application\/json\b/i.test(String(headers['content-type'] ?? ''))
  return data === undefined || (data instanceof ArrayBuffer && data.byteLength === 0)
}

/** A sentence on what went wrong, for a report. */
export function describeApiError(error: unknown): string {
  if (!(error instanceof ApiError)) return messageOf(error)
  const at = error.route === '' ? '' : `, at ${error.route}`
  return error.status === 0 ? `${error.message}${at}` : `${error.status} ${error.message}${at}`
}

/** Requests that add something each time: also the annotations of a check run that is updated. */
const appending = /^(?:POST |PATCH \S*\/check-runs\/)/

const silent = { debug() {}, info() {}, warn() {}, error() {} }

/** Milliseconds to wait before the same request is made again; undefined when it must not be. */
function retryDelayMs(error: unknown, route: string, attempt: number): number | undefined {
  const status = statusOf(error)
  const backoffMs = firstDelayMs * 2 ** (attempt - 1)
  if (status === 403 || status === 429) {
    const waitMs = askedWaitMs(headersOf(error)) ?? (status === 429 ? backoffMs : undefined)
    return waitMs === undefined || waitMs > longestWaitMs ? undefined : waitMs
  }
  const mayRepeat = !appending.test(route)
  return mayRepeat && (status === 0 || status >= 500) ? backoffMs : undefined
}

/**
 * How long GitHub asks to wait: `retry-after` in seconds (the secondary limits), or until `x-ratelimit-reset`, epoch seconds, when nothing remains
 * (docs.github.com, "Rate limits for the REST API").
 */
function askedWaitMs(headers: Readonly<Record<string, unknown>>): number | undefined {
  const seconds = (name: string): number => Number(headers[name] ?? Number.NaN)
  if (Number.isFinite(seconds('retry-after'))) return seconds('retry-after') * 1000
  if (headers['x-ratelimit-remaining'] !== '0' || !Number.isFinite(seconds('x-ratelimit-reset'))) return undefined
  const { date } = headers
  const clock = typeof date === 'string' ? Date.parse(date) : Number.NaN
  return Number.isFinite(clock) ? Math.max(0, seconds('x-ratelimit-reset') * 1000 - clock) + 1000 : undefined
}

function toApiError(error: unknown, route: string): ApiError {
  const message = messageOf(error)
  // Octokit appends a link to the documentation.
  const isLimit = statusOf(error) === 403 && askedWaitMs(headersOf(error)) !== undefined
  return new ApiError(statusOf(error), message.replace(/ - https:\/\/docs\.github\.com\S*$/, ''), route, isLimit)
}

/** The HTTP status of what Octokit threw; 0 where there was no answer (Octokit itself says 500 then). */
function statusOf(error: unknown): number {
  if (!isObject<Record<string, unknown>>(error) || !isObject<Record<string, unknown>>(error['response'])) return 0
  return typeof error['status'] === 'number' ? error['status'] : 0
}

function headersOf(error: unknown): Readonly<Record<string, unknown>> {
  const response = isObject<Record<string, unknown>>(error) ? error['response'] : undefined
  const headers = isObject<Record<string, unknown>>(response) ? response['headers'] : undefined
  return isObject<Record<string, unknown>>(headers) ? headers : {}
}
