import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { listen, readBody } from '../rig/loopback.ts'
import { answerChat, answerGenerateContent, type Call, shown } from './ledger-answers.ts'

/** Tokens of one request; `input` excludes what the cache gave and took, `output` includes `reasoning`. */
export interface Tokens {
  readonly input: number
  readonly cacheRead: number
  readonly cacheWrite: number
  readonly output: number
  readonly reasoning: number
}

/** What the server does with one request. */
export interface Step {
  readonly text?: string
  /** Tool calls: shell commands, or a tool by name. */
  readonly run?: readonly string[]
  readonly call?: readonly { readonly name: string; readonly input: object }[]
  readonly usage?: Partial<Tokens>
  /** The usage is left out of the answer, or all of its figures are zero. */
  readonly tells?: 'nothing' | 'zeros'
  readonly status?: number
  readonly message?: string
  readonly retryAfter?: number
  /** After half of the text: the connection is reset, an error event is sent, or nothing more comes. */
  readonly breakOff?: 'reset' | 'error' | 'stall'
  readonly stopReason?: string
}

/** A model server of the tests' own: it shares no line with the simulation, so that neither can hide the other's mistakes. */
export interface LedgerServer {
  /** The base URL of a scenario; its steps answer its requests in order, the last one all that follow. `choose` sees the request instead. */
  open(name: string, steps: readonly Step[] | ((request: ModelCall) => Step)): string
  /** Where a scenario is, or will be. */
  urlOf(name: string): string
  /** What a scenario was served: all that was sent, and by how many requests that were answered with anything. */
  served(name: string): Tokens & { readonly requests: number; readonly asked: number }
  close(): Promise<void>
}

/** What a step may be chosen by. */
export interface ModelCall {
  readonly number: number
  readonly body: string
  readonly model: string
  readonly headers: IncomingMessage['headers']
}

interface Scenario {
  readonly choose: (request: ModelCall) => Step
  asked: number
  requests: number
  tokens: Tokens
}

const noTokens: Tokens = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 }
const usual: Tokens = { input: 1000, cacheRead: 400, cacheWrite: 200, output: 50, reasoning: 0 }

const add = (a: Tokens, b: Tokens): Tokens => ({
  input: a.input + b.input,
  cacheRead: a.cacheRead + b.cacheRead,
  cacheWrite: a.cacheWrite + b.cacheWrite,
  output: a.output + b.output,
  reasoning: a.reasoning + b.reasoning,
})

