import { parseObject } from '../../core/parse-object.ts'
import type { Failure } from '../../core/failure.ts'
import type { Exit } from '../../process/spawn.ts'
import { plainLine } from '../../core/plain-text.ts'
import { tellingLine } from '../../core/telling-line.ts'
import { numberField, objectField, textField } from '../json-fields.ts'
import { quotaPattern } from '../quota-pattern.ts'

/** Exit codes of the CLI's own, by what they mean. */
const loginExit = 41
const untrustedExit = 55

/** What the `error` of the last line says went wrong. An error of the API stands in it as the API gave it. */
export function geminiFailure(error: { readonly message: string }, exit: Exit, answered: boolean): Failure {
  const [, said = error.message] = /^\[API Error: ([^]*)\](?:$|\s)/.exec(error.message) ?? []
  const api = objectField(parseObject(said), 'error')
  const status = numberField(api, 'code') || statusOf(exit)
  const detail = plainLine(textField(api, 'message') || said) || 'it reported an error without a message'
  const wait = retryAfterOf(detail)
  // The API calls a limit per minute a quota too, and then says when to ask again.
  const isBrief = status === 429 && wait.retryAfterMs !== undefined
  if (quotaPattern.test(detail) && !isBrief && (status === 429 || status === 403)) return { kind: 'quota', detail }
  if (status === 429 || /rate limit|too many requests|resource.exhausted/i.test(detail))
    return { kind: 'rate-limit', detail, ...wait }
  if (status === 401 || status === 403 || /api key not valid/i.test(detail)) return { kind: 'auth', detail }
  if (status >= 500) return { kind: 'overloaded', detail }
  if (/fetch failed|econnrefused|econnreset|network|stream/i.test(detail) && status === 0)
    return { kind: 'crash', detail, beforeOutput: !answered }
  return exit.code === 0 || exit.code === null ? { kind: 'crash', detail } : { kind: 'exit', code: exit.code, detail }
}

/** It exits with the last eight bits of the HTTP status. */
function statusOf({ code }: Exit): number {
  return code !== null && code >= (400 & 255) ? code + 256 : 0
}

/** What went wrong when it ended without a last line. A signal makes it exit 0. */
export function geminiSilentFailure(exit: Exit, answered: boolean): Failure | undefined {
  const detail = tellingLine(exit.stderrTail)
  if (exit.code === loginExit) return { kind: 'auth', detail }
  if (exit.code === untrustedExit) return { kind: 'exit', code: untrustedExit, detail }
  if (exit.code !== 0) return undefined
  return { kind: 'crash', detail: 'it ended without a result', beforeOutput: !answered }
}

function retryAfterOf(detail: string): { retryAfterMs?: number } {
  const seconds = Number(/retry (?:in|after) (\d+(?:\.\d+)?)s\b/i.exec(detail)?.[1] ?? 0)
  return seconds > 0 ? { retryAfterMs: Math.ceil(seconds * 1000) } : {}
}
