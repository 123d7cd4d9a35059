import type { JsonObject } from '../../core/json.ts'
import type { Task } from '../../core/task.ts'
import { type Accounting, freeAccounting, unknownAccounting, type Usage, zeroUsage } from '../../core/usage.ts'
import type { Exit } from '../../process/spawn.ts'
import type { AgentEvent, AttemptDirectory, Earlier, Parser } from '../agent.ts'
import { codexTurnFailure } from './failure.ts'
import { codexUsage, openCodexRollouts } from './rollouts.ts'
import { type Finding, weighEvidence } from '../evidence.ts'
import { objectField, parseObject, textField } from '../json-fields.ts'
import { oneLine } from '../../core/one-line.ts'

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
  const rollouts = openCodexRollouts(codexHome)
  let session: string | null = null
  let text = ''
  let completed: Usage | undefined
  let broken = earlier?.accounting.partial ?? false
  let answered = earlier !== undefined
  let failed: string | undefined

  /** The stream has no usage before its end; the rollout has it after each request, a moment after the item was announced. */
  const live = (): AgentEvent[] => {
    const before = rollouts.usage
    rollouts.refresh()
    return rollouts.usage === before ? [] : [{ type: 'accounting', accounting: account(rollouts.usage, true) }]
  }

  const onItem = (item: JsonObject | undefined, done: boolean): AgentEvent[] => {
    const kind = textField(item, 'type')
    if (kind === 'agent_message' && done) text = textField(item, 'text')
    const activity = itemActivity(item)
    return activity === undefined ? [] : [{ type: 'activity', text: activity }]
  }

  const streamFailure = (exit: Exit): Finding['streamFailure'] => {
    if (failed !== undefined) return codexTurnFailure(failed, exit, answered)
    if (completed !== undefined || exit.code !== 0) return undefined
    return { kind: 'crash', detail: 'it ended without completing its turn', beforeOutput: !answered }
  }

  /** The stream's usage is that of the first thread alone. Before it names that it has asked the API nothing. A request that was refused cost nothing; one that broke off may have cost what no file tells. */
  const consumed = (failure: Finding['streamFailure']): Accounting => {
    if (session === null) return earlier?.accounting ?? freeAccounting
    if (completed !== undefined && rollouts.threads < 2) return account(completed, broken)
    if (failed === undefined || failure?.kind === 'crash') return account(rollouts.usage ?? completed, true)
    return account(rollouts.usage ?? zeroUsage, broken)
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
          completed = codexUsage(objectField(event, 'usage') ?? {})
          return [{ type: 'accounting', accounting: account(completed, false) }]
        case 'turn.failed':
          failed = textField(objectField(event, 'error'), 'message') || 'the turn failed'
          return []
        case 'error':
          if (brokenRequest.test(textField(event, 'message'))) broken = true
          return [{ type: 'activity', text: oneLine(textField(event, 'message'), 120) }]
        default:
          return []
      }
    },
    end(exit) {
      rollouts.refresh()
      const failure = streamFailure(exit)
      const model = rollouts.model ?? task.model ?? null
      const finding = { text, streamFailure: failure, accounting: consumed(failure), model, session, denials: 0 }
      return weighEvidence(task, { cwd: directory.cwd, answers: true }, exit, finding)
    },
  }
}

/** What an item does, in one line; undefined for those that say nothing a watcher needs. */
function itemActivity(item: JsonObject | undefined): string | undefined {
  switch (textField(item, 'type')) {
    case 'command_execution':
      return oneLine(textField(item, 'command').replace(/^\S*\/(?:ba|z)?sh -lc /, ''), 120)
    case 'file_change':
      return 'changing files'
    case 'mcp_tool_call':
      return oneLine(`${textField(item, 'server')}: ${textField(item, 'tool')}`, 120)
    case 'web_search':
      return oneLine(`search: ${textField(item, 'query')}`, 120)
    default:
      return undefined
  }
}
