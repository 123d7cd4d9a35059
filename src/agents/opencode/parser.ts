import { parseObject } from '../../core/parse-object.ts'
import type { JsonObject } from '../../core/json.ts'
import { plainLine } from '../../core/plain-text.ts'
import type { Task } from '../../core/task.ts'
import {
  type Accounting,
  addAccounting,
  addUsage,
  freeAccounting,
  totalTokens,
  unknownAccounting,
  type Usage,
  zeroUsage,
} from '../../core/usage.ts'
import type { Exit } from '../../process/spawn.ts'
import type { AgentEvent, AttemptDirectory, Earlier, Parser } from '../agent.ts'
import { apiFailure, statusIn } from '../api-failure.ts'
import { type Finding, weighEvidence } from '../evidence.ts'
import { numberField, objectField, textField } from '../json-fields.ts'
import { toolActivity } from '../tool-activity.ts'
import { hasLostRequest } from './own-log.ts'

/** Reads the JSON events of `opencode run`: each step of its model ends with its usage, and no line ends the whole. */
export function opencodeParser(task: Task, directory: AttemptDirectory, earlier?: Earlier): Parser {
  let session: string | null = null
  let text = ''
  let used = zeroUsage
  let begun = 0
  let finished = 0
  let uncounted = 0
  let open = false
  /** A subagent has a session of its own, of which no line tells. */
  let delegated = false
  let denials = earlier?.denials ?? 0
  let reason = ''
  let failed: { readonly status: number; readonly detail: string } | undefined

  const withEarlier = (account: Accounting): Accounting =>
    earlier === undefined ? account : addAccounting(earlier.accounting, account)
  const current = (partial: boolean): Accounting =>
    withEarlier({ usage: used, costUsd: null, costSource: 'unknown', partial })

  const onTool = (part: JsonObject): AgentEvent[] => {
    const state = objectField(part, 'state')
    const name = textField(part, 'tool')
    if (name === 'task') delegated = true
    if (/rejected permission|prevents you from using|unavailable tool/i.test(textField(state, 'error'))) denials += 1
    return [{ type: 'activity', text: toolActivity(name, objectField(state, 'input')) }]
  }

  const onFinish = (part: JsonObject): AgentEvent[] => {
    finished += 1
    open = false
    reason = textField(part, 'reason')
    const usage = opencodeUsage(objectField(part, 'tokens'))
    if (totalTokens(usage) === 0) {
      uncounted += 1
      return []
    }
    used = addUsage(used, usage)
    return [{ type: 'accounting', accounting: current(true) }]
  }

  const onError = (error: JsonObject | undefined): AgentEvent[] => {
    const data = objectField(error, 'data')
    const detail = textField(data, 'message') || textField(error, 'name') || 'it reported an error without a message'
    failed = { status: numberField(data, 'statusCode') || statusIn(detail), detail }
    return []
  }

  const streamFailure = (exit: Exit): Finding['streamFailure'] => {
    if (failed !== undefined) return apiFailure({ ...failed, answered: finished > 0 }, exit)
    if (exit.code !== 0) return undefined
    if (reason === 'length')
      return { kind: 'crash', detail: 'the answer was cut off at its length limit', beforeOutput: false }
    if (open || finished === 0)
      return { kind: 'crash', detail: 'it ended without an answer', beforeOutput: finished === 0 }
    return undefined
  }

  /** A step that has no end was asked for again, or was under way when it ended. */
  const consumed = (exit: Exit): Accounting => {
    const wasEnded = exit.termination !== undefined || exit.signal !== null || exit.logError !== undefined
    if (session === null && !wasEnded && exit.stdoutBytes === 0) return withEarlier(freeAccounting)
    if (totalTokens(used) === 0 && (wasEnded || uncounted > 0 || begun > 0)) return withEarlier(unknownAccounting)
    return current(wasEnded || delegated || finished < begun || uncounted > 0 || hasLostRequest(directory))
  }

  return {
    line(raw) {
      const line = parseObject(raw)
      if (line === undefined) return []
      const part = objectField(line, 'part') ?? {}
      const events: AgentEvent[] = []
      if (session === null && textField(line, 'sessionID') !== '') {
        session = textField(line, 'sessionID')
        events.push({ type: 'session', session })
      }
      switch (textField(line, 'type')) {
        case 'step_start':
          begun += 1
          open = true
          text = ''
          return events
        case 'text':
          text = [text, textField(part, 'text')].filter(Boolean).join('\n')
          return [...events, { type: 'said', text: textField(part, 'text') }]
        case 'tool_use':
          return [...events, ...onTool(part)]
        case 'step_finish':
          return [...events, ...onFinish(part)]
        case 'error':
          return [...events, ...onError(objectField(line, 'error'))]
        default:
          return events
      }
    },
    end: (exit) =>
      weighEvidence(task, { cwd: directory.cwd, answers: true }, exit, {
        text,
        streamFailure: streamFailure(exit),
        accounting: consumed(exit),
        model: task.model ?? null,
        session,
        denials,
        trouble: plainLine(failed?.detail ?? ''),
        asked: begun > 0 || session === null,
      }),
  }
}

/** Its counters in our terms: the input is without the cache, the output without the reasoning. */
function opencodeUsage(tokens: JsonObject | undefined): Usage {
  const cache = objectField(tokens, 'cache')
  const reasoning = numberField(tokens, 'reasoning')
  return {
    input: numberField(tokens, 'input'),
    cacheRead: numberField(cache, 'read'),
    cacheWrite: numberField(cache, 'write'),
    output: numberField(tokens, 'output') + reasoning,
    reasoning,
  }
}
