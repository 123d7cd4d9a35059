import { isObject } from '../core/is-object.ts'
import type { JsonObject } from '../core/json.ts'
import { type Answer, type Frame, jsonHeaders, piecesOf, streamHeaders } from './frame.ts'
import type { ModelApi } from './model-api.ts'
import {
  type Address,
  contentText,
  type ModelRequest,
  objectsOf,
  otherSize,
  promptOf,
  spoken,
  textOf,
} from './model-request.ts'
import type { ServedUsage } from './reply.ts'
import type { ResolvedReply } from './resolved-reply.ts'
import { openaiError } from './responses-api.ts'

/** OpenAI's Chat Completions API, which other vendors speak as well: https://platform.openai.com/docs/api-reference/chat */
export const chatCompletionsApi: ModelApi = {
  path: /^\/v1\/chat\/completions$/,
  read: readRequest,
  answer,
  error: openaiError,
}

/** How Qwen Code and OpenCode begin what they add to the user's words. */
const ownBlock = /^\s*(?:<system-reminder\b|This is the Qwen Code)/

/** The tool by which Qwen Code asks for a structured answer. */
const structuredTool = 'structured_output'

function readRequest(body: JsonObject, address: Address): ModelRequest {
  const messages = objectsOf(body['messages'])
  const tools = objectsOf(body['tools']).map(({ function: of }) => (isObject(of) ? of : {}))
  const asked = tools.find(({ name }) => name === structuredTool)?.['parameters']
  const format = body['response_format']
  const inFormat = isObject(format) ? format['json_schema'] : undefined
  const schema = isObject(inFormat) ? inFormat['schema'] : undefined
  return {
    ...address,
    model: textOf(body['model']),
    prompt: promptOf(messages, ownBlock),
    size: spoken(messages).reduce(
      (sum, { content, tool_calls: calls }) =>
        sum + contentText(content, ownBlock).length + otherSize(content) + (calls ? JSON.stringify(calls).length : 0),
      0,
    ),
    tools: tools.map(({ name }) => textOf(name)),
    ...(isObject(schema) && { schema: { schema } }),
    ...(isObject(asked) && { schema: { schema: asked, tool: structuredTool } }),
    stream: body['stream'] === true,
  }
}

/** The API says nothing of what is written to the cache, which costs nothing there: what a rule says of it is part of the input. */
const served = ({ input, cacheRead, cacheWrite, output }: ServedUsage): ServedUsage => ({
  input: input + cacheWrite,
  cacheRead,
  cacheWrite: 0,
  output,
})

function answer(request: ModelRequest, reply: ResolvedReply): Answer {
  const tokens = served(reply.tokens)
  const suffix = `${request.instance}_${request.attempt}_${request.number}`.replaceAll(/[^\w-]/g, '_')
  const prompt = tokens.input + tokens.cacheRead
  const usage = {
    prompt_tokens: prompt,
    completion_tokens: tokens.output,
    total_tokens: prompt + tokens.output,
    prompt_tokens_details: { cached_tokens: tokens.cacheRead },
    completion_tokens_details: { reasoning_tokens: 0 },
  }
  const calls = reply.calls.map(({ name, input }, index) => ({
    index,
    id: `call_${suffix}_${index}`,
    type: 'function',
    function: { name, arguments: typeof input === 'string' ? input : JSON.stringify(input) },
  }))
  const head = { id: `chatcmpl-${suffix}`, created: 0, model: request.model }
  const reason = calls.length > 0 ? 'tool_calls' : 'stop'
  if (!request.stream) {
    const message = { role: 'assistant', content: reply.text, ...(calls.length > 0 && { tool_calls: calls }) }
    const choices = [{ index: 0, message, finish_reason: reason }]
    const body = JSON.stringify({ ...head, object: 'chat.completion', choices, usage })
    const ending = reply.breakOff === 'hang' ? 'hang' : reply.breakOff === undefined ? 'end' : 'cut'
    return { status: 200, headers: jsonHeaders, frames: [{ body, usage: tokens }], ending }
  }
  const event = (fields: object): string =>
    `data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', ...fields })}\n\n`
  const delta = (of: object, ending: string | null = null): string =>
    event({ choices: [{ index: 0, delta: of, finish_reason: ending }] })
  const whole = piecesOf(reply.text, reply.chunks)
  const pieces = reply.breakOff === undefined ? whole : whole.slice(0, Math.ceil(whole.length / 2))
  const frames: Frame[] = [
    { body: delta({ role: 'assistant', content: '' }) },
    ...pieces.map((content) => ({ body: delta({ content }), pauseMs: reply.chunkDelayMs })),
  ]
  if (reply.breakOff !== undefined) {
    if (reply.breakOff === 'error')
      frames.push({ body: `data: ${JSON.stringify({ error: { message: 'Simulated stream error', code: 500 } })}\n\n` })
    return { status: 200, headers: streamHeaders, frames, ending: reply.breakOff === 'error' ? 'end' : reply.breakOff }
  }
  if (calls.length > 0) frames.push({ body: delta({ tool_calls: calls }) })
  frames.push({ body: delta({}, reason) }, { body: `${event({ choices: [], usage })}data: [DONE]\n\n`, usage: tokens })
  return { status: 200, headers: streamHeaders, frames, ending: 'end' }
}
