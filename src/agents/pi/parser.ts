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
import { numberField, objectField, objectsField, textField } from '../json-fields.ts'
import { toolActivity } from '../tool-activity.ts'

/** Lines that repeat a message at each of its pieces. */
const unneeded = Buffer.from('{"type":"message_update"')

/** Reads pi's JSON events: the end of each message of the model has its usage, which later lines repeat. */
export function piParser(task: Task, directory: AttemptDirectory, earlier?: Earlier): Parser {
  let session: string | null = null
  let model: string | null = null
  let text = ''
  let used = zeroUsage
  /** Answers that came whole, and those of them that nothing was counted of. */
  let answers = 0
  let uncounted = 0
  /** A request that came to nothing after its model may have begun, or one that no line tells the usage of. */
  let lost = false
  let running = false
  let trouble = ''
  let stop = ''

  const withEarlier = (account: Accounting): Accounting =>
    earlier === undefined ? account : addAccounting(earlier.accounting, account)
  const current = (partial: boolean): Accounting =>
    withEarlier({ usage: used, costUsd: null, costSource: 'unknown', partial })

  const onAnswer = (message: JsonObject): AgentEvent[] => {
    running = false
    stop = textField(message, 'stopReason')
    model = textField(message, 'model') || model
    const usage = piUsage(objectField(message, 'usage'))
    used = addUsage(used, usage)
    trouble = stop === 'error' || stop === 'aborted' ? textField(message, 'errorMessage') || stop : ''
    if (trouble === '') {
      answers += 1
      if (totalTokens(usage) === 0) uncounted += 1
    } else if (statusIn(trouble) === 0 && !/connection error|econnrefused|enotfound/i.test(trouble)) lost = true
    const said = objectsField(message, 'content')
      .map((block) => (textField(block, 'type') === 'text' ? textField(block, 'text') : ''))
      .filter((part) => part !== '')
      .join('\n')
    if (trouble === '') text = said
    const events: AgentEvent[] = said === '' || trouble !== '' ? [] : [{ type: 'said', text: said }]
    return totalTokens(usage) === 0 ? events : [...events, { type: 'accounting', accounting: current(true) }]
  }

  const streamFailure = (exit: Exit): Finding['streamFailure'] => {
    if (trouble !== '') return apiFailure({ status: statusIn(trouble), detail: trouble, answered: answers > 0 }, exit)
    if (exit.code !== 0) return undefined
    if (stop === 'length')
      return { kind: 'crash', detail: 'the answer was cut off at its length limit', beforeOutput: false }
    if (answers === 0) return { kind: 'crash', detail: 'it ended without an answer', beforeOutput: true }
    return undefined
  }

  const consumed = (exit: Exit): Accounting => {
    if (session === null && exit.stdoutBytes === 0) return withEarlier(freeAccounting)
    const wasEnded = exit.termination !== undefined || exit.signal !== null || exit.logError !== undefined
    if (totalTokens(used) === 0 && (uncounted > 0 || (wasEnded && running))) return withEarlier(unknownAccounting)
    return current(wasEnded || lost || running || uncounted > 0)
  }

  return {
    wants: (head) => !unneeded.equals(head.subarray(0, unneeded.length)),
    line(raw) {
      const line = parseObject(raw)
      if (line === undefined) return []
      const message = objectField(line, 'message')
      switch (textField(line, 'type')) {
        case 'session':
          session = textField(line, 'id') || session
          return session === null ? [] : [{ type: 'session', session }]
        case 'turn_start':
          running = true
          return []
        case 'message_end':
          return message !== undefined && textField(message, 'role') === 'assistant' ? onAnswer(message) : []
        case 'tool_execution_start':
          return [{ type: 'activity', text: toolActivity(textField(line, 'toolName'), objectField(line, 'args')) }]
        case 'compaction_start':
        case 'auto_compaction_start':
          lost = true
          return [{ type: 'activity', text: 'compacts its conversation' }]
        case 'auto_retry_start':
          return [{ type: 'activity', text: plainLine(`retries: ${textField(line, 'errorMessage')}`) }]
        default:
          return []
      }
    },
    end: (exit) =>
      weighEvidence(task, { cwd: directory.cwd, answers: true }, exit, {
        text,
        streamFailure: streamFailure(exit),
        accounting: consumed(exit),
        model: model ?? task.model ?? null,
        session,
        denials: 0,
        trouble: plainLine(trouble),
        asked: answers > 0 || session === null,
      }),
  }
}

/** Its counters mean the same as ours; reasoning is part of its output. */
function piUsage(usage: JsonObject | undefined): Usage {
  return {
    input: numberField(usage, 'input'),
    cacheRead: numberField(usage, 'cacheRead'),
    cacheWrite: numberField(usage, 'cacheWrite'),
    output: numberField(usage, 'output'),
    reasoning: 0,
  }
}
