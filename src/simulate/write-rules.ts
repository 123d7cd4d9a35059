import { stringify } from 'yaml'
import { isObject } from '../core/is-object.ts'
import type { JsonObject } from '../core/json.ts'
import type { Reply } from './reply.ts'

/** What one attempt was answered, request by request. */
export interface RecordedAttempt {
  readonly instance: string
  readonly attempt: number
  readonly replies: readonly Partial<Reply>[]
}

/** Rules by which `--simulate` gives the same answers to the same attempts again. */
export function writeRules(attempts: readonly RecordedAttempt[]): string {
  const rules = attempts.map(({ instance, attempt, replies }) => ({
    match: { instance, attempt },
    replies: replies.map(replyEntry),
  }))
  const head =
    '# Answers of a run, recorded by `orchestrator run --record`: `--simulate` with this file gives them again.\n'
  return `${head}${stringify({ rules }, { lineWidth: 0 })}`
}

function replyEntry({ text, tools = [], usage, error, breakOff }: Partial<Reply>): JsonObject {
  if (error !== undefined) {
    const { status, message, retryAfter } = error
    return { error: { status, message, ...(retryAfter !== undefined && { 'retry-after': retryAfter }) } }
  }
  return {
    ...(text !== undefined && (text !== '' || tools.length === 0) && { text }),
    ...(tools.length > 0 && { tools: tools.map((call) => ({ ...call })) }),
    ...(isObject(usage) && {
      usage: {
        input: usage.input ?? 0,
        'cache-read': usage.cacheRead ?? 0,
        'cache-write': usage.cacheWrite ?? 0,
        output: usage.output ?? 0,
      },
    }),
    ...(breakOff !== undefined && { [breakOff === 'error' ? 'stream-error' : breakOff]: true }),
  }
}
