import type { JsonObject } from '../../core/json.ts'
import {
  type Accounting,
  addAccounting,
  addUsage,
  subtractUsage,
  totalTokens,
  type ModelUsage,
  type Usage,
  unknownAccounting,
  zeroUsage,
} from '../../core/usage.ts'
import { numberField, objectField, textField } from '../json-fields.ts'
import { isObject } from '../../core/is-object.ts'
import { listPriceUsd } from './prices.ts'

/** Keeps the account of one `claude -p` process from its stream and its transcripts, on top of an earlier one's. */
export interface ClaudeAccounting {
  /** An `assistant` line: one per content block, all of one message with the same usage. True when it told something new. */
  onAssistant(line: JsonObject): boolean
  /** A message as the transcript has it, with its final usage. True when it told something new. */
  onTranscript(message: JsonObject): boolean
  /** A message of before this process: a fork writes it down once more. */
  passOver(message: JsonObject): void
  /** A `result` line; there may be several. */
  onResult(line: JsonObject): void
  /** What a request cost is in no report: it broke off midway and was made again, or it was under way when the process was ended. */
  onLostRequest(): void
  /** What each model was asked by this process, once a `result` line was seen. */
  readonly models: ReadonlyMap<string, ModelUsage>
  /** True once a `result` line was seen. */
  readonly reported: boolean
  /** Messages of a model that were seen; none means that none was asked. */
  readonly messages: number
  /** What is known now, with what was spent earlier: exact after a result line, a lower bound before. */
  current(): Accounting
}

/** What messages of the model are known to have used, at least. The cost counts those whose price is known. */
interface Seen {
  readonly usage: Usage
  readonly costUsd: number
  readonly uncounted: number
  readonly unpriced: number
}

const nothingSeen: Seen = { usage: zeroUsage, costUsd: 0, uncounted: 0, unpriced: 0 }

/**
 * Usage is the sum over all `result` lines of `model_usage_since_last_result`: the only figures that hold with subagents,
 * resumed sessions and broken streams alike. Versions without that field (2.1.197) have per-run figures in `modelUsage`, which leave out
 * requests: theirs are lower bounds. A resumed process's `modelUsage` is that of the session, its `model_usage_since_last_result` its own.
 * Until the first result, the messages give a lower bound: in the stream their output tokens are those of the beginning, in the transcript
 * those of the end. A message without any tokens is one that its server did not count.
 */
export function createClaudeAccounting(earlier?: Accounting): ClaudeAccounting {
  const messages = new Map<string, Usage>()
  const passed = new Set<string>()
  let seen = nothingSeen
  let sinceLast: Sum | undefined
  let lastTotal: Sum | undefined
  let turns = zeroUsage
  let lost = false

  const take = (message: JsonObject | undefined): boolean => {
    const id = textField(message, 'id')
    const model = textField(message, 'model')
    if (message === undefined || id === '' || passed.has(id) || model === '<synthetic>') return false
    const usage = messageUsage(objectField(message, 'usage') ?? {})
    const known = messages.get(id)
    if (known !== undefined && totalTokens(usage) <= totalTokens(known)) return false
    messages.set(id, usage)
    seen = withMessage(seen, model, usage, known)
    return true
  }

  const own = (): Accounting => {
    const { uncounted } = seen
    const sum = sinceLast ?? lastTotal
    if (uncounted > 0 && uncounted === messages.size && (sum === undefined || totalTokens(sum.usage) === 0))
      return unknownAccounting
    if (sum === undefined) {
      if (messages.size === 0) return unknownAccounting
      return { usage: seen.usage, ...listPrice(seen), partial: true }
    }
    const usage = greatest(sum.usage, seen.usage)
    const partial =
      lost ||
      uncounted > 0 ||
      (sinceLast === undefined && messages.size > 0) ||
      exceeds(turns, sum.usage) ||
      usage !== sum.usage
    const costUsd = sum.costUsd
    return { usage, costUsd, costSource: costUsd === null ? 'unknown' : 'cli', partial }
  }
  return {
    onAssistant: (line) => take(objectField(line, 'message')),
    onTranscript: take,
    passOver: (message) => passed.add(textField(message, 'id')),
    onResult(line) {
      const fresh = objectField(line, 'model_usage_since_last_result')
      const usage = objectField(line, 'usage')
      if (usage !== undefined) turns = addUsage(turns, messageUsage(usage))
      if (fresh !== undefined) sinceLast = addSums(sinceLast, sumModels(fresh))
      const total = objectField(line, 'modelUsage')
      if (total !== undefined) lastTotal = sumModels(total)
    },
    onLostRequest() {
      lost = true
    },
    get models() {
      return (sinceLast ?? lastTotal)?.models ?? new Map()
    },
    get reported() {
      return sinceLast !== undefined || lastTotal !== undefined
    },
    get messages() {
      return messages.size
    },
    current: () => (earlier === undefined ? own() : addAccounting(earlier, own())),
  }
}