const event = (type: string, fields: object): string =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`

/** Starts the server on a free port of 127.0.0.1. */
export async function openLedgerServer(): Promise<LedgerServer> {
  const scenarios = new Map<string, Scenario>()
  const stalled = new Set<ServerResponse>()

  const serve = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, name = '', path = ''] = /^\/s\/([^/]+)(\/[^?]*)/.exec(message.url ?? '') ?? []
    const body = await readBody(message)
    const scenario = scenarios.get(decodeURIComponent(name))
    const [answerCall, model] = answererOf(path)
    if (scenario === undefined || message.method !== 'POST' || answerCall === undefined) {
      response.writeHead(message.method === 'HEAD' ? 200 : 404).end('{}')
      return
    }
    const request = JSON.parse(body) as { model?: string; stream?: boolean }
    const number = ++scenario.asked
    const step = scenario.choose({ number, body, model: request.model ?? model, headers: message.headers })
    if (step.status !== undefined) return refuse(response, step, step.status)
    const tokens = { ...usual, ...step.usage }
    const charge = (part: Tokens): void => {
      scenario.tokens = add(scenario.tokens, part)
      scenario.requests += 1
    }
    const call: Call = {
      id: `${name.replaceAll(/\W/g, '_')}_${number}`,
      model: request.model ?? model,
      stream: request.stream === true || path.endsWith(':streamGenerateContent'),
      tools: ['exec_command', 'shell_command', 'exec', 'run_shell_command', 'bash'].filter((tool) =>
        body.includes(`"name":"${tool}"`),
      ),
      step,
      tokens,
      charge,
    }
    answerCall(response, call)
    if (step.breakOff === 'stall') stalled.add(response)
    else if (step.breakOff === 'reset') response.write('\n', () => response.socket?.resetAndDestroy())
    else response.end()
  }

  const server = createServer((message, response) => void serve(message, response).catch(() => response.destroy()))
  const listening = await listen(server)
  const urlOf = (name: string): string => `${listening.url}/s/${encodeURIComponent(name)}`
  return {
    urlOf,
    open(name, steps) {
      const choose =
        typeof steps === 'function'
          ? steps
          : ({ number }: ModelCall): Step => steps[Math.min(number, steps.length) - 1] ?? {}
      scenarios.set(name, { choose, asked: 0, requests: 0, tokens: noTokens })
      return urlOf(name)
    },
    served(name) {
      const { tokens, requests, asked } = scenarios.get(name) ?? { tokens: noTokens, requests: 0, asked: 0 }
      return { ...tokens, requests, asked }
    },
    async close() {
      for (const response of stalled) response.destroy()
      await listening.close()
    },
  }
}

/** How a path is answered, and the model that it names. */
function answererOf(path: string): [((response: ServerResponse, call: Call) => void) | undefined, string] {
  if (path === '/v1/messages') return [answerMessages, 'm']
  if (path === '/v1/responses') return [answerResponses, 'm']
  if (path === '/v1/chat/completions') return [answerChat, 'm']
  const [, model] = /^\/v1(?:beta)?\/models\/([^:]+):(?:stream)?[gG]enerateContent$/.exec(path) ?? []
  return [model === undefined ? undefined : answerGenerateContent, model ?? 'm']
}

function refuse(response: ServerResponse, { message = 'refused', retryAfter }: Step, status: number): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
  })
  response.end(
    JSON.stringify({ type: 'error', error: { type: 'api_error', message, code: status, status: 'REFUSED' } }),
  )
}

function answerMessages(response: ServerResponse, { id, model, stream, step, tokens, charge }: Call): void {
  const usage = {
    input_tokens: tokens.input,
    cache_read_input_tokens: tokens.cacheRead,
    cache_creation_input_tokens: tokens.cacheWrite,
  }
  const calls = [
    ...(step.run ?? []).map((command) => ({ name: 'Bash', input: { command, description: 'run' } })),
    ...(step.call ?? []),
  ]
  const blocks: Record<string, unknown>[] = [
    ...(step.text === undefined ? [] : [{ type: 'text', text: step.text }]),
    ...calls.map((call, index) => ({ type: 'tool_use', id: `toolu_${id}_${index}`, ...call })),
  ]
  const stop = step.stopReason ?? (calls.length > 0 ? 'tool_use' : 'end_turn')
  const head = { id: `msg_${id}`, type: 'message', role: 'assistant', model, stop_sequence: null }
  if (!stream) {
    response.writeHead(200, { 'content-type': 'application/json' })
    const told = shown(step, { ...usage, output_tokens: tokens.output })
    response.write(JSON.stringify({ ...head, content: blocks, stop_reason: stop, ...told }))
    return charge(tokens)
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const start = shown(step, { ...usage, output_tokens: 1 })
  response.write(event('message_start', { message: { ...head, content: [], stop_reason: null, ...start } }))
  for (const [index, block] of blocks.entries()) {
    const isText = block['type'] === 'text'
    const empty = isText ? { type: 'text', text: '' } : { ...block, input: {} }
    response.write(event('content_block_start', { index, content_block: empty }))
    const whole = isText ? String(block['text']) : JSON.stringify(block['input'])
    const sent = step.breakOff === undefined ? whole : whole.slice(0, Math.ceil(whole.length / 2))
    const delta = isText ? { type: 'text_delta', text: sent } : { type: 'input_json_delta', partial_json: sent }
    response.write(event('content_block_delta', { index, delta }))
    if (step.breakOff === undefined) response.write(event('content_block_stop', { index }))
  }
  if (step.breakOff !== undefined) {
    if (step.breakOff === 'error')
      response.write(event('error', { error: { type: 'overloaded_error', message: 'Overloaded' } }))
    return charge({ ...tokens, output: 1, reasoning: 0 })
  }
  response.write(
    event('message_delta', {
      delta: { stop_reason: stop, stop_sequence: null },
      ...shown(step, {
        ...usage,
        output_tokens: tokens.output,
        ...(tokens.reasoning > 0 && { output_tokens_details: { thinking_tokens: tokens.reasoning } }),
      }),
    }),
  )
  response.write(event('message_stop', {}))
  return charge(tokens)
}

function answerResponses(response: ServerResponse, { id, model, stream, tools, step, tokens, charge }: Call): void {
  const items: Record<string, unknown>[] = [
    ...(step.text === undefined
      ? []
      : [
          {
            type: 'message',
            id: `msg_${id}`,
            role: 'assistant',
            status: 'completed',
            content: [{ type: 'output_text', text: step.text, annotations: [] }],
          },
        ]),
    ...(step.run ?? []).map((command, index) => shellCall(tools, command, `${id}_${index}`)),
    ...(step.call ?? []).map(({ name, input }, index) => ({
      type: 'function_call',
      id: `fc_${id}_${index}`,
      call_id: `call_${id}_${index}`,
      name,
      arguments: JSON.stringify(input),
      status: 'completed',
    })),
  ]
  const usage = {
    input_tokens: tokens.input + tokens.cacheRead + tokens.cacheWrite,
    input_tokens_details: { cached_tokens: tokens.cacheRead, cache_write_tokens: tokens.cacheWrite },
    output_tokens: tokens.output,
    output_tokens_details: { reasoning_tokens: tokens.reasoning },
    total_tokens: tokens.input + tokens.cacheRead + tokens.cacheWrite + tokens.output,
  }
  const head = { id: `resp_${id}`, object: 'response', created_at: 0, model }
  const whole = { ...head, status: 'completed', output: items, ...shown(step, usage) }
  if (!stream) {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.write(JSON.stringify(whole))
    return charge(tokens)
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const begun = { ...head, status: 'in_progress', output: [], usage: null }
  response.write(event('response.created', { response: begun }))
  for (const [index, item] of items.entries()) {
    response.write(
      event('response.output_item.added', { output_index: index, item: { ...item, status: 'in_progress' } }),
    )
    if (step.breakOff !== undefined) continue
    if (item['type'] === 'message') {
      const place = { output_index: index, item_id: item['id'], content_index: 0 }
      response.write(event('response.output_text.delta', { ...place, delta: step.text }))
    }
    response.write(event('response.output_item.done', { output_index: index, item }))
  }
  if (step.breakOff !== undefined) {
    if (step.breakOff === 'error')
      response.write(
        event('response.failed', {
          response: { ...begun, status: 'failed', error: { code: 'server_error', message: 'Overloaded' } },
        }),
      )
    return charge(tokens)
  }
  response.write(event('response.completed', { response: whole }))
  return charge(tokens)
}

function shellCall(tools: readonly string[], command: string, id: string): Record<string, unknown> {
  if (!tools.includes('exec_command') && tools.includes('exec')) {
    const input = `text(await tools.exec_command(${JSON.stringify({ cmd: command })}))`
    return {
      type: 'custom_tool_call',
      id: `ctc_${id}`,
      call_id: `call_${id}`,
      name: 'exec',
      input,
      status: 'completed',
    }
  }
  const [name, input] = tools.includes('exec_command')
    ? ['exec_command', { cmd: command }]
    : tools.includes('shell_command')
      ? ['shell_command', { command }]
      : ['shell', { command: ['bash', '-lc', command] }]
  const call = { type: 'function_call', id: `fc_${id}`, call_id: `call_${id}`, name, status: 'completed' }
  return { ...call, arguments: JSON.stringify(input) }
}
