import { parseJson } from '../../core/parse-json.ts'
import { parseObject } from '../../core/parse-object.ts'
import { isObject } from '../../core/is-object.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Usage } from '../../core/usage.ts'
import { numberField, objectField, objectsField, textField } from '../json-fields.ts'

/** The model APIs whose answers can be counted. */
export type CountedApi = 'messages' | 'responses' | 'generate-content' | 'chat-completions'

/** What an answer says about its own cost. */
export interface AnswerCount {
  readonly model: string
  readonly usage: Usage
  /** Of `usage.cacheWrite`, what is kept for an hour, which costs more. */
  readonly cacheWrite1h: number
  /** Whether these are its last figures: an answer that broke off has told those of its beginning. */
  readonly complete: boolean
  /** Its text ends where it does because of the limit of tokens (`truncated`), or it says no (`refused`). */
  readonly fault?: 'truncated' | 'refused'
}

/** The paths, after the API's base, by which a model is asked. Counting tokens, listing models and the like cost nothing. */
export const askingPaths: Readonly<Record<CountedApi, RegExp>> = {
  messages: /^\/v1\/messages$/,
  responses: /^\/responses(?:\/compact)?$/,
  'generate-content': /:(?:stream)?generateContent$/i,
  'chat-completions': /^\/chat\/completions$/,
}

/** Reads one answer as it passes; never changes or holds back a byte. */
export interface UsageReader {
  take(chunk: Buffer): void
  /** No more will come; `whole` says whether the answer was. Undefined: it told nothing. */
  end(whole: boolean): AnswerCount | undefined
}

/** Longest event or body that is read for its figures; what is longer goes through uncounted. */
const longestRead = 32 * 1_048_576

const newline = 0x0a

/** A reader for an answer of this content type. */
export function openUsageReader(api: CountedApi, contentType: string | undefined): UsageReader {
  let count: AnswerCount | undefined
  const read = (text: string): void => {
    const value = parseObject(text)
    if (value !== undefined) count = readers[api](value, count)
  }
  const taken = contentType?.includes('text/event-stream') === true ? eventReader(read) : bodyReader(read)
  return {
    take: taken.take,
    end(whole) {
      taken.end()
      return count !== undefined && endsWithStream.has(api) ? { ...count, complete: whole } : count
    },
  }
}

/** APIs that repeat their figures until the stream ends: the last are those of the whole. */
const endsWithStream: ReadonlySet<CountedApi> = new Set(['generate-content', 'chat-completions'])

interface Taker {
  take(chunk: Buffer): void
  end(): void
}

const quote = 0x22

/**
 * Server-sent events, of which only lines with usage are decoded: they are searched for in whole chunks as they come, because an answer of many megabytes
 * has very many lines and two such. The quotation mark before the word is looked at afterwards: it is everywhere, and a search that begins with it takes
 * nearly three times as long.
 */
function eventReader(read: (text: string) => void): Taker {
  const needle = Buffer.from('usage')
  /** The beginning of a line whose end has not come. */
  let held: Buffer[] = []
  let size = 0
  const search = (text: Buffer): void => {
    for (let at = text.indexOf(needle); at !== -1;) {
      if (text[at - 1] !== quote) {
        at = text.indexOf(needle, at + needle.length)
        continue
      }
      const start = text.lastIndexOf(newline, at) + 1
      const next = text.indexOf(newline, at)
      const end = next === -1 ? text.length : next
      if (text.toString('latin1', start, start + 5) === 'data:') read(text.toString('utf8', start + 5, end))
      at = text.indexOf(needle, end)
    }
  }
  const hold = (rest: Buffer): void => {
    size += rest.length
    if (size <= longestRead) held.push(rest)
    else held = []
  }
  const release = (): void => {
    if (size > 0 && size <= longestRead) search(held.length === 1 ? (held[0] ?? Buffer.alloc(0)) : Buffer.concat(held))
    held = []
    size = 0
  }
  return {
    take(chunk) {
      const end = chunk.lastIndexOf(newline)
      if (end === -1) return hold(chunk)
      const first = size === 0 ? 0 : chunk.indexOf(newline)
      if (size > 0) hold(chunk.subarray(0, first))
      release()
      search(chunk.subarray(first, end))
      if (end + 1 < chunk.length) hold(chunk.subarray(end + 1))
    },
    end: release,
  }
}

function bodyReader(read: (text: string) => void): Taker {
  const chunks: Buffer[] = []
  let size = 0
  return {
    take(chunk) {
      size += chunk.length
      if (size <= longestRead) chunks.push(chunk)
      else chunks.length = 0
    },
    end() {
      if (size > longestRead) return
      const text = Buffer.concat(chunks).toString('utf8')
      // Gemini's stream without `alt=sse` is one list.
      if (text.trimStart().startsWith('[')) for (const item of listOf(text)) read(JSON.stringify(item))
      else read(text)
    },
  }
}