/** The usage of one message of the Messages API. */
function messageUsage(usage: JsonObject): Usage {
  return {
    input: numberField(usage, 'input_tokens'),
    cacheRead: numberField(usage, 'cache_read_input_tokens'),
    cacheWrite: numberField(usage, 'cache_creation_input_tokens'),
    output: numberField(usage, 'output_tokens'),
    reasoning: numberField(objectField(usage, 'output_tokens_details'), 'thinking_tokens'),
  }
}

/** With a message in the sums, of which so much was `known` before: thousands of messages are not added up again for each. Prices are linear. */
function withMessage(seen: Seen, model: string, usage: Usage, known: Usage | undefined): Seen {
  const more = known === undefined ? usage : subtractUsage(usage, known)
  const price = listPriceUsd(model, more)
  return {
    usage: addUsage(seen.usage, more),
    costUsd: seen.costUsd + (price ?? 0),
    uncounted: seen.uncounted - isUncounted(known) + isUncounted(usage),
    unpriced: seen.unpriced + (known === undefined && price === undefined ? 1 : 0),
  }
}

const isUncounted = (usage: Usage | undefined): number => (usage !== undefined && totalTokens(usage) === 0 ? 1 : 0)

/** What messages cost at least; unknown when the price of any of them is. */
function listPrice({ costUsd, unpriced }: Seen): Pick<Accounting, 'costUsd' | 'costSource'> {
  return unpriced > 0 ? { costUsd: null, costSource: 'unknown' } : { costUsd, costSource: 'list-price' }
}

/** Usage and cost over models; the cost is null when the price of any of them was guessed. */
interface Sum {
  readonly usage: Usage
  readonly costUsd: number | null
  readonly models: ReadonlyMap<string, ModelUsage>
}

function addSums(a: Sum | undefined, b: Sum): Sum {
  if (a === undefined) return b
  const costUsd = a.costUsd === null || b.costUsd === null ? null : a.costUsd + b.costUsd
  const models = new Map(a.models)
  for (const [name, usage] of b.models) models.set(name, addModels(models.get(name), usage))
  return { usage: addUsage(a.usage, b.usage), costUsd, models }
}

function addModels(a: ModelUsage | undefined, b: ModelUsage): ModelUsage {
  if (a === undefined) return b
  const isKnown = a.cacheWrite1h !== undefined && b.cacheWrite1h !== undefined
  return { ...addUsage(a, b), ...(isKnown && { cacheWrite1h: a.cacheWrite1h + b.cacheWrite1h }) }
}

/** What was written to a cache for an hour, where the CLI says of all that was written for how long: versions and gateways that do not leave zeros. */
function writtenForAnHour(model: JsonObject): Pick<ModelUsage, 'cacheWrite1h'> {
  const [short, long] = ['5m', '1h'].map((time) => numberField(model, `cacheCreationEphemeral${time}InputTokens`))
  return (short ?? 0) + (long ?? 0) === numberField(model, 'cacheCreationInputTokens')
    ? { cacheWrite1h: long ?? 0 }
    : {}
}

/**
 * Sums a map from model to its usage. Cost is in dollars by the CLI's built-in list prices; `costBasis` "unknown" marks a guess, and
 * versions that do not say the basis guess too.
 */
function sumModels(models: JsonObject): Sum {
  let usage = zeroUsage
  let costUsd: number | null = 0
  const byModel = new Map<string, ModelUsage>()
  for (const [name, model] of Object.entries(models)) {
    if (!isObject(model)) continue
    const own: Usage = {
      input: numberField(model, 'inputTokens'),
      cacheRead: numberField(model, 'cacheReadInputTokens'),
      cacheWrite: numberField(model, 'cacheCreationInputTokens'),
      output: numberField(model, 'outputTokens'),
      reasoning: numberField(model, 'thinkingTokens'),
    }
    usage = addUsage(usage, own)
    byModel.set(name, { ...own, ...writtenForAnHour(model) })
    const basis = model['costBasis']
    const isGuess = basis === 'unknown' || (basis === undefined && listPriceUsd(name, own) === undefined)
    const known = typeof model['costUSD'] === 'number' && !isGuess
    costUsd = known && costUsd !== null ? costUsd + numberField(model, 'costUSD') : null
  }
  return { usage, costUsd, models: byModel }
}

/** Whether the turns report more than the models: a request that broke off is in the former only. */
const exceeds = (turns: Usage, models: Usage): boolean =>
  turns.input > models.input || turns.cacheRead > models.cacheRead || turns.cacheWrite > models.cacheWrite

/** Of two lower bounds the greater figures; the first itself where it has them all. */
function greatest(a: Usage, b: Usage): Usage {
  if (!exceeds(b, a) && b.output <= a.output) return a
  return {
    input: Math.max(a.input, b.input),
    cacheRead: Math.max(a.cacheRead, b.cacheRead),
    cacheWrite: Math.max(a.cacheWrite, b.cacheWrite),
    output: Math.max(a.output, b.output),
    reasoning: Math.max(a.reasoning, b.reasoning),
  }
}
