import type { ServerResponse } from 'node:http'
import type { Step, Tokens } from './ledger-server.ts'

/** A request and what it is to be answered. */
export interface Call {
  readonly id: string
  readonly model: string
  readonly stream: boolean
  /** Names of shell tools that it offers. */
  readonly tools: readonly string[]
  readonly step: Step
  readonly tokens: Tokens
  readonly charge: (part: Tokens) => void
}

/** The usage as a step tells it: as it is, with zeros, or not at all. */
export const shown = ({ tells }: Step, usage: Readonly<Record<string, unknown>>, key = 'usage'): object => {
  if (tells === 'nothing') return {}
  if (tells === undefined) return { [key]: usage }
  const zero = (value: unknown): unknown =>
    typeof value === 'number'
      ? 0
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, zero(inner)]))
        : value
  return { [key]: zero(usage) }
}

/** What these APIs say of tokens: nothing of what was written to a cache, which is part of the input. */
const told = (tokens: Tokens): Tokens => ({ ...tokens, input: tokens.input + tokens.cacheWrite, cacheWrite: 0 })

const commandsOf = ({ step, tools }: Call): { name: string; input: object }[] => [
  ...(step.run ?? []).map((command) => ({ name: tools[0] ?? 'bash', input: { command, description: 'run' } })),
  ...(step.call ?? []),
]

/** An answer of OpenAI's Chat Completions API. */
export function answerChat(response: ServerResponse, call: Call): void {
  const { id, model, stream, step, charge } = call
  const tokens = told(call.tokens)
  const usage = {
    prompt_tokens: tokens.input + tokens.cacheRead,
    prompt_tokens_details: { cached_tokens: tokens.cacheRead },
    completion_tokens: tokens.output,
    completion_tokens_details: { reasoning_tokens: tokens.reasoning },
    total_tokens: tokens.input + tokens.cacheRead + tokens.output,
  }
  const calls = commandsOf(call).map(({ name, input }, index) => ({
    index,
    id: `call_${id}_${index}`,
    type: 'function',
    function: { name, arguments: JSON.stringify(input) },
  }))
  const stop = step.stopReason === 'max_tokens' ? 'length' : calls.length > 0 ? 'tool_calls' : 'stop'
  const head = { id: `chatcmpl-${id}`, created: 0, model }
  if (!stream) {
    response.writeHead(200, { 'content-type': 'application/json' })
    const message = { role: 'assistant', content: step.text ?? '', ...(calls.length > 0 && { tool_calls: calls }) }
    const choices = [{ index: 0, message, finish_reason: stop }]
    response.write(JSON.stringify({ ...head, object: 'chat.completion', choices, ...shown(step, usage) }))
    return charge(tokens)
  }
  const send = (fields: object): void => {
    response.write(`data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', ...fields })}\n\n`)
  }
  const delta = (of: object, reason: string | null = null): void =>
    send({ choices: [{ index: 0, delta: of, finish_reason: reason }] })
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  delta({ role: 'assistant', content: '' })
  const text = step.text ?? ''
  if (text !== '') delta({ content: step.breakOff === undefined ? text : text.slice(0, Math.ceil(text.length / 2)) })
  if (step.breakOff !== undefined) {
    if (step.breakOff === 'error') response.write('data: {"error":{"message":"Overloaded","code":500}}\n\n')
    return charge(tokens)
  }
  if (calls.length > 0) delta({ tool_calls: calls })
  delta({}, stop)
  if (step.tells !== 'nothing') send({ choices: [], ...shown(step, usage) })
  response.write('data: [DONE]\n\n')
  return charge(tokens)
}

/** An answer of Google's generateContent API. */
export function answerGenerateContent(response: ServerResponse, call: Call): void {
  const { model, stream, step, charge } = call
  const tokens = told(call.tokens)
  const usage = {
    promptTokenCount: tokens.input + tokens.cacheRead,
    cachedContentTokenCount: tokens.cacheRead,
    candidatesTokenCount: tokens.output - tokens.reasoning,
    thoughtsTokenCount: tokens.reasoning,
    totalTokenCount: tokens.input + tokens.cacheRead + tokens.output,
  }
  const calls = commandsOf(call).map(({ name, input }) => ({ functionCall: { name, args: input } }))
  const text = step.text === undefined ? [] : [{ text: step.text }]
  const chunk = (parts: readonly object[], rest: object = {}): object => ({
    candidates: [{ content: { role: 'model', parts }, index: 0, ...rest }],
    modelVersion: model,
  })
  const reason = { finishReason: step.stopReason === 'max_tokens' ? 'MAX_TOKENS' : 'STOP' }
  const last = { ...chunk([...text, ...calls], reason), ...shown(step, usage, 'usageMetadata') }
  if (!stream) {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.write(JSON.stringify(last))
    return charge(tokens)
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  if (step.breakOff !== undefined)
    response.write(`data: ${JSON.stringify(chunk([{ text: (step.text ?? '').slice(0, 2) }]))}\r\n\r\n`)
  else response.write(`data: ${JSON.stringify(last)}\r\n\r\n`)
  return charge(tokens)
}
