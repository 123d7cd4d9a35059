import { isObject } from '../core/is-object.ts'
import type { JsonObject } from '../core/json.ts'
import { type Answer, type Frame, jsonHeaders, piecesOf, serverSentEvent, streamHeaders } from './frame.ts'
import { noUsage, type ReplyError } from './reply.ts'
import type { ModelApi } from './model-api.ts'
import { type Address, contentText, type ModelRequest, objectsOf, promptOf, spoken, textOf } from './model-request.ts'
import type { ConcreteCall, ResolvedReply } from './resolved-reply.ts'

/** OpenAI's Responses API. */
export const responsesApi: ModelApi = {
  path: /^\/v1\/responses$/,
  read: readResponsesRequest,
  answer: responsesAnswer,
  error: openaiError,
}

const ownBlock =
  /^\s*(?:<(?:environment_context|user_instructions|skills_instructions|permissions)\b|# AGENTS\.md instructions)/

/** An error of OpenAI's API: https://platform.openai.com/docs/guides/error-codes */
export function openaiError(error: ReplyError): Answer {
  const spent = error.status === 429 && /quota|usage limit|credit|billing/i.test(error.message)
  const code = spent
    ? 'insufficient_quota'
    : error.status === 429
      ? 'rate_limit_exceeded'
      : error.status >= 500
        ? 'server_error'
        : 'invalid_request_error'
  const body = { error: { message: error.message, type: code, param: null, code } }
  const retryAfter = error.retryAfter === undefined ? undefined : { 'retry-after': String(error.retryAfter) }
  return {
    status: error.status,
    headers: { ...jsonHeaders, ...retryAfter },
    frames: [{ body: JSON.stringify(body), usage: noUsage }],
    ending: 'end',
  }
}

/** An answer of OpenAI's Responses API, streamed or whole: https://platform.openai.com/docs/api-reference/responses-streaming */
function responsesAnswer(request: ModelRequest, reply: ResolvedReply): Answer {
  const { tokens } = reply
  const suffix = `${request.instance}_${request.attempt}_${request.number}`.replaceAll(/[^\w-]/g, '_')
  const items: JsonObject[] = [
    ...(reply.text === '' ? [] : [messageItem(`msg_${suffix}`, reply.text)]),
    ...reply.calls.map((call, index) => callItem(`${suffix}_${index}`, call)),
  ]
  const usage = {
    input_tokens: tokens.input + tokens.cacheRead + tokens.cacheWrite,
    input_tokens_details: { cached_tokens: tokens.cacheRead, cache_write_tokens: tokens.cacheWrite },
    output_tokens: tokens.output,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: tokens.input + tokens.cacheRead + tokens.cacheWrite + tokens.output,
  }
  const response = { id: `resp_${suffix}`, object: 'response', created_at: 0, model: request.model }
  const completed = { ...response, status: 'completed', output: items, usage }
  if (!request.stream)
    return {
      status: 200,
      headers: jsonHeaders,
      frames: [{ body: JSON.stringify(completed), usage: tokens }],
      ending: reply.breakOff === 'hang' ? 'hang' : reply.breakOff === undefined ? 'end' : 'cut',
    }
  const started = { ...response, status: 'in_progress', output: [], usage: null }
  const frames: Frame[] = [{ body: serverSentEvent('response.created', { response: started }) }]
  for (const [index, item] of items.entries()) frames.push(...itemFrames(index, item, reply))
  if (reply.breakOff !== undefined) {
    if (reply.breakOff === 'error') {
      const failed = {
        ...started,
        status: 'failed',
        error: { code: 'server_error', message: 'Simulated stream error' },
      }
      frames.push({ body: serverSentEvent('response.failed', { response: failed }) })
    }
    return { status: 200, headers: streamHeaders, frames, ending: reply.breakOff === 'error' ? 'end' : reply.breakOff }
  }
  frames.push({ body: serverSentEvent('response.completed', { response: completed }), usage: tokens })
  return { status: 200, headers: streamHeaders, frames, ending: 'end' }
}

const messageItem = (id: string, text: string): JsonObject => ({
  type: 'message',
  id,
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'output_text', text, annotations: [] }],
})

const callItem = (id: string, { name, input }: ConcreteCall): JsonObject =>
  typeof input === 'string'
    ? { type: 'custom_tool_call', id: `ctc_${id}`, call_id: `call_${id}`, name, input, status: 'completed' }
    : {
        type: 'function_call',
        id: `fc_${id}`,
        call_id: `call_${id}`,
        ...placeOf(name),
        arguments: JSON.stringify(input),
        status: 'completed',
      }

/** Tools of MCP servers are in namespaces of their own, which a call names apart. */
function placeOf(name: string): JsonObject {
  const [, namespace, tool] = /^(mcp__.+?)__(.+)$/.exec(name) ?? []
  return namespace === undefined || tool === undefined ? { name } : { name: tool, namespace }
}

function itemFrames(index: number, item: JsonObject, reply: ResolvedReply): Frame[] {
  const position = { output_index: index, item_id: item['id'] }
  const emptied = { message: { content: [] }, function_call: { arguments: '' }, custom_tool_call: { input: '' } }
  const pending = { ...item, ...emptied[item['type'] as keyof typeof emptied] }
  const frames: Frame[] = [
    {
      body: serverSentEvent('response.output_item.added', {
        output_index: index,
        item: { ...pending, status: 'in_progress' },
      }),
    },
  ]
  if (item['type'] === 'message') {
    const whole = piecesOf(reply.text, reply.chunks)
    const pieces = reply.breakOff === undefined ? whole : whole.slice(0, Math.ceil(whole.length / 2))
    for (const delta of pieces) {
      const body = serverSentEvent('response.output_text.delta', { ...position, content_index: 0, delta })
      frames.push({ body, pauseMs: reply.chunkDelayMs })
    }
  }
  if (reply.breakOff === undefined)
    frames.push({ body: serverSentEvent('response.output_item.done', { output_index: index, item }) })
  return frames
}

/** Reads a body of OpenAI's `POST /v1/responses`. */
function readResponsesRequest(body: JsonObject, address: Address): ModelRequest {
  const input = objectsOf(body['input'])
  const text = body['text']
  const format = isObject(text) ? text['format'] : undefined
  const schema = isObject(format) ? format['schema'] : undefined
  return {
    ...address,
    model: textOf(body['model']),
    prompt: promptOf(input, ownBlock),
    size: spoken(input).reduce(
      (sum, item) =>
        sum +
        (item['type'] === 'message' ? contentText(item['content'], ownBlock).length : JSON.stringify(item).length),
      0,
    ),
    tools: toolNames([...objectsOf(body['tools']), ...input.flatMap((item) => objectsOf(item['tools']))]),
    ...(isObject(schema) && { schema: { schema } }),
    stream: body['stream'] === true,
  }
}

/** Names of tools; those of a namespace count as its own, and a tool without a name goes by its type. */
const toolNames = (tools: readonly JsonObject[]): string[] =>
  tools.flatMap((tool) =>
    tool['type'] === 'namespace' ? toolNames(objectsOf(tool['tools'])) : [textOf(tool['name']) || textOf(tool['type'])],
  )
