import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, before, describe, it } from 'node:test'
import { openUsageReader } from '../../src/agents/proxy/count-usage.ts'
import type { AttemptEnded } from '../../src/core/event.ts'
import type { Task } from '../../src/core/task.ts'
import { unexpectedWarning } from '../../src/launch/unexpected-warning.ts'
import { listen, type Listening, readBody } from '../rig/loopback.ts'
import { openLedgerServer, type LedgerServer } from './ledger-server.ts'
import { openRig, type Rig, taskOf } from './rig.ts'

/** Counts an answer that comes byte by byte. */
function countOf(api: Parameters<typeof openUsageReader>[0], type: string, body: string) {
  const reader = openUsageReader(api, type)
  for (const byte of Buffer.from(body)) reader.take(Buffer.from([byte]))
  return reader.end(true)
}
const stream = (...events: readonly object[]): string =>
  events.map((each) => `data: ${JSON.stringify(each)}\r\n\r\n`).join('')
const sse = 'text/event-stream; charset=utf-8'

describe('what an answer says of itself', () => {
  it("is read of Anthropic's stream: the prompt at its beginning, the rest at its end, why it ended", () => {
    const usage = { input_tokens: 5, cache_creation_input_tokens: 9, cache_read_input_tokens: 2, output_tokens: 1 }
    const start = { ...usage, cache_creation: { ephemeral_5m_input_tokens: 3, ephemeral_1h_input_tokens: 6 } }
    const text = { type: 'content_block_delta', delta: { text: 'I say "usage": {"output_tokens": 99}' } }
    const body = stream({ type: 'message_start', message: { model: 'claude-opus-5-5', usage: start } }, text, {
      type: 'message_delta',
      delta: { stop_reason: 'max_tokens' },
      usage: { output_tokens: 40 },
    })
    assert.deepEqual(countOf('messages', sse, body), {
      model: 'claude-opus-5-5',
      usage: { input: 5, cacheRead: 2, cacheWrite: 9, output: 40, reasoning: 0 },
      cacheWrite1h: 6,
      complete: true,
      fault: 'truncated',
    })
  })

  it("is read of OpenAI's, whose last event has it all", () => {
    const usage = {
      input_tokens: 10,
      input_tokens_details: { cached_tokens: 4 },
      output_tokens: 8,
      output_tokens_details: { reasoning_tokens: 3 },
    }
    const response = { model: 'gpt-5.5', usage, incomplete_details: { reason: 'content_filter' } }
    const body = stream(
      { type: 'response.created', response: { usage: null } },
      { type: 'response.incomplete', response },
    )
    assert.deepEqual(countOf('responses', sse, body), {
      model: 'gpt-5.5',
      usage: { input: 6, cacheRead: 4, cacheWrite: 0, output: 8, reasoning: 3 },
      cacheWrite1h: 0,
      complete: true,
      fault: 'refused',
    })
  })

  it("is read of Gemini's: the last figures hold, thoughts are output", () => {
    const chunk = (output: number, finishReason?: string): object => ({
      candidates: [{ finishReason }],
      modelVersion: 'gemini-2.5-pro',
      usageMetadata: {
        promptTokenCount: 20,
        cachedContentTokenCount: 5,
        candidatesTokenCount: output,
        thoughtsTokenCount: 2,
      },
    })
    const expected = {
      model: 'gemini-2.5-pro',
      usage: { input: 15, cacheRead: 5, cacheWrite: 0, output: 9, reasoning: 2 },
      cacheWrite1h: 0,
      complete: true,
      fault: 'truncated',
    }
    assert.deepEqual(countOf('generate-content', sse, stream(chunk(3), chunk(7, 'MAX_TOKENS'))), expected)
    const list = JSON.stringify([chunk(3), chunk(7, 'MAX_TOKENS')])
    assert.deepEqual(countOf('generate-content', 'application/json', list), expected)
  })

  it('is nothing where there is nothing', () => {
    assert.equal(countOf('messages', sse, ': "usage"\n\ndata: nothing "usage"\n\n'), undefined)
    assert.equal(countOf('messages', 'application/json', '<html>'), undefined)
  })
})

