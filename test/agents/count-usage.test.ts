import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type CountedApi, openUsageReader } from '../../src/agents/proxy/count-usage.ts'

const event = (data: object): string => `event: x\ndata: ${JSON.stringify(data)}\n\n`

/** Streams that speak of usage in their text as well, each ending as 7 tokens of input, 5 of output. */
const streams: Readonly<Record<string, string>> = {
  messages: [
    event({ type: 'message_start', message: { model: 'm', usage: { input_tokens: 7, output_tokens: 1 } } }),
    event({ type: 'content_block_delta', delta: { text: 'the usage of "usage": {"output_tokens": 99} ünd 🙂' } }),
    event({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 5 } }),
  ].join(''),
  responses: [
    event({ type: 'response.output_text.delta', delta: '"usage":{"input_tokens":99}' }),
    event({ type: 'response.completed', response: { model: 'm', usage: { input_tokens: 7, output_tokens: 5 } } }),
  ].join(''),
  'generate-content': [
    event({ modelVersion: 'm', usageMetadata: { promptTokenCount: 7, candidatesTokenCount: 1 } }),
    event({ modelVersion: 'm', usageMetadata: { promptTokenCount: 7, candidatesTokenCount: 5 } }),
  ].join('\r\n'),
  'chat-completions': [
    event({ model: 'm', choices: [{ delta: { content: 'usage' } }], usage: null }),
    event({ model: 'm', choices: [], usage: { prompt_tokens: 7, completion_tokens: 5 } }),
    'data: [DONE]',
  ].join(''),
}

describe('the usage in a stream', () => {
  for (const [api, text] of Object.entries(streams))
    it(`of ${api} is found however it is cut`, () => {
      const bytes = Buffer.from(text)
      for (let size = 1; size <= bytes.length; size++) {
        const reader = openUsageReader(api as CountedApi, 'text/event-stream')
        for (let at = 0; at < bytes.length; at += size) reader.take(bytes.subarray(at, at + size))
        const count = reader.end(true)
        assert.deepEqual([count?.model, count?.usage.input, count?.usage.output, count?.complete], ['m', 7, 5, true])
      }
    })

  it('is found behind a line that is longer than any event', () => {
    const reader = openUsageReader('responses', 'text/event-stream')
    const megabyte = Buffer.alloc(1_048_576, 'x')
    reader.take(Buffer.from('data: "usage'))
    for (let count = 0; count < 40; count++) reader.take(megabyte)
    reader.take(Buffer.from(`\n${streams['responses']}`))
    assert.equal(reader.end(true)?.usage.output, 5)
  })

  it('is found in the last line of an answer that breaks off', () => {
    const reader = openUsageReader('messages', 'text/event-stream')
    reader.take(Buffer.from((streams['messages'] ?? '').split('\n\n')[0] ?? ''))
    const { usage, complete } = reader.end(false) ?? {}
    assert.deepEqual([usage?.input, usage?.output, complete], [7, 1, false])
  })
})
