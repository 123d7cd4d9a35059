import { parseObject } from '../../core/parse-object.ts'
import type { Failure } from '../../core/failure.ts'
import type { Exit } from '../../process/spawn.ts'
import { quotaPattern } from '../quota-pattern.ts'
import { objectField, textField } from '../json-fields.ts'
import { plainLine } from '../../core/plain-text.ts'
import { isObject } from '../../core/is-object.ts'

const authPattern =
  /missing environment variable|not logged in|please (?:log|sign) in|invalid api key|incorrect api key/i

/** How the API asks in prose to wait: its `retry-after` header does not reach the stream. */
const waitPattern =
  /try again in (?:(\d+)\s*h(?:ours?)?)?\s*(?:(\d+)\s*m(?:in\w*)?(?!s))?\s*(?:(\d+(?:\.\d+)?)\s*(s|ms|second)?)?/i

/** What the message of `turn.failed` says went wrong. Codex gives prose; its HTTP errors name the status in it. `answered`: the model had said or done anything. */
export function codexTurnFailure(message: string, exit: Exit, answered: boolean): Failure {
  const detail = plainLine(apiMessage(message))
  const status = Number(/\bstatus:? (\d{3})\b/.exec(message)?.[1] ?? 0)
  if (quotaPattern.test(detail) && (status === 0 || status === 429 || status === 402)) return { kind: 'quota', detail }
  if (status === 429 || /rate limit/i.test(detail)) return { kind: 'rate-limit', detail, ...retryAfterOf(detail) }
  if (status === 401 || status === 403 || authPattern.test(detail)) return { kind: 'auth', detail }
  if (status >= 500 || /high demand|overloaded|at capacity/i.test(detail))
    return { kind: 'overloaded', detail, ...retryAfterOf(detail) }
  if (/stream disconnected|connection|error sending request/i.test(detail))
    return { kind: 'crash', detail, beforeOutput: !answered }
  return exit.code === 0 || exit.code === null ? { kind: 'crash', detail } : { kind: 'exit', code: exit.code, detail }
}

/** Whether a turn failed because its last request was refused whole, which then cost nothing. */
export function isRefusal(message: string, { kind }: Failure): boolean {
  if (kind === 'exit')
    return objectField(parseObject(message), 'error') !== undefined || /\bstatus:? \d{3}\b/.test(message)
  return kind === 'quota' || kind === 'rate-limit' || kind === 'auth' || kind === 'overloaded'
}

/** How long the API asked to wait. */
function retryAfterOf(detail: string): { retryAfterMs?: number } {
  const [, hours, minutes, amount, unit] = waitPattern.exec(detail) ?? []
  const ms =
    Number(hours ?? 0) * 3_600_000 + Number(minutes ?? 0) * 60_000 + Number(amount ?? 0) * (unit === 'ms' ? 1 : 1000)
  return ms > 0 ? { retryAfterMs: Math.ceil(ms) } : {}
}

/** A 400 comes as the API's own JSON. */
function apiMessage(message: string): string {
  const body = parseObject(message)
  const error = objectField(body, 'error')
  return isObject(error) ? textField(error, 'message') || message : message
}
