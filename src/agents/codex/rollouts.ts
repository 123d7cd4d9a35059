import { parseObject } from '../../core/parse-object.ts'
import { basename, join } from 'node:path'
import type { JsonObject } from '../../core/json.ts'
import { addUsage, subtractUsage, totalTokens, type Usage, zeroUsage } from '../../core/usage.ts'
import type { ContinuedSession } from '../agent.ts'
import { filesBelow, openJsonlTail } from '../jsonl-tail.ts'
import { numberField, objectField, textField } from '../json-fields.ts'
import { statIfThere } from '../../process/stat-if-there.ts'

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
  /** What the session that is taken up had used by then: Codex counts a thread, and a fork of it, from its beginning. */
  readonly before: Usage
  /** How many threads there are: agents that Codex starts of its own have one each. */
  readonly threads: number
  /** A request was answered whose tokens its server did not count. */
  readonly uncounted: boolean
  /** The first thread's turn is complete and its last word was none: what was said before a tool call is no answer. */
  readonly endedWithoutAnswer: boolean
}

/**
 * The rollouts below `$CODEX_HOME/sessions`, read as they grow. The home belongs to one attempt, so all of them are its own, but for what stands in those
 * of a session that it takes up.
 */
export function openCodexRollouts(codexHome: string, continued?: ContinuedSession): CodexRollouts {
  const sessions = join(codexHome, 'sessions')
  const earlier = new Map((continued?.files ?? []).map((path) => [basename(path), readEarlier(path)]))
  const usageOf = (thread: string): Usage =>
    [...earlier].find(([name]) => name.endsWith(`${thread}.jsonl`))?.[1].usage ?? zeroUsage
  const rollouts = new Map<string, Rollout>()
  let usage: Usage | undefined
  return {
    refresh() {
      for (const path of filesBelow(sessions, /rollout-[^/\\]*\.jsonl$/)) {
        const before = earlier.get(basename(path))
        if (before !== undefined && sizeOf(path) <= before.bytes) continue
        const rollout = rollouts.get(path) ?? openRollout(path, before, usageOf)
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
    get before() {
      return continued === undefined ? zeroUsage : usageOf(continued.session)
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

/** What a rollout had said when its session was taken up. */
interface EarlierRollout {
  readonly bytes: number
  readonly usage: Usage
}

function readEarlier(path: string): EarlierRollout {
  const rollout = openRollout(path, undefined, () => zeroUsage)
  rollout.refresh()
  return { bytes: sizeOf(path), usage: rollout.usage ?? zeroUsage }
}

const sizeOf = (path: string): number => statIfThere(path)?.size ?? 0

function openRollout(path: string, earlier: EarlierRollout | undefined, usageOf: (thread: string) => Usage): Rollout {
  const file = openJsonlTail(path, earlier?.bytes)
  let before = earlier?.usage ?? zeroUsage
  let answered = false
  let uncounted = false
  let endedWithoutAnswer = false
  let model: string | null = null
  let usage: Usage | undefined
  const take = (line: string): void => {
    if (!/"(?:session_meta|token_count|turn_context|task_complete|response_item)"/.test(line.slice(0, 200))) return
    const entry = parseObject(line)
    const payload = objectField(entry, 'payload')
    if (textField(entry, 'type') === 'session_meta' && earlier === undefined)
      before = usageOf(textField(payload, 'forked_from_id') || '-')
    if (textField(entry, 'type') === 'turn_context') model = textField(payload, 'model') || model
    if (textField(payload, 'type') === 'task_complete') endedWithoutAnswer = payload?.['last_agent_message'] === null
    if (textField(entry, 'type') === 'response_item') answered ||= isAnswer(payload)
    if (textField(payload, 'type') !== 'token_count') return
    const total = objectField(objectField(payload, 'info'), 'total_token_usage')
    const known = totalTokens(usage ?? zeroUsage)
    if (total !== undefined) usage = subtractUsage(codexUsage(total), before)
    if (answered && (usage === undefined || totalTokens(usage) === known)) uncounted = true
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
