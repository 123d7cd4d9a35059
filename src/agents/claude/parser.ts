import type { Failure } from '../../core/failure.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Task } from '../../core/task.ts'
import { type Accounting, freeAccounting, totalTokens, zeroUsage } from '../../core/usage.ts'
import type { Exit } from '../../process/spawn.ts'
import type { AgentEvent, AttemptDirectory, Earlier, Parser } from '../agent.ts'
import { createClaudeAccounting } from './accounting.ts'
import { claudeRefusal, claudeResultFailure, claudeSilentFailure } from './failure.ts'
import { readClaudeTranscript } from './transcript.ts'
import { weighEvidence, type Finding } from '../evidence.ts'
import { numberField, objectField, objectsField, parseObject, textField } from '../json-fields.ts'
import { oneLine } from '../../core/one-line.ts'

/** Starts of lines that are never needed. The order of keys differs between versions: any other start is decoded. */
const unneededStarts = ['{"type":"user"', '{"type":"stream_event"'].map((start) => Buffer.from(start))

/** Reads the stream-json output of `claude -p`. `configDirectory` holds the transcript of a process that was killed, and of the one before it. */
export function claudeParser(
  task: Task,
  directory: AttemptDirectory,
  configDirectory: string,
  earlier?: Earlier,
): Parser {
  const accounting = createClaudeAccounting(earlier?.accounting)
  const denied = new Set<string>()
  let session: string | null = null
  let model: string | null = null
  let result: JsonObject | undefined
  let structured: JsonObject['structured_output']
  let serverRetryMs: number | undefined
  let resetAt: number | undefined
  let answered = earlier !== undefined
  let refusal: Failure | undefined
  let lastText = ''

  const onSystem = (line: JsonObject): AgentEvent[] => {
    switch (textField(line, 'subtype')) {
      case 'init': {
        session = textField(line, 'session_id') || session
        model = textField(line, 'model') || model
        if (session === null) return []
        return [{ type: 'session', session, ...(model !== null && { model }) }]
      }
      case 'api_retry': {
        serverRetryMs = retryAfterOf(line) ?? serverRetryMs
        if (line['error_status'] === null) accounting.onBrokenRequest()
        const status = numberField(line, 'error_status') || textField(line, 'error')
        if (task.givesWay && !answered) refusal ??= claudeRefusal(line, serverRetryMs)
        if (refusal !== undefined) return [{ type: 'refused' }]
        return [{ type: 'activity', text: `API error ${status}, retry ${numberField(line, 'attempt')}` }]
      }
      case 'permission_denied':
        denied.add(textField(line, 'tool_use_id'))
        return [{ type: 'activity', text: `denied: ${textField(line, 'tool_name')}` }]
      default:
        return []
    }
  }

  const onAssistant = (line: JsonObject): AgentEvent[] => {
    const events: AgentEvent[] = []
    const message = objectField(line, 'message')
    const real = textField(message, 'model') !== '<synthetic>'
    answered ||= real
    for (const block of objectsField(message, 'content')) {
      if (textField(block, 'type') === 'tool_use') events.push({ type: 'activity', text: toolActivity(block) })
      const isText = textField(block, 'type') === 'text'
      if (isText && real && (line['parent_tool_use_id'] ?? null) === null) lastText = textField(block, 'text')
    }
    if (accounting.onAssistant(line)) events.push({ type: 'accounting', accounting: accounting.current() })
    return events
  }

  const onResult = (line: JsonObject): AgentEvent[] => {
    result = line
    session = textField(line, 'session_id') || session
    if (line['structured_output'] !== undefined) structured = line['structured_output']
    for (const denial of objectsField(line, 'permission_denials')) denied.add(textField(denial, 'tool_use_id'))
    accounting.onResult(line)
    return [{ type: 'accounting', accounting: accounting.current() }]
  }

  const streamFailure = (exit: Exit): Finding['streamFailure'] => {
    if (refusal !== undefined && exit.code !== 0) return refusal
    if (result === undefined) return claudeSilentFailure(exit, session !== null || answered)
    return claudeResultFailure(result, exit, { serverRetryMs, resetAt, answered })
  }

  /** Nothing before it tells its session, and nothing where it was refused without an answer. */
  const consumed = (): Accounting => {
    if (accounting.reported) return accounting.current()
    if (session === null || (refusal !== undefined && !answered)) return earlier?.accounting ?? freeAccounting
    return greater(accounting.current(), readClaudeTranscript(configDirectory))
  }

  return {
    wants: (head) => !unneededStarts.some((start) => start.equals(head.subarray(0, start.length))),
    line(text) {
      const line = parseObject(text)
      if (line === undefined) return []
      switch (textField(line, 'type')) {
        case 'system':
          return onSystem(line)
        case 'assistant':
          return onAssistant(line)
        case 'result':
          return onResult(line)
        case 'rate_limit_event':
          resetAt = numberField(objectField(line, 'rate_limit_info'), 'resetsAt') * 1000 || resetAt
          return []
        default:
          return []
      }
    },
    end(exit) {
      const failure = streamFailure(exit)
      if (failure?.kind === 'crash' || failure?.kind === 'timeout') accounting.onBrokenRequest()
      const finding: Finding = {
        text: result === undefined || result['is_error'] === true ? lastText : textField(result, 'result'),
        ...(structured !== undefined && { json: structured }),
        streamFailure: failure,
        accounting: consumed(),
        model,
        session,
        denials: (earlier?.denials ?? 0) + denied.size,
      }
      return weighEvidence(task, { cwd: directory.cwd, answers: true }, exit, finding)
    },
  }
}

/** Of two lower bounds the better one: which of the stream and the transcript was told more before the end depends on the moment. */
function greater(a: Accounting, b: Accounting | undefined): Accounting {
  if (b === undefined) return a
  return totalTokens(a.usage ?? zeroUsage) > totalTokens(b.usage ?? zeroUsage) ? a : b
}

/**
 * The delay of a retry where the API set it (`retry-after`), milliseconds: recognised by being longer than the CLI's own backoff,
 * which begins at half a second, doubles and varies by a quarter.
 */
function retryAfterOf(line: JsonObject): number | undefined {
  const delayMs = Math.round(numberField(line, 'retry_delay_ms'))
  return delayMs > 700 * 2 ** (numberField(line, 'attempt') - 1) ? delayMs : undefined
}

/** What a tool call does, in one line: its name and the argument that tells most. */
function toolActivity(block: JsonObject): string {
  const input = objectField(block, 'input')
  const telling = ['command', 'file_path', 'path', 'pattern', 'url', 'query', 'description']
  const argument = telling.map((key) => textField(input, key)).find((value) => value !== '')
  return oneLine([textField(block, 'name'), argument].filter(Boolean).join(': '), 120)
}
