import { parseObject } from '../../core/parse-object.ts'
import { join } from 'node:path'
import type { JsonObject } from '../../core/json.ts'
import { addUsage, totalTokens, type Usage, zeroUsage } from '../../core/usage.ts'
import { filesBelow, openJsonlTail } from '../jsonl-tail.ts'
import { numberField, objectField, textField } from '../json-fields.ts'

/** The session files that Codex writes beside its stream: the only place that names the model, and the usage of a killed turn. */
export interface CodexRollouts {
  /** Reads what was added since the last call. */
  refresh(): void
  /** Of the first thread. */
  readonly model: string | null
  /** What each model was asked. */
  readonly models: ReadonlyMap<string, Usage>
  /** Total of all threads so far; undefined before the first answer. */
  readonly usage: Usage | undefined
  /** How many threads there are: agents that Codex starts of its own have one each. */
  readonly threads: number
  /** A request was answered whose tokens its server did not count. */
  readonly uncounted: boolean
  /** The first thread's turn is complete and its last word was none: what was said before a tool call is no answer. */
  readonly endedWithoutAnswer: boolean
}

/** The rollouts below `$CODEX_HOME/sessions`, read as they grow. The home belongs to one attempt, so all of them are its own. */
export function openCodexRollouts(codexHome: string): CodexRollouts {
  const sessions = join(codexHome, 'sessions')
  const rollouts = new Map<string, Rollout>()
  let usage: Usage | undefined
  return {
    refresh() {
      for (const path of filesBelow(sessions, /rollout-[^/\\]*\.jsonl$/)) {
        const rollout = rollouts.get(path) ?? openRollout(path)
        rollouts.set(path, rollout)
        rollout.refresh()
      }
      const known = [...rollouts.values()].flatMap((rollout) => rollout.usage ?? [])
      usage = known.length === 0 ? undefined : known.reduce(addUsage)
    },
    get model() {
      return rollouts.values().next().value?.model ?? null
    },
    get models() {
      const models = new Map<string, Usage>()
      for (const { model, usage: own } of rollouts.values())
        if (model !== null && own !== undefined) models.set(model, addUsage(models.get(model) ?? zeroUsage, own))
      return models
    },
    get usage() {
      return usage
    },
    get threads() {
      return rollouts.size
    },
    get uncounted() {
      return [...rollouts.values()].some((rollout) => rollout.uncounted)
    },
    get endedWithoutAnswer() {
      return rollouts.values().next().value?.endedWithoutAnswer ?? false
    },
  }
}

/** One thread's file: how far it was read, and what it said. */
interface Rollout {
  refresh(): void
  readonly model: string | null
  readonly usage: Usage | undefined
  readonly uncounted: boolean
  readonly endedWithoutAnswer: boolean
}

function openRollout(path: string): Rollout {
  const file = openJsonlTail(path)
  let answered = false
  let uncounted = false
  let endedWithoutAnswer = false
  let model: string | null = null
  let usage: Usage | undefined
  const take = (line: string): void => {
    if (!/"(?:token_count|turn_context|task_complete|response_item)"/.test(line.slice(0, 200))) return
    const entry = parseObject(line)
    const payload = objectField(entry, 'payload')
    if (textField(entry, 'type') === 'turn_context') model = textField(payload, 'model') || model
    if (textField(payload, 'type') === 'task_complete') endedWithoutAnswer = payload?.['last_agent_message'] === null
    if (textField(entry, 'type') === 'response_item') answered ||= isAnswer(payload)
    if (textField(payload, 'type') !== 'token_count') return
    const total = objectField(objectField(payload, 'info'), 'total_token_usage')
    const before = usage === undefined ? 0 : totalTokens(usage)
    if (total !== undefined) usage = codexUsage(total)
    if (answered && (usage === undefined || totalTokens(usage) === before)) uncounted = true
    answered = false
  }
  return {
    refresh() {
      for (const line of file.next()) take(line)
    },
    get model() {
      return model
    },
    get usage() {
      return usage
    },
    get uncounted() {
      return uncounted
    },
    get endedWithoutAnswer() {
      return endedWithoutAnswer
    },
  }
}

/** Whether a piece of the conversation came from the model: each of its answers is followed by a count. */
function isAnswer(item: JsonObject | undefined): boolean {
  const type = textField(item, 'type')
  return type === 'message' ? textField(item, 'role') === 'assistant' : /_call$|^reasoning$/.test(type)
}

/**
 * Codex's counters in our terms: its input includes what was read from and written to the cache, its output the reasoning.
 */
export function codexUsage(usage: JsonObject): Usage {
  const cacheRead = numberField(usage, 'cached_input_tokens')
  const cacheWrite = numberField(usage, 'cache_write_input_tokens')
  return {
    input: Math.max(0, numberField(usage, 'input_tokens') - cacheRead - cacheWrite),
    cacheRead,
    cacheWrite,
    output: numberField(usage, 'output_tokens'),
    reasoning: numberField(usage, 'reasoning_output_tokens'),
  }
}
