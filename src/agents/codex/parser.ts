import { parseObject } from '../../core/parse-object.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Task } from '../../core/task.ts'
import {
  type Accounting,
  freeAccounting,
  subtractUsage,
  totalTokens,
  unknownAccounting,
  type Usage,
  zeroUsage,
} from '../../core/usage.ts'
import type { Exit } from '../../process/spawn.ts'
import type { AgentEvent, AttemptDirectory, Earlier, Parser } from '../agent.ts'
import { codexTurnFailure, isRefusal } from './failure.ts'
import { codexUsage, openCodexRollouts } from './rollouts.ts'
import { type Finding, weighEvidence } from '../evidence.ts'
import { objectField, textField } from '../json-fields.ts'
import { createRemarks } from '../remarks.ts'
import { plainLine } from '../../core/plain-text.ts'

/** No connection comes about: it would wait for one for ever. */
const unreachable = /^reconnecting.*waiting for network/is

/** Complaints about the network, each after a longer wait, after which it is ended. */
const unreachableLimit = 2

/** Codex does not know a model, and treats it as one that it does. */
const unknownModel = /\bmodel metadata\b|\bfallback\b/i

/** What an item is whose tool was called: what was said before it is no answer. */
const toolItems = new Set([
  'command_execution',
  'file_change',
  'mcp_tool_call',
  'web_search',
  'collab_tool_call',
  'dynamic_tool_call',
])

/** A request that is made again after it broke off midway; with a status it was refused whole and cost nothing. */
const brokenRequest = /^reconnecting(?!.*\bstatus:? \d{3}\b)/is

/** Codex knows no prices: its cost is unknown, and so is everything while nothing was reported. */
const account = (usage: Usage | undefined, partial: boolean): Accounting =>
  usage === undefined ? unknownAccounting : { usage, costUsd: null, costSource: 'unknown', partial }

/**
 * Reads the JSON lines of `codex exec --json`; what they leave out is in the session files below `codexHome`. Both count a resumed thread from
 * its beginning.
 */
export function codexParser(task: Task, directory: AttemptDirectory, codexHome: string, earlier?: Earlier): Parser {
  const rollouts = openCodexRollouts(codexHome, directory.continued)
  let session: string | null = null
  let text = ''
  let completed: Usage | undefined
  let broken = earlier?.accounting.partial ?? false
  let answered = earlier !== undefined
  let failed: string | undefined
  const remarks = createRemarks(earlier?.remarks)
  let trouble = ''
  let unreached = 0

  /** The stream has no usage before its end; the rollout has it after each request, a moment after the item was announced. */
  const live = (): AgentEvent[] => {
    const before = rollouts.usage
    rollouts.refresh()
    return rollouts.usage === before ? [] : [{ type: 'accounting', accounting: account(rollouts.usage, true) }]
  }

  const onItem = (item: JsonObject | undefined, done: boolean): AgentEvent[] => {
    const kind = textField(item, 'type')
    if (kind === 'agent_message' && done) text = textField(item, 'text')
    if (toolItems.has(kind)) text = ''
    if (kind === 'error' && done && unknownModel.test(textField(item, 'message')))
      remarks.add(textField(item, 'message'))
    trouble = ''
    unreached = 0
    if (kind === 'agent_message' && done) return [{ type: 'said', text }]
    const activity = itemActivity(item)
    return activity === undefined ? [] : [{ type: 'activity', text: activity }]
  }

  const onError = (message: string): AgentEvent[] => {
    trouble = plainLine(message)
    const isUnreachable = unreachable.test(message)
    if (brokenRequest.test(message) && !(isUnreachable && !answered)) broken = true
    if (isUnreachable && ++unreached >= unreachableLimit && !answered) return [{ type: 'refused' }]
    return [{ type: 'activity', text: plainLine(message) }]
  }

  const streamFailure = (exit: Exit): Finding['streamFailure'] => {
    if (unreached >= unreachableLimit) return { kind: 'crash', detail: plainLine(trouble), beforeOutput: !answered }
    if (failed !== undefined) return codexTurnFailure(failed, exit, answered)
    if (completed !== undefined || exit.code !== 0) return undefined
    return { kind: 'crash', detail: 'it ended without completing its turn', beforeOutput: !answered }
  }

  /**
   * The stream's usage is that of the first thread alone. Before it names that it has asked the API nothing. A request that was refused with a
   * status cost nothing; any other end leaves open what the last one did. A server that counts nothing leaves zeros; without a session file
   * nobody knows what was spent before a failure.
   */
  const consumed = (failure: Finding['streamFailure']): Accounting => {
    if (session === null) return earlier?.accounting ?? freeAccounting
    if (!answered && unreached >= unreachableLimit) return account(zeroUsage, false)
    const known = rollouts.usage ?? completed
    if (answered && (known === undefined || totalTokens(known) === 0)) return unknownAccounting
    const partial = broken || rollouts.uncounted
    if (completed !== undefined && rollouts.threads < 2) return account(completed, partial)
    const refused = failed !== undefined && failure !== undefined && isRefusal(failed, failure)
    if (completed === undefined && !refused) return account(known, true)
    return account(known ?? zeroUsage, partial || (completed !== undefined && rollouts.threads >= 2))
  }

  return {
    poll: live,
    line(line) {
      const event = parseObject(line)
      switch (textField(event, 'type')) {
        case 'thread.started':
          session = textField(event, 'thread_id') || session
          return session === null ? [] : [{ type: 'session', session }]
        case 'item.started':
          answered = true
          return onItem(objectField(event, 'item'), false)
        case 'item.completed':
          answered ||= textField(objectField(event, 'item'), 'type') !== 'error'
          return [...onItem(objectField(event, 'item'), true), ...live()]
        case 'turn.completed':
          failed = undefined
          completed = subtractUsage(codexUsage(objectField(event, 'usage') ?? {}), rollouts.before)
          return [{ type: 'accounting', accounting: account(completed, false) }]
        case 'turn.failed':
          failed = textField(objectField(event, 'error'), 'message') || 'the turn failed'
          return []
        case 'error':
          return onError(textField(event, 'message'))
        default:
          return []
      }
    },
    end(exit) {
      rollouts.refresh()
      const failure = streamFailure(exit)
      const model = rollouts.model ?? task.model ?? null
      const finding: Finding = {
        text: rollouts.endedWithoutAnswer ? '' : text,
        streamFailure: failure,
        accounting: consumed(failure),
        model,
        models: rollouts.models,
        session,
        denials: 0,
        remarks: remarks.all(),
        trouble,
      }
      return weighEvidence(task, { cwd: directory.cwd, answers: true }, exit, finding)
    },
  }
}

/** What an item does, in one line; undefined for those that say nothing a watcher needs. */
function itemActivity(item: JsonObject | undefined): string | undefined {
  switch (textField(item, 'type')) {
    case 'command_execution':
      return plainLine(textField(item, 'command').replace(/^\S*\/(?:ba|z)?sh -lc /, ''))
    case 'file_change':
      return 'changing files'
    case 'mcp_tool_call':
      return plainLine(`${textField(item, 'server')}: ${textField(item, 'tool')}`)
    case 'web_search':
      return plainLine(`search: ${textField(item, 'query')}`)
    default:
      return undefined
  }
}
