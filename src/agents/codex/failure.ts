import type { Failure } from '../../core/failure.ts'
import type { Exit } from '../../process/spawn.ts'
import { quotaPattern } from '../claude/failure.ts'
import { objectField, parseObject, textField } from '../json-fields.ts'
import { oneLine } from '../../core/one-line.ts'
import { isObject } from '../../core/is-object.ts'

const authPattern =
  /missing environment variable|not logged in|please (?:log|sign) in|invalid api key|incorrect api key/i

/** What the message of `turn.failed` says went wrong. Codex gives prose; its HTTP errors name the status in it. `answered`: the model had said or done anything. */
export function codexTurnFailure(message: string, exit: Exit, answered: boolean): Failure {
  const detail = oneLine(apiMessage(message))
  const status = Number(/\bstatus:? (\d{3})\b/.exec(message)?.[1] ?? 0)
  if (quotaPattern.test(detail) && (status === 0 || status === 429 || status === 402)) return { kind: 'quota', detail }
  if (status === 429 || /rate limit/i.test(detail)) return { kind: 'rate-limit', detail }
  if (status === 401 || status === 403 || authPattern.test(detail)) return { kind: 'auth', detail }
  if (status >= 500 || /high demand|overloaded|at capacity/i.test(detail)) return { kind: 'overloaded', detail }
  if (/stream disconnected|connection|error sending request/i.test(detail))
    return { kind: 'crash', detail, beforeOutput: !answered }
  return exit.code === 0 || exit.code === null ? { kind: 'crash', detail } : { kind: 'exit', code: exit.code, detail }
}

/** A 400 comes as the API's own JSON. */
function apiMessage(message: string): string {
  const body = parseObject(message)
  const error = objectField(body, 'error')
  return isObject(error) ? textField(error, 'message') || message : message
}
