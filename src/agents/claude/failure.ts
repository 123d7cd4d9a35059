import type { Failure } from '../../core/failure.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Exit } from '../../process/spawn.ts'
import { numberField, textField } from '../json-fields.ts'
import { quotaPattern } from '../quota-pattern.ts'
import { plainLine } from '../../core/plain-text.ts'
import { tellingLine } from '../../core/telling-line.ts'

const authPattern =
  /not logged in|please run \/login|invalid api key|failed to authenticate|authentication|oauth token|could not load (?:[\w ]+ )?credentials|ANTHROPIC_FOUNDRY_/i

/** What versions say that have no word of their own for it. */
const unreachable = /^API Error: (?:unable to connect|connection (?:error|refused))/i

/** What else of the stream bears on a failure. */
export interface ClaudeTrouble {
  /** How long the API asked to wait before the last retry, milliseconds. */
  readonly serverRetryMs: number | undefined
  /** When an exhausted allowance comes back, epoch milliseconds. */
  readonly resetAt: number | undefined
  /** Whether the model had answered anything: an attempt that did nothing yet may be made again without a second thought. */
  readonly answered: boolean
}

/** What went wrong according to the last `result` line; undefined when that reports success. */
export function claudeResultFailure(result: JsonObject, exit: Exit, trouble: ClaudeTrouble): Failure | undefined {
  const errors = result['errors']
  const said =
    textField(result, 'result') ||
    (Array.isArray(errors) ? errors.filter((error) => typeof error === 'string').join('; ') : '')
  const detail = plainLine(said)
  switch (textField(result, 'subtype')) {
    case 'error_max_budget_usd':
      return { kind: 'budget', detail }
    case 'error_max_structured_output_retries':
      return { kind: 'invalid-output', detail: detail || 'it gave no structured output that matches the schema' }
    case 'error_max_turns':
      return { kind: 'exit', code: exit.code ?? 1, detail }
    default:
      return result['is_error'] === true ? apiFailure(result, detail, exit, trouble) : undefined
  }
}

function apiFailure(result: JsonObject, detail: string, exit: Exit, trouble: ClaudeTrouble): Failure {
  const status =
    numberField(result, 'api_error_status') || Number(/^API Error: (?:Repeated )?(\d{3})\b/i.exec(detail)?.[1] ?? 0)
  const retry = trouble.serverRetryMs === undefined ? {} : { retryAfterMs: trouble.serverRetryMs }
  if ((status === 429 || status === 400 || status === 402 || status === 403) && quotaPattern.test(detail))
    return { kind: 'quota', detail, ...(trouble.resetAt !== undefined && { resetAt: trouble.resetAt }) }
  if (status === 429) return { kind: 'rate-limit', detail, ...retry }
  if (status === 401 || status === 403) return { kind: 'auth', detail }
  if (status >= 500) return { kind: 'overloaded', detail, ...retry }
  if (status === 0 && authPattern.test(detail)) return { kind: 'auth', detail }
  if (status === 0 && quotaPattern.test(detail)) return { kind: 'quota', detail }
  if (/^request timed out/i.test(detail)) return { kind: 'timeout', limit: 'api', afterMs: exit.durationMs, detail }
  if (textField(result, 'api_error') === 'connection_failed' || unreachable.test(detail))
    return { kind: 'crash', detail, beforeOutput: !trouble.answered }
  if (exit.code === 0) return { kind: 'crash', detail: detail || 'its stream reported an error' }
  return { kind: 'exit', code: exit.code ?? 1, detail }
}

/** What an `api_retry` line says when the API refused for want of capacity; undefined for any other error. */
export function claudeRefusal(line: JsonObject, retryAfterMs: number | undefined): Failure | undefined {
  const retry = retryAfterMs === undefined ? {} : { retryAfterMs }
  switch (numberField(line, 'error_status')) {
    case 429:
      return { kind: 'rate-limit', detail: 'API Error: 429', ...retry }
    case 529:
      return { kind: 'overloaded', detail: 'API Error: 529', ...retry }
    default:
      return undefined
  }
}

/** What went wrong when the process ended without any `result` line: someone's signal, a bad flag, a crash. */
export function claudeSilentFailure(exit: Exit, sawOutput: boolean): Failure {
  const detail = tellingLine(exit.stderrTail)
  if (exit.signal !== null) return { kind: 'signal', signal: exit.signal, detail }
  if (exit.code === 143) return { kind: 'signal', signal: 'SIGTERM', detail }
  if (exit.code === 129) return { kind: 'signal', signal: 'SIGHUP', detail }
  if (exit.code !== 0) return { kind: 'exit', code: exit.code ?? 1, detail }
  return { kind: 'crash', detail: detail || 'it ended without a result', beforeOutput: !sawOutput }
}
