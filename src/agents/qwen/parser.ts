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

/** What stands in the place of an answer where the API refused; what may follow are guesses of the CLI. */
const apiError = /^\[API Error: ([^]*)\](?:\s[^\]]*)?$/

/** Reads the stream-json output of Qwen Code: lines in the shape of Claude Code's, with figures of their own meaning. */
export function qwenParser(task: Task, directory: AttemptDirectory, earlier?: Earlier): Parser {
  let session: string | null = null
  let model: string | null = null
  let lastText = ''
  /** Of the last lines of its messages; those before them say zeros. */
  let seen = zeroUsage
  /** A message whose tokens no line has told yet, and whether there was one of which none did. */
  let isPending = false
  let untold = false
  let answered = false
  /** How often it asked again for an answer that broke off, or that came to the limit of its length: which of the two, and at what cost, is not told. */
  let askedAgain = 0
  let trouble = ''
  let result: JsonObject | undefined

  const goesOn = task.args.some((argument) => /^(?:-[rc]|--(?:resume|continue)\b)/.test(argument))

  const own = (usage: Usage, partial: boolean): Accounting => ({
    usage,
    costUsd: null,
    costSource: 'unknown',
    partial,
  })
  const withEarlier = (account: Accounting): Accounting =>
    earlier === undefined ? account : addAccounting(earlier.accounting, account)
  const current = (usage: Usage, partial: boolean): Accounting => withEarlier(own(usage, partial))

  /** What the last line says of this process alone: that of a session that is gone on with may say all there ever was. */
  const toldByResult = (): Usage => {
    const told = qwenUsage(objectField(result, 'usage'))
    const before = earlier?.accounting.usage ?? zeroUsage
    const rest = subtractUsage(told, before)
    return totalTokens(before) > 0 && rest !== undefined && totalTokens(rest) >= totalTokens(seen) ? rest : told
  }

  const onAssistant = (line: JsonObject): AgentEvent[] => {
    const message = objectField(line, 'message')
    const events: AgentEvent[] = []
    for (const block of objectsField(message, 'content')) {
      const text = textField(block, 'text')
      if (textField(block, 'type') === 'tool_use')
        events.push({ type: 'activity', text: toolActivity(textField(block, 'name'), objectField(block, 'input')) })
      if (textField(block, 'type') !== 'text') continue
      const [, refused] = apiError.exec(text) ?? []
      if (refused !== undefined) {
        trouble = refused
        continue
      }
      lastText = text
      events.push({ type: 'said', text })
    }
    const usage = qwenUsage(objectField(message, 'usage'))
    isPending = totalTokens(usage) === 0 && (events.length > 0 || isPending)
    if (totalTokens(usage) === 0) return events
    answered = true
    model = textField(message, 'model') || model
    seen = addUsage(seen, usage)
    return [...events, { type: 'accounting', accounting: current(seen, true) }]
  }

  /** It ends with an error where an answer is not what `--json-schema` asks for: nothing was lost. */
  const brokeSchema = (): boolean =>
    task.outputSchema !== undefined &&
    /--json-schema|structured_output/.test(textField(objectField(result, 'error'), 'message'))

  const streamFailure = (exit: Exit): Finding['streamFailure'] => {
    if (result === undefined) {
      if (exit.code !== 0) return undefined
      return { kind: 'crash', detail: 'it ended without a result', beforeOutput: !answered }
    }
    if (result['is_error'] !== true) return undefined
    const said = textField(objectField(result, 'error'), 'message')
    if (brokeSchema()) return { kind: 'invalid-output', detail: plainLine(said) }
    const detail = apiError.exec(said)?.[1] ?? said
    return apiFailure({ status: apiError.test(said) ? statusIn(detail) : 0, detail, answered }, exit)
  }

  /** Its last line counts requests of its own, too; the lines of its messages are what is known of one that has none. */
  const consumed = (exit: Exit): Accounting => {
    const wasEnded = exit.termination !== undefined || exit.signal !== null || exit.logError !== undefined
    if (result === undefined) {
      if (totalTokens(seen) > 0) return current(seen, wasEnded || !limitExits.has(exit.code ?? -1))
      return session === null && exit.stdoutBytes === 0 ? withEarlier(freeAccounting) : withEarlier(unknownAccounting)
    }
    // Of a session that is gone on with, the last line says all there ever was.
    if (goesOn) return current(seen, true)
    const told = toldByResult()
    const usage = totalTokens(told) >= totalTokens(seen) ? told : seen
    const isRefused = result['is_error'] === true && (statusIn(trouble) > 0 || brokeSchema())
    if (totalTokens(usage) === 0)
      return isRefused || numberField(result, 'num_turns') === 0
        ? current(usage, wasEnded)
        : withEarlier(unknownAccounting)
    return current(
      usage,
      wasEnded || askedAgain > 0 || untold || isPending || (result['is_error'] === true && !isRefused),
    )
  }

  return {
    line(raw) {
      const line = parseObject(raw)
      if (line === undefined) return []
      switch (textField(line, 'type')) {
        case 'system': {
          if (textField(line, 'subtype') === 'retry') askedAgain += 1
          if (textField(line, 'subtype') !== 'init') return []
          session = textField(line, 'session_id') || session
          model = textField(line, 'model') || model
          return session === null ? [] : [{ type: 'session', session, ...(model !== null && { model }) }]
        }
        case 'assistant':
          return onAssistant(line)
        case 'user':
          untold ||= isPending
          isPending = false
          return []
        case 'result':
          result = line
          return []
        default:
          return []
      }
    },
    end(exit) {
      const structured = result?.['structured_result']
      return weighEvidence(task, { cwd: directory.cwd, answers: true }, exit, {
        text: result === undefined || result['is_error'] === true ? lastText : textField(result, 'result'),
        ...(structured !== undefined && task.outputSchema !== undefined && { json: structured }),
        streamFailure: streamFailure(exit),
        accounting: consumed(exit),
        model: model ?? task.model ?? null,
        session,
        denials: (earlier?.denials ?? 0) + objectsField(result, 'permission_denials').length,
        trouble: plainLine(trouble),
        remarks:
          askedAgain === 0
            ? []
            : [
                {
                  kind: 'truncated',
                  text: `its model's answer broke off, or was too long: it asked again ${askedAgain} times`,
                },
              ],
        asked: answered || result === undefined || numberField(result, 'num_turns') > 0,
      })
    },
  }
}

/** Undefined where there is less of a kind than is taken away. */
function subtractUsage(a: Usage, b: Usage): Usage | undefined {
  const rest = { ...a, input: a.input - b.input, cacheRead: a.cacheRead - b.cacheRead, output: a.output - b.output }
  return rest.input < 0 || rest.cacheRead < 0 || rest.output < 0 ? undefined : rest
}

/** It exits with these where a limit of turns, time or tool calls ends it, after its last message and without a last line. */
const limitExits: ReadonlySet<number> = new Set([53, 55])

/** Its counters in our terms: the input includes what came from the cache and, without saying so, what went there. */
function qwenUsage(usage: JsonObject | undefined): Usage {
  const cacheRead = numberField(usage, 'cache_read_input_tokens')
  return {
    ...zeroUsage,
    input: Math.max(0, numberField(usage, 'input_tokens') - cacheRead),
    cacheRead,
    output: numberField(usage, 'output_tokens'),
  }
}
