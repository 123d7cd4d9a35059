import { parseObject } from '../../core/parse-object.ts'
import type { Failure } from '../../core/failure.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Task } from '../../core/task.ts'
import { type Accounting, freeAccounting, unknownAccounting } from '../../core/usage.ts'
import type { Exit } from '../../process/spawn.ts'
import type { AgentEvent, AttemptDirectory, Earlier, Parser } from '../agent.ts'
import { createClaudeAccounting } from './accounting.ts'
import { claudeRefusal, claudeResultFailure, claudeSilentFailure } from './failure.ts'
import { openClaudeTranscripts } from './transcript.ts'
import { weighEvidence, type Finding } from '../evidence.ts'
import { numberField, objectField, objectsField, textField } from '../json-fields.ts'
import { createRemarks } from '../remarks.ts'
import { toolActivity } from '../tool-activity.ts'

/** No connection came about, so that nothing can have been spent. "Unable to connect" alone is also said of a stream that was reset. */
const neverConnected =
  /^API Error: (?:connection refused|.*\((?:connectionrefused|econnrefused|failedtoopensocket|enotfound|eai_again|ehostunreach|enetunreach)\))/i

/** Starts of lines that are never needed. The order of keys differs between versions: any other start is decoded. */
const unneededStarts = ['{"type":"user"', '{"type":"stream_event"'].map((start) => Buffer.from(start))

