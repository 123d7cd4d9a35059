import { createHash } from 'node:crypto'
import { isObject } from '../core/is-object.ts'
import type { JsonObject } from '../core/json.ts'
import { type Answer, type Frame, jsonHeaders, piecesOf, serverSentEvent, streamHeaders } from './frame.ts'
import { noUsage, type ReplyError } from './reply.ts'
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
import type { ResolvedReply } from './resolved-reply.ts'

/** Anthropic's Messages API. */
export const messagesApi: ModelApi = {
  path: /^\/v1\/messages$/,
  read: readMessagesRequest,
  answer: messagesAnswer,
  error: messagesError,
  aside: (path, body) =>
    path === '/v1/messages/count_tokens' ? { input_tokens: Math.ceil(JSON.stringify(body).length / 4) } : undefined,
}

const ownBlock = /^\s*<system-reminder\b/

/** Tokens of output that Anthropic's `message_start` already reports. */
const openingOutput = 1

const errorTypes: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  529: 'overloaded_error',
}

/** An error of Anthropic's API: https://docs.claude.com/en/api/errors */
function messagesError(error: ReplyError): Answer {
  const type = errorTypes[error.status] ?? 'api_error'
  const retryAfter = error.retryAfter === undefined ? undefined : { 'retry-after': String(error.retryAfter) }
  return {
    status: error.status,
    headers: { ...jsonHeaders, ...retryAfter },
    frames: [{ body: JSON.stringify({ type: 'error', error: { type, message: error.message } }), usage: noUsage }],
    ending: 'end',
  }
}

/** An answer of Anthropic's Messages API, streamed or whole: https://docs.claude.com/en/api/messages-streaming */
function messagesAnswer(request: ModelRequest, reply: ResolvedReply): Answer {
  const { tokens } = reply
  const id = `msg_${request.instance}_${request.attempt}_${request.number}`
  const opening = { ...tokens, output: Math.min(openingOutput, tokens.output) }
  const usage = {
    input_tokens: tokens.input,
    cache_creation_input_tokens: tokens.cacheWrite,
    cache_read_input_tokens: tokens.cacheRead,
  }
  const blocks = [
    ...(reply.text === '' ? [] : [{ type: 'text', text: reply.text }]),
    ...reply.calls.map((call, index) => ({
      type: 'tool_use',
      id: `toolu_${request.instance}_${request.attempt}_${request.number}_${index}`.replaceAll(/[^\w-]/g, '_'),
      name: call.name,
      input: call.input,
    })),
  ]
  const stopReason = reply.calls.length > 0 ? 'tool_use' : 'end_turn'
  const message = { id, type: 'message', role: 'assistant', model: request.model }
  if (!request.stream) {
    const whole = {
      ...message,
      content: blocks,
      stop_reason: stopReason,
      stop_sequence: null,
      usage: { ...usage, output_tokens: tokens.output },
    }
    return {
      status: 200,
      headers: jsonHeaders,
      frames: [{ body: JSON.stringify(whole), usage: tokens }],
      ending: reply.breakOff === 'hang' ? 'hang' : reply.breakOff === undefined ? 'end' : 'cut',
    }
  }
  const start = {
    ...message,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { ...usage, output_tokens: opening.output },
  }
  const frames: Frame[] = [{ body: serverSentEvent('message_start', { message: start }), usage: opening }]
  for (const [index, block] of blocks.entries()) frames.push(...blockFrames(index, block, reply))
  if (reply.breakOff !== undefined) {
    if (reply.breakOff === 'error')
      frames.push({
        body: serverSentEvent('error', { error: { type: 'overloaded_error', message: 'Simulated stream error' } }),
      })
    return { status: 200, headers: streamHeaders, frames, ending: reply.breakOff === 'error' ? 'end' : reply.breakOff }
  }
  const delta = {
    delta: { stop_reason: stopReason, stop_sequence: null },
    usage: { ...usage, output_tokens: tokens.output },
  }
  frames.push(
    { body: serverSentEvent('message_delta', delta), usage: tokens },
    { body: serverSentEvent('message_stop', {}) },
  )
  return { status: 200, headers: streamHeaders, frames, ending: 'end' }
}

function blockFrames(
  index: number,
  block: { type: string; text?: string; input?: object | string },
  reply: ResolvedReply,
): Frame[] {
  const isText = block.text !== undefined
  const empty = isText ? { type: 'text', text: '' } : { ...block, input: {} }
  const source = block.text ?? JSON.stringify(block.input)
  const whole = piecesOf(source, isText ? reply.chunks : 2)
  const pieces = reply.breakOff === undefined ? whole : whole.slice(0, Math.ceil(whole.length / 2))
  const frames: Frame[] = [{ body: serverSentEvent('content_block_start', { index, content_block: empty }) }]
  for (const piece of pieces) {
    const delta = isText ? { type: 'text_delta', text: piece } : { type: 'input_json_delta', partial_json: piece }
    frames.push({ body: serverSentEvent('content_block_delta', { index, delta }), pauseMs: reply.chunkDelayMs })
  }
  if (reply.breakOff === undefined) frames.push({ body: serverSentEvent('content_block_stop', { index }) })
  return frames
}

/** Reads a body of Anthropic's `POST /v1/messages`. */
function readMessagesRequest(body: JsonObject, address: Address): ModelRequest {
  const messages = objectsOf(body['messages'])
  const tools = objectsOf(body['tools'])
  const structured = tools.find((tool) => tool['name'] === 'StructuredOutput')
  const schema = structured?.['input_schema']
  return {
    ...address,
    model: textOf(body['model']),
    prompt: promptOf(messages, ownBlock),
    size: spoken(messages).reduce(
      (sum, { content }) => sum + contentText(content, ownBlock).length + otherSize(content),
      0,
    ),
    tools: tools.map((tool) => textOf(tool['name'])),
    ...(isObject(schema) && { schema: { schema, tool: 'StructuredOutput' } }),
    stream: body['stream'] === true,
    ...markedPart(body, messages),
  }
}

/**
 * The last block of a message of the user that is marked and is not its end: a prompt that others share the start of. Its bytes and those before it, tools
 * and system included, are what the API compares: https://docs.claude.com/en/docs/build-with-claude/prompt-caching
 */
function markedPart(body: JsonObject, messages: readonly JsonObject[]): Pick<ModelRequest, 'marked'> {
  const at = messages.findIndex((message) => message['role'] === 'user')
  const blocks = objectsOf(messages[at]?.['content'])
  const last = blocks
    .slice(0, -1)
    .findLastIndex((block) => block['type'] === 'text' && isObject(block['cache_control']))
  if (last === -1) return {}
  const before = [body['model'], body['tools'], body['system'], messages.slice(0, at), blocks.slice(0, last + 1)]
  const hash = createHash('sha256').update(JSON.stringify(before)).digest('hex')
  return { marked: { name: hash, size: contentText(blocks.slice(0, last + 1), ownBlock).length } }
}
