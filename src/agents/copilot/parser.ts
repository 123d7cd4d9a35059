import { parseObject } from '../../core/parse-object.ts'
import type { JsonObject } from '../../core/json.ts'
import { plainLine } from '../../core/plain-text.ts'
import type { Task } from '../../core/task.ts'
import {
  type Accounting,
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
import { filesBelow, type JsonlTail, openJsonlTail } from '../jsonl-tail.ts'
import { numberField, objectField, textField } from '../json-fields.ts'
import { toolActivity } from '../tool-activity.ts'

/** Lines that come by the hundred and say nothing. */
const unneeded = ['{"type":"session.background_tasks_changed"', '{"type":"assistant.message_delta"'].map((start) =>
  Buffer.from(start),
)

/** No connection came about, so that nothing can have been spent. */
const neverConnected = /^could not connect to /i

/**
 * Reads the JSON lines of the Copilot CLI, which say what it does; what it used stands in the events of its session, a record for each request, in
 * `sessions`.
 */
export function copilotParser(task: Task, directory: AttemptDirectory, sessions: string, earlier?: Earlier): Parser {
  let session: string | null = null
  let model: string | null = null
  let text = ''
  let used = zeroUsage
  let records = 0
  let uncounted = 0
  let stop = ''
  /** Requests that were begun, and those of them that the API refused, which cost nothing. */
  let begun = 0
  let refused = 0
  let trouble = ''
  let failed: { readonly status: number; readonly detail: string } | undefined
  let ended = false
  let aborted = false
  const denied = new Set<string>()
  const tails = new Map<string, JsonlTail>()

  const current = (partial: boolean): Accounting => ({ usage: used, costUsd: null, costSource: 'unknown', partial })

  const readSessions = (): AgentEvent[] => {
    const before = records
    for (const path of filesBelow(sessions, /(?:^|[/\\])events\.jsonl$/)) {
      const tail = tails.get(path) ?? openJsonlTail(path)
      tails.set(path, tail)
      for (const raw of tail.next()) onRecord(raw)
    }
    return records === before ? [] : [{ type: 'accounting', accounting: current(true) }]
  }

  const onRecord = (raw: string): void => {
    if (!raw.includes('"session.usage_record"')) return
    const line = parseObject(raw)
    if (textField(line, 'type') !== 'session.usage_record') return
    const record = objectField(objectField(line, 'data'), 'usage')
    const usage = copilotUsage(record)
    stop = textField(record, 'finishReason')
    records += 1
    if (totalTokens(usage) === 0) uncounted += 1
    used = addUsage(used, usage)
  }

  const onMessage = (data: JsonObject | undefined): AgentEvent[] => {
    model = textField(data, 'model') || model
    trouble = ''
    text = textField(data, 'content')
    return text === '' ? [] : [{ type: 'said', text }]
  }

  const onFailure = (data: JsonObject | undefined): AgentEvent[] => {
    const status = numberField(data, 'statusCode')
    if (status >= 400) refused += 1
    const message = textField(data, 'errorMessage')
    trouble = textField(parseObject(message), 'message') || message
    return [{ type: 'activity', text: plainLine(`API error ${status || trouble}`) }]
  }

  const onTool = (data: JsonObject | undefined): AgentEvent[] => {
    if (textField(objectField(data, 'error'), 'code') !== 'denied') return []
    denied.add(textField(data, 'toolCallId'))
    return [{ type: 'activity', text: 'denied' }]
  }

  const onLine = (type: string, data: JsonObject | undefined, line: JsonObject): AgentEvent[] => {
    switch (type) {
      case 'model.call_start':
        begun += 1
        return []
      case 'model.call_failure':
        return onFailure(data)
      case 'assistant.message':
        return onMessage(data)
      case 'tool.execution_start':
        return [{ type: 'activity', text: toolActivity(textField(data, 'toolName'), objectField(data, 'arguments')) }]
      case 'tool.execution_complete':
        return onTool(data)
      case 'abort':
        aborted = true
        return []
      case 'session.error':
        failed = {
          status: numberField(data, 'statusCode') || statusIn(textField(data, 'message')),
          detail: textField(data, 'message'),
        }
        return []
      case 'result':
        ended = true
        session = textField(line, 'sessionId') || session
        return session === null ? [] : [{ type: 'session', session, ...(model !== null && { model }) }]
      default:
        return []
    }
  }

  const streamFailure = (exit: Exit): Finding['streamFailure'] => {
    if (failed !== undefined && failed.status === 0 && /^no response was returned/i.test(failed.detail))
      return { kind: 'no-output', detail: plainLine(failed.detail) }
    if (failed !== undefined) return apiFailure({ ...failed, answered: records > 0 }, exit)
    if (aborted && exit.code === 0) return { kind: 'crash', detail: 'it was interrupted', beforeOutput: false }
    if (stop === 'length' && exit.code === 0)
      return { kind: 'crash', detail: 'the answer was cut off at its length limit', beforeOutput: false }
    if (!ended && exit.code === 0) return { kind: 'crash', detail: 'it ended without a result', beforeOutput: false }
    return undefined
  }

  /** Each request that was not refused has its record, or is lost. */
  const consumed = (exit: Exit): Accounting => {
    const wasEnded = exit.termination !== undefined || exit.signal !== null || exit.logError !== undefined
    if (begun === 0 && records === earlierRecords) {
      if (earlier !== undefined) return earlier.accounting
      if (exit.stdoutBytes === 0 || (ended && !wasEnded)) return freeAccounting
      return unknownAccounting
    }
    if (records === 0 && failed !== undefined && neverConnected.test(failed.detail)) return current(wasEnded)
    const lost = begun - refused > records - earlierRecords
    if (totalTokens(used) === 0 && (uncounted > 0 || lost)) return unknownAccounting
    return current(wasEnded || lost || uncounted > 0 || earlier?.accounting.partial === true)
  }

  // The events of a session that is gone on with hold the records of its earlier process, too: those are no more than what it used.
  if (earlier !== undefined) readSessions()
  const earlierRecords = records

  return {
    wants: (head) => !unneeded.some((start) => start.equals(head.subarray(0, start.length))),
    poll: readSessions,
    line(raw) {
      const line = parseObject(raw)
      return line === undefined ? [] : onLine(textField(line, 'type'), objectField(line, 'data'), line)
    },
    end(exit) {
      readSessions()
      const failure = streamFailure(exit)
      return weighEvidence(task, { cwd: directory.cwd, answers: true }, exit, {
        text,
        streamFailure: failure,
        accounting: consumed(exit),
        model: model ?? task.model ?? null,
        session,
        denials: (earlier?.denials ?? 0) + denied.size,
        trouble: plainLine(trouble),
        asked: begun > 0 || !ended,
      })
    },
  }
}

/** Its counters in our terms: the input includes what came from the cache and what went there, the output the reasoning. */
function copilotUsage(usage: JsonObject | undefined): Usage {
  const cacheRead = numberField(usage, 'cacheReadTokens')
  const cacheWrite = numberField(usage, 'cacheWriteTokens')
  return {
    input: Math.max(0, numberField(usage, 'inputTokens') - cacheRead - cacheWrite),
    cacheRead,
    cacheWrite,
    output: numberField(usage, 'outputTokens'),
    reasoning: numberField(usage, 'reasoningTokens'),
  }
}