/** Reads the stream-json output of `claude -p`. `configDirectory` holds the transcripts: the account of a process that runs or was killed. */
export function claudeParser(
  task: Task,
  directory: AttemptDirectory,
  configDirectory: string,
  earlier?: Earlier,
): Parser {
  const accounting = createClaudeAccounting(earlier?.accounting)
  const transcripts = openClaudeTranscripts(configDirectory)
  // Those of the process before this one are in its account already, those of a session that it takes up in that of another attempt.
  for (const message of transcripts.next()) accounting.passOver(message)
  const denied = new Set<string>()
  const remarks = createRemarks(earlier?.remarks)
  let session: string | null = null
  let model: string | null = null
  let result: JsonObject | undefined
  let structured: JsonObject['structured_output']
  let serverRetryMs: number | undefined
  let resetAt: number | undefined
  let answered = earlier !== undefined
  let awaitsFirst = task.leads === true
  let refusal: Failure | undefined
  let lastText = ''
  let trouble = ''

  const onSystem = (line: JsonObject): AgentEvent[] => {
    switch (textField(line, 'subtype')) {
      case 'init': {
        session = textField(line, 'session_id') || session
        model ??= textField(line, 'model') || null
        for (const server of objectsField(line, 'mcp_servers'))
          if (textField(server, 'status') === 'failed')
            remarks.add(`the MCP server ${textField(server, 'name')} did not start`, 'mcp-failed')
        if (session === null) return []
        return [{ type: 'session', session, ...(model !== null && { model }) }]
      }
      case 'api_retry': {
        serverRetryMs = retryAfterOf(line) ?? serverRetryMs
        if (line['error_status'] === null) accounting.onLostRequest()
        const status = numberField(line, 'error_status') || textField(line, 'error')
        if (task.givesWay && !answered) refusal ??= claudeRefusal(line, serverRetryMs)
        if (refusal !== undefined) return [{ type: 'refused' }]
        trouble = `API error ${status}, retry ${numberField(line, 'attempt')}`
        return [{ type: 'activity', text: trouble }]
      }
      case 'permission_denied':
        denied.add(textField(line, 'tool_use_id'))
        return [{ type: 'activity', text: `denied: ${textField(line, 'tool_name')}` }]
      case 'model_fallback': {
        const [from, to] = [textField(line, 'original_model'), textField(line, 'fallback_model')]
        remarks.add(`${to} answered instead of ${from} (${textField(line, 'trigger')})`, 'model-changed')
        return [{ type: 'activity', text: `falls back to ${to}` }]
      }
      default:
        return []
    }
  }

  const onFirst = (isAnswer: boolean): AgentEvent[] => {
    if (!awaitsFirst || !isAnswer) return []
    awaitsFirst = false
    return [{ type: 'answered' }]
  }

  const onAssistant = (line: JsonObject): AgentEvent[] => {
    const events: AgentEvent[] = []
    const message = objectField(line, 'message')
    const real = textField(message, 'model') !== '<synthetic>'
    const isOwn = (line['parent_tool_use_id'] ?? null) === null
    answered ||= real
    if (real) trouble = ''
    if (real && isOwn) model = textField(message, 'model') || model
    // Streamed messages are told before they end: one that is told whole was asked for again, without a word, after its stream broke off.
    if (real && (message?.['stop_reason'] ?? null) !== null) accounting.onLostRequest()
    for (const block of objectsField(message, 'content')) {
      if (textField(block, 'type') === 'tool_use')
        events.push({ type: 'activity', text: toolActivity(textField(block, 'name'), objectField(block, 'input')) })
      const isText = textField(block, 'type') === 'text'
      if (isText && real) events.push({ type: 'said', text: textField(block, 'text') })
      if (isText && real && isOwn) lastText = textField(block, 'text')
    }
    if (accounting.onAssistant(line)) events.push({ type: 'accounting', accounting: accounting.current() })
    return events
  }

  /** The transcripts tell the output tokens, which the stream does not before its end. */
  const readTranscripts = (): AgentEvent[] => {
    const told = transcripts.next().filter((message) => accounting.onTranscript(message))
    return told.length === 0 || accounting.reported ? [] : [{ type: 'accounting', accounting: accounting.current() }]
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

  /** Nothing before it tells its session, unless it tells other things, and nothing where it was refused without an answer. */
  const consumed = ({ stdoutBytes }: Exit, failure: Finding['streamFailure']): Accounting => {
    const before = earlier?.accounting ?? freeAccounting
    if (!answered && failure?.kind === 'crash' && neverConnected.test(failure.detail)) return before
    if (accounting.reported) return accounting.current()
    if (session === null) return stdoutBytes > 0 || hidesItsStream ? unknownAccounting : before
    return refusal !== undefined && !answered ? before : accounting.current()
  }

  const hidesItsStream = task.args.some((argument) => argument.startsWith('--output-format'))

  return {
    poll: readTranscripts,
    wants: (head) => awaitsFirst || !unneededStarts.some((start) => start.equals(head.subarray(0, start.length))),
    line(text) {
      const line = parseObject(text)
      if (line === undefined) return []
      switch (textField(line, 'type')) {
        case 'system':
          return onSystem(line)
        case 'stream_event':
          return onFirst(textField(objectField(line, 'event'), 'type') === 'message_start')
        case 'assistant':
          return [...onFirst(true), ...onAssistant(line)]
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
      readTranscripts()
      // Whoever ends it cannot know what was under way.
      const wasEnded = exit.termination !== undefined || exit.logError !== undefined || failure?.kind === 'signal'
      if (wasEnded || failure?.kind === 'crash' || failure?.kind === 'timeout') accounting.onLostRequest()
      const finding: Finding = {
        text: result === undefined || result['is_error'] === true ? lastText : textField(result, 'result'),
        ...(structured !== undefined && { json: structured }),
        streamFailure: failure,
        accounting: consumed(exit, failure),
        model,
        models: accounting.models,
        session,
        denials: (earlier?.denials ?? 0) + denied.size,
        remarks: remarks.all(),
        trouble,
        asked: answered || accounting.messages > 0 || result === undefined || result['is_error'] === true,
      }
      return weighEvidence(task, { cwd: directory.cwd, answers: true }, exit, finding)
    },
  }
}

/**
 * The delay of a retry where the API set it (`retry-after`), milliseconds: recognised by being longer than the CLI's own backoff,
 * which begins at half a second, doubles and varies by a quarter.
 */
function retryAfterOf(line: JsonObject): number | undefined {
  const delayMs = Math.round(numberField(line, 'retry_delay_ms'))
  return delayMs > 700 * 2 ** (numberField(line, 'attempt') - 1) ? delayMs : undefined
}