function listOf(text: string): readonly unknown[] {
  try {
    const value: unknown = parseJson(text)
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}

const faults: Readonly<Record<string, AnswerCount['fault']>> = {
  max_tokens: 'truncated',
  model_context_window_exceeded: 'truncated',
  max_output_tokens: 'truncated',
  length: 'truncated',
  refusal: 'refused',
  content_filter: 'refused',
  safety: 'refused',
  recitation: 'refused',
  blocklist: 'refused',
  prohibited_content: 'refused',
  spii: 'refused',
}

/** What a provider's word for why an answer ended means; nothing where it came to its own end. */
function faultOf(word: string): Pick<AnswerCount, 'fault'> {
  const fault = faults[word.toLowerCase()]
  return fault === undefined ? {} : { fault }
}

type Reader = (value: JsonObject, before: AnswerCount | undefined) => AnswerCount | undefined

const readers: Readonly<Record<CountedApi, Reader>> = {
  /** https://docs.claude.com/en/api/messages-streaming: the beginning has the prompt's tokens, `message_delta` those of the whole. */
  messages(value, before) {
    const message = textField(value, 'type') === 'message_start' ? objectField(value, 'message') : value
    const usage = objectField(message, 'usage')
    if (usage === undefined) return before
    const old = before?.usage
    const written = objectField(usage, 'cache_creation')
    const read = (key: string, known = 0): number => (typeof usage[key] === 'number' ? numberField(usage, key) : known)
    return {
      model: textField(message, 'model') || (before?.model ?? ''),
      usage: {
        input: read('input_tokens', old?.input),
        cacheRead: read('cache_read_input_tokens', old?.cacheRead),
        cacheWrite: read('cache_creation_input_tokens', old?.cacheWrite),
        output: read('output_tokens', old?.output),
        reasoning: numberField(objectField(usage, 'output_tokens_details'), 'thinking_tokens') || (old?.reasoning ?? 0),
      },
      cacheWrite1h:
        written === undefined ? (before?.cacheWrite1h ?? 0) : numberField(written, 'ephemeral_1h_input_tokens'),
      complete: textField(value, 'type') !== 'message_start',
      ...faultOf(textField(objectField(value, 'delta') ?? message, 'stop_reason')),
    }
  },
  /** https://platform.openai.com/docs/api-reference/responses-streaming: the last event has the whole response. */
  responses(value, before) {
    const response = objectField(value, 'response') ?? value
    const usage = objectField(response, 'usage')
    if (usage === undefined) return before
    const details = objectField(usage, 'input_tokens_details')
    const cacheRead = numberField(details, 'cached_tokens')
    const cacheWrite = numberField(details, 'cache_write_tokens')
    return {
      model: textField(response, 'model'),
      usage: {
        input: Math.max(0, numberField(usage, 'input_tokens') - cacheRead - cacheWrite),
        cacheRead,
        cacheWrite,
        output: numberField(usage, 'output_tokens'),
        reasoning: numberField(objectField(usage, 'output_tokens_details'), 'reasoning_tokens'),
      },
      cacheWrite1h: 0,
      complete: true,
      ...faultOf(textField(objectField(response, 'incomplete_details'), 'reason')),
    }
  },
  /** https://ai.google.dev/api/generate-content#UsageMetadata: cumulative within an answer, the thoughts apart from the candidates. */
  'generate-content'(value, before) {
    const usage = objectField(value, 'usageMetadata')
    if (usage === undefined) return before
    const cacheRead = numberField(usage, 'cachedContentTokenCount')
    const prompt = numberField(usage, 'promptTokenCount') + numberField(usage, 'toolUsePromptTokenCount')
    const reasoning = numberField(usage, 'thoughtsTokenCount')
    return {
      model: textField(value, 'modelVersion') || (before?.model ?? ''),
      usage: {
        input: Math.max(0, prompt - cacheRead),
        cacheRead,
        cacheWrite: 0,
        output: numberField(usage, 'candidatesTokenCount') + reasoning,
        reasoning,
      },
      cacheWrite1h: 0,
      complete: false,
      ...faultOf(
        textField(objectsField(value, 'candidates')[0], 'finishReason') ||
          textField(objectField(value, 'promptFeedback'), 'blockReason'),
      ),
    }
  },
  /** https://platform.openai.com/docs/api-reference/chat: streams have usage in their last chunk where the request asks for it. */
  'chat-completions'(value, before) {
    const { usage } = value
    if (!isObject(usage)) return before
    const details = objectField(usage, 'prompt_tokens_details')
    const cacheRead = numberField(details, 'cached_tokens')
    const cacheWrite = numberField(details, 'cache_write_tokens')
    return {
      model: textField(value, 'model') || (before?.model ?? ''),
      usage: {
        input: Math.max(0, numberField(usage, 'prompt_tokens') - cacheRead - cacheWrite),
        cacheRead,
        cacheWrite,
        output: numberField(usage, 'completion_tokens'),
        reasoning: numberField(objectField(usage, 'completion_tokens_details'), 'reasoning_tokens'),
      },
      cacheWrite1h: 0,
      complete: false,
      ...faultOf(textField(objectsField(value, 'choices')[0], 'finish_reason')),
    }
  },
}
