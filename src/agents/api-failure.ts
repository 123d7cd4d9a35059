import type { Failure } from '../core/failure.ts'
import { plainLine } from '../core/plain-text.ts'
import type { Exit } from '../process/spawn.ts'
import { quotaPattern } from './quota-pattern.ts'

/** What a CLI says of a request that came to nothing. */
interface Refused {
  /** Status of the HTTP response; 0 where nobody says one. */
  readonly status: number
  readonly detail: string
  /** Whether the model had answered before. */
  readonly answered: boolean
}

/** What an error of a model API means, by its status and its words. */
export function apiFailure({ status, detail: said, answered }: Refused, { code }: Exit): Failure {
  const detail = plainLine(said) || 'it reported an error without a message'
  if ((status === 0 || status === 402 || status === 403 || status === 429) && quotaPattern.test(detail))
    return { kind: 'quota', detail }
  if (status === 429 || (status === 0 && /rate.?limit|too many requests/i.test(detail)))
    return { kind: 'rate-limit', detail }
  if (status === 401 || status === 403 || (status === 0 && noAccess.test(detail))) return { kind: 'auth', detail }
  if (status >= 500 || (status === 0 && /overloaded|high demand/i.test(detail))) return { kind: 'overloaded', detail }
  if (status === 0 && /fetch failed|could not connect|connection|econn|network|socket|stream|terminated/i.test(detail))
    return { kind: 'crash', detail, beforeOutput: !answered }
  return code === 0 || code === null ? { kind: 'crash', detail } : { kind: 'exit', code, detail }
}

const noAccess = /api[ _]key|not logged in|unauthori[sz]ed|authenticat|no auth|credentials?\b/i

/** The first number in the words of an error that is the status of a refusal; 0 where none is. */
export function statusIn(detail: string): number {
  return Number(/\b([45]\d\d)\b/.exec(detail)?.[1] ?? 0)
}
