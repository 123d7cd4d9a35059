import type { JsonObject } from '../../core/json.ts'
import { type Accounting, addAccounting, addUsage, type Usage, unknownAccounting, zeroUsage } from '../../core/usage.ts'
import { numberField, objectField, textField } from '../json-fields.ts'
import { isObject } from '../../core/is-object.ts'

/** Keeps the account of one `claude -p` process from its stream, on top of an earlier one's. */
export interface ClaudeAccounting {
  /** An `assistant` line: one per content block, all of one message with the same usage. True when it told something new. */
  onAssistant(line: JsonObject): boolean
  /** A `result` line; there may be several. */
  onResult(line: JsonObject): void
  /** A request broke off midway and was made again: what it cost is in no report. */
  onBrokenRequest(): void
  /** True once a `result` line was seen. */
  readonly reported: boolean
  /** What is known now, with what was spent earlier: exact after a result line, a lower bound before. */
  current(): Accounting
}

/**
 * Usage is the sum over all `result` lines of `model_usage_since_last_result`: the only figures that hold with subagents,
 * resumed sessions and broken streams alike. Versions without that field (2.1.197) have per-run figures in `modelUsage`.
 * A resumed process's `modelUsage` is that of the session, its `model_usage_since_last_result` its own.
 * Until the first result, the `assistant` lines give a lower bound: their output tokens are those of the message's beginning.
 */
export function createClaudeAccounting(earlier?: Accounting): ClaudeAccounting {
  const messages = new Set<string>()
  let begun = zeroUsage
  let sinceLast: Sum | undefined
  let lastTotal: Sum | undefined
  let turns = zeroUsage
  let broken = false
  const final = (): Sum | undefined => sinceLast ?? lastTotal
  const own = (): Accounting => {
    const sum = final()
    if (sum === undefined) {
      if (messages.size === 0) return unknownAccounting
      return { usage: begun, costUsd: null, costSource: 'unknown', partial: true }
    }
    const partial = broken || exceeds(turns, sum.usage)
    return { usage: sum.usage, costUsd: sum.costUsd, costSource: sum.costUsd === null ? 'unknown' : 'cli', partial }
  }
  return {
    onAssistant(line) {
      const message = objectField(line, 'message')
      const usage = objectField(message, 'usage')
      const id = textField(message, 'id')
      if (usage === undefined || messages.has(id) || textField(message, 'model') === '<synthetic>') return false
      messages.add(id)
      begun = addUsage(begun, messageUsage(usage))
      return true
    },
    onResult(line) {
      const fresh = objectField(line, 'model_usage_since_last_result')
      const usage = objectField(line, 'usage')
      if (usage !== undefined) turns = addUsage(turns, messageUsage(usage))
      if (fresh !== undefined) sinceLast = addSums(sinceLast, sumModels(fresh))
      const total = objectField(line, 'modelUsage')
      if (total !== undefined) lastTotal = sumModels(total)
    },
    onBrokenRequest() {
      broken = true
    },
    get reported() {
      return final() !== undefined
    },
    current: () => (earlier === undefined ? own() : addAccounting(earlier, own())),
  }
}

/** The usage of one message of the Messages API. */
export function messageUsage(usage: JsonObject): Usage {
  return {
    input: numberField(usage, 'input_tokens'),
    cacheRead: numberField(usage, 'cache_read_input_tokens'),
    cacheWrite: numberField(usage, 'cache_creation_input_tokens'),
    output: numberField(usage, 'output_tokens'),
    reasoning: numberField(objectField(usage, 'output_tokens_details'), 'thinking_tokens'),
  }
}

/** Usage and cost over models; the cost is null when the price of any of them was guessed. */
interface Sum {
  readonly usage: Usage
  readonly costUsd: number | null
}

function addSums(a: Sum | undefined, b: Sum): Sum {
  if (a === undefined) return b
  const costUsd = a.costUsd === null || b.costUsd === null ? null : a.costUsd + b.costUsd
  return { usage: addUsage(a.usage, b.usage), costUsd }
}

/** Sums a map from model to its usage. Cost is in dollars by the CLI's built-in list prices; `costBasis` "unknown" marks a guess. */
function sumModels(models: JsonObject): Sum {
  let usage = zeroUsage
  let costUsd: number | null = 0
  for (const model of Object.values(models)) {
    if (!isObject(model)) continue
    usage = addUsage(usage, {
      input: numberField(model, 'inputTokens'),
      cacheRead: numberField(model, 'cacheReadInputTokens'),
      cacheWrite: numberField(model, 'cacheCreationInputTokens'),
      output: numberField(model, 'outputTokens'),
      reasoning: numberField(model, 'thinkingTokens'),
    })
    const known = typeof model['costUSD'] === 'number' && model['costBasis'] !== 'unknown'
    costUsd = known && costUsd !== null ? costUsd + numberField(model, 'costUSD') : null
  }
  return { usage, costUsd }
}

/** Whether the turns report more than the models: a request that broke off is in the former only. */
const exceeds = (turns: Usage, models: Usage): boolean =>
  turns.input > models.input || turns.cacheRead > models.cacheRead || turns.cacheWrite > models.cacheWrite
