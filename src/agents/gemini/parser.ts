import { parseObject } from '../../core/parse-object.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Task } from '../../core/task.ts'
import { type Accounting, freeAccounting, unknownAccounting, type Usage, totalTokens } from '../../core/usage.ts'
import type { Exit } from '../../process/spawn.ts'
import type { AgentEvent, AttemptDirectory, Parser } from '../agent.ts'
import { type Finding, weighEvidence } from '../evidence.ts'
import { numberField, objectField, textField } from '../json-fields.ts'
import { toolActivity } from '../tool-activity.ts'
import { geminiFailure, geminiSilentFailure } from './failure.ts'
import { readRequests } from './telemetry.ts'

/** Types of the error of a tool call that its mode does not allow: the tool is not there, or a policy says no. */
const deniedTypes: ReadonlySet<string> = new Set(['tool_not_registered', 'policy_violation', 'permission_denied'])

/** Reads the stream-json output of Gemini CLI: its only account is that of its last line. */
export function geminiParser(task: Task, directory: AttemptDirectory): Parser {
  let session: string | null = null
  let model: string | null = null
  let text = ''
  let answered = false
  let denials = 0
  let result: JsonObject | undefined
  let lost = false
  let cutOff = false

  const onMessage = (line: JsonObject): AgentEvent[] => {
    if (textField(line, 'role') !== 'assistant') return []
    answered = true
    text = line['delta'] === true ? text + textField(line, 'content') : textField(line, 'content')
    return []
  }

  /** What it said before it uses a tool is not its answer. */
  const say = (): AgentEvent[] => {
    const said = text
    text = ''
    return said === '' ? [] : [{ type: 'said', text: said }]
  }

  const streamFailure = (exit: Exit): Finding['streamFailure'] => {
    if (result === undefined) return geminiSilentFailure(exit, answered)
    const error = objectField(result, 'error')
    if (textField(result, 'status') !== 'error')
      return cutOff && exit.code === 0
        ? { kind: 'crash', detail: 'the answer was cut off at its length limit', beforeOutput: false }
        : undefined
    return geminiFailure({ message: textField(error, 'message') }, exit, answered)
  }

  /** A request that was refused cost nothing; without the last line nothing is known, unless no session began. */
  const consumed = (exit: Exit): Accounting => {
    const stats = objectField(result, 'stats')
    if (stats === undefined) return session === null && exit.stdoutBytes === 0 ? freeAccounting : unknownAccounting
    const usage = geminiUsage(stats)
    if (answered && totalTokens(usage) === 0) return unknownAccounting
    const wasEnded = exit.termination !== undefined || exit.signal !== null
    return { usage, costUsd: null, costSource: 'unknown', partial: wasEnded || lost }
  }

  return {
    line(raw) {
      const line = parseObject(raw)
      if (line === undefined) return []
      switch (textField(line, 'type')) {
        case 'init':
          session = textField(line, 'session_id') || session
          model = textField(line, 'model') || model
          return session === null ? [] : [{ type: 'session', session, ...(model !== null && { model }) }]
        case 'message':
          return onMessage(line)
        case 'tool_use':
          answered = true
          return [
            ...say(),
            { type: 'activity', text: toolActivity(textField(line, 'tool_name'), objectField(line, 'parameters')) },
          ]
        case 'tool_result':
          if (deniedTypes.has(textField(objectField(line, 'error'), 'type'))) denials += 1
          return []
        case 'result':
          result = line
          return text === '' ? [] : [{ type: 'said', text }]
        default:
          return []
      }
    },
    end(exit) {
      ;({ lost, cutOff } = readRequests(directory) ?? { lost, cutOff })
      const finding: Finding = {
        text,
        streamFailure: streamFailure(exit),
        accounting: consumed(exit),
        model: answeredBy(result) ?? model ?? task.model ?? null,
        models: usageByModel(result),
        session,
        denials,
        asked: answered || result === undefined || totalTokens(geminiUsage(objectField(result, 'stats') ?? {})) > 0,
      }
      return weighEvidence(task, { cwd: directory.cwd, answers: true }, exit, finding)
    },
  }
}

/** Its counters in our terms: the input includes what came from the cache, the output leaves the reasoning out. */
function geminiUsage(stats: JsonObject): Usage {
  const [total, input, output] = ['total_tokens', 'input_tokens', 'output_tokens'].map((key) => numberField(stats, key))
  const cacheRead = numberField(stats, 'cached')
  const all = Math.max(0, (total ?? 0) - (input ?? 0))
  return {
    input: Math.max(0, (input ?? 0) - cacheRead),
    cacheRead,
    cacheWrite: 0,
    output: all,
    reasoning: Math.max(0, all - (output ?? 0)),
  }
}

/** What each model was asked: a router may have asked a smaller one first. */
function usageByModel(result: JsonObject | undefined): ReadonlyMap<string, Usage> {
  const models = objectField(objectField(result, 'stats'), 'models') ?? {}
  return new Map(Object.keys(models).map((name) => [name, geminiUsage(objectField(models, name) ?? {})]))
}

/** The model that most tokens went to: a router may have asked a smaller one first. */
function answeredBy(result: JsonObject | undefined): string | undefined {
  const models = objectField(objectField(result, 'stats'), 'models') ?? {}
  const tokens = (name: string): number => numberField(objectField(models, name), 'total_tokens')
  return Object.keys(models)
    .filter((name) => tokens(name) > 0)
    .toSorted((a, b) => tokens(b) - tokens(a))[0]
}