describe('what an agent does not say', { concurrency: 2 }, () => {
  let rig: Rig
  let server: LedgerServer
  let google: Listening
  before(async () => {
    rig = await openRig({})
    server = await openLedgerServer()
    google = await listen(
      createServer(async (message, response) => {
        await readBody(message)
        const cut = {
          content: { role: 'model', parts: [{ text: 'Only half of' }] },
          finishReason: 'MAX_TOKENS',
          index: 0,
        }
        const usageMetadata = { promptTokenCount: 9, candidatesTokenCount: 3, totalTokenCount: 12 }
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.end(stream({ candidates: [cut], modelVersion: 'gemini-2.5-pro', usageMetadata }))
      }),
    )
  })
  after(async () => {
    await rig.close()
    await server.close()
    await google.close()
  })
  const noticesOf = (id: string): string[] =>
    rig.events.flatMap((event) => (event.type === 'notice' && event.id === id ? event.message : []))
  const failureOf = (ended: AttemptEnded): string => `${ended.failure?.kind}: ${ended.failure?.detail}`
  const ask = (id: string, runtime: string, rest: Partial<Task>) =>
    rig.run(taskOf(id, runtime, { action: { kind: 'prompt', prompt: 'Please.' }, ...rest }))

  it('is that its answer was cut off: Gemini CLI calls it a success', async () => {
    const ended = await ask('cut', 'gemini', {
      model: 'gemini-2.5-pro',
      credentials: 'proxy',
      env: { GEMINI_API_KEY: 'the-key', GOOGLE_GEMINI_BASE_URL: google.url },
    })
    assert.match(
      JSON.stringify([ended.failure, noticesOf('cut')]),
      /answer was cut off at (?:its length|the token) limit/,
    )
  })

  it('is that it asked another model than the one it was told to', async () => {
    const url = server.open('other', [{ text: 'Done.' }])
    const env = { ANTHROPIC_API_KEY: 'sk-ant-other-000000000000000000000000', ANTHROPIC_BASE_URL: url }
    const ended = await ask('other', 'claude', { model: 'claude-opus-4-1', env })
    assert.equal(ended.failure, null, JSON.stringify(ended.failure))
    assert.deepEqual(noticesOf('other'), [`${ended.model} answered instead of claude-opus-4-1`])
    assert.notEqual(ended.model, 'claude-opus-4-1')
  })

  it('fails an attempt that `expect.no-warnings` rules it out for, and no other', async () => {
    const url = server.open('strict', [{ text: 'Done.' }])
    const env = { ANTHROPIC_API_KEY: 'sk-ant-other-000000000000000000000000', ANTHROPIC_BASE_URL: url }
    const model = 'claude-opus-4-1'
    const mcp = { mcpServers: { broken: { command: '/nonexistent/server' } } }
    const of = (id: string, noWarnings: NonNullable<Task['expect']['noWarnings']>) =>
      ask(id, 'claude', { model, mcp, env, expect: { noWarnings } })
    assert.match(
      failureOf(await of('strict-model', ['model-changed'])),
      /^no-output: .* answered instead of claude-opus-4-1/,
    )
    assert.match(failureOf(await of('strict-mcp', ['mcp-failed'])), /^no-output: the MCP server broken did not start/)
    assert.match(failureOf(await of('strict-all', true)), /^no-output: .*broken did not start.*answered instead of/)
    assert.equal((await of('strict-other', ['denied', 'truncated', 'refused'])).failure, null)
  })

  it('is a tool that was denied', async () => {
    const steps = [{ run: ['touch forbidden.txt'] }, { text: 'I could not.' }]
    const env = { ANTHROPIC_API_KEY: 'sk-ant-other-000000000000000000000000' }
    const of = (id: string, expect: Task['expect']) =>
      ask(id, 'claude', { env: { ...env, ANTHROPIC_BASE_URL: server.open(id, steps) }, expect })
    assert.equal(
      failureOf(await of('denied', { noWarnings: ['denied'] })),
      'denied: 1 tool calls were denied (expect.no-warnings)',
    )
    assert.equal((await of('let', { noWarnings: ['refused'] })).failure, null)
  })

  it('is what only the key proxy sees', async () => {
    const task = taskOf('r', 'pi', {
      action: { kind: 'prompt', prompt: 'Please.' },
      expect: { noWarnings: ['refused'] },
    })
    const remarks = [{ kind: 'refused' as const, text: 'its model refused the last request' }]
    assert.deepEqual(unexpectedWarning(task, { remarks, denials: 0 }), {
      kind: 'no-output',
      detail: 'its model refused the last request (expect.no-warnings)',
    })
  })
})
