import type { Json, JsonObject } from '../core/json.ts'
import { type Answer, type Frame, jsonHeaders, piecesOf, streamHeaders } from './frame.ts'
import type { ModelApi } from './model-api.ts'
import { type Address, type ModelRequest, objectsOf, textOf } from './model-request.ts'
import { isObject } from '../core/is-object.ts'
import { noUsage, type ReplyError, type ServedUsage } from './reply.ts'
import type { ResolvedReply } from './resolved-reply.ts'

/** Google's Gemini API: https://ai.google.dev/api/generate-content */
export const generateContentApi: ModelApi = {
  path: /^\/v1(?:beta)?\/models\/(?<model>[^/:]+):(?<method>generateContent|streamGenerateContent)$/,
  read: readRequest,
  answer,
  error,
  aside: (path, body) =>
    path.endsWith(':countTokens') ? { totalTokens: Math.ceil(JSON.stringify(body).length / 4) } : undefined,
}

/** How Gemini CLI begins what it adds to the user's words. */
const ownBlock = /^\s*(?:<session_context>|This is the Gemini CLI)/

const errorNames: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
}

function readRequest(body: JsonObject, address: Address, path: RegExpExecArray): ModelRequest {
  const contents = objectsOf(body['contents'])
  const config = body['generationConfig']
  const schema = isObject(config) ? lowerTypes(config['responseJsonSchema'] ?? config['responseSchema']) : undefined
  const said = contents
    .filter(({ role }) => role === 'user')
    .flatMap(({ parts }) => objectsOf(parts).map(({ text }) => textOf(text)))
    .filter((text) => text !== '' && !ownBlock.test(text))
  return {
    ...address,
    model: path.groups?.['model'] ?? '',
    prompt: said.join('\n'),
    size: contents.reduce((sum, { parts }) => sum + JSON.stringify(parts ?? []).length, 0),
    tools: objectsOf(body['tools']).flatMap(({ functionDeclarations }) =>
      objectsOf(functionDeclarations).map(({ name }) => textOf(name)),
    ),
    ...(isObject(schema) && { schema: { schema } }),
    stream: path.groups?.['method'] === 'streamGenerateContent',
    // Gemini CLI streams what its user asked; it asks a small model which one to take.
    ...(path.groups?.['method'] === 'generateContent' && isObject(schema) && { own: true as const }),
  }
}

/** The API writes the types of a schema in capitals; JSON Schema does not. */
function lowerTypes(schema: Json | undefined): Json | undefined {
  if (Array.isArray(schema)) return schema.map((item: Json) => lowerTypes(item) ?? null)
  if (!isObject(schema)) return schema
  const entries = Object.entries(schema).map(([key, value]): [string, Json] => [
    key,
    key === 'type' && typeof value === 'string' ? value.toLowerCase() : (lowerTypes(value) ?? null),
  ])
  return Object.fromEntries(entries)
}

function error({ status, message, retryAfter }: ReplyError): Answer {
  const body = { error: { code: status, message, status: errorNames[status] ?? 'UNKNOWN' } }
  return {
    status,
    headers: { ...jsonHeaders, ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }) },
    frames: [{ body: JSON.stringify(body), usage: noUsage }],
    ending: 'end',
  }
}

/** The API knows no writing to the cache: what a rule says of it is part of the input. */
const served = ({ input, cacheRead, cacheWrite, output }: ServedUsage): ServedUsage => ({
  input: input + cacheWrite,
  cacheRead,
  cacheWrite: 0,
  output,
})

function answer(request: ModelRequest, reply: ResolvedReply): Answer {
  const usage = served(reply.tokens)
  const prompt = usage.input + usage.cacheRead
  const usageMetadata = {
    promptTokenCount: prompt,
    cachedContentTokenCount: usage.cacheRead,
    candidatesTokenCount: usage.output,
    totalTokenCount: prompt + usage.output,
  }
  const calls = reply.calls.map(({ name, input }) => ({ functionCall: { name, args: input } }))
  const chunk = (parts: readonly object[], rest: object = {}): object => ({
    candidates: [{ content: { role: 'model', parts }, index: 0, ...rest }],
    modelVersion: request.model,
  })
  const last = { finishReason: 'STOP' }
  if (!request.stream) {
    const parts = [...(reply.text === '' ? [] : [{ text: reply.text }]), ...calls]
    const ending = reply.breakOff === 'hang' ? 'hang' : reply.breakOff === undefined ? 'end' : 'cut'
    const body = JSON.stringify({ ...chunk(parts, last), usageMetadata })
    return { status: 200, headers: jsonHeaders, frames: [{ body, usage }], ending }
  }
  const event = (data: object): string => `data: ${JSON.stringify(data)}\r\n\r\n`
  const whole = piecesOf(reply.text, reply.chunks)
  const pieces = reply.breakOff === undefined ? whole : whole.slice(0, Math.ceil(whole.length / 2))
  const frames: Frame[] = pieces.map((text) => ({ body: event(chunk([{ text }])), pauseMs: reply.chunkDelayMs }))
  if (reply.breakOff !== undefined) {
    const ending = reply.breakOff === 'error' ? 'cut' : reply.breakOff
    return { status: 200, headers: streamHeaders, frames, ending }
  }
  frames.push({ body: event({ ...chunk(calls, last), usageMetadata }), usage })
  return { status: 200, headers: streamHeaders, frames, ending: 'end' }
}
