import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { simulatedModels } from '../../src/agents/registry.ts'
import type { Redactor } from '../../src/core/redactor.ts'
import { loadPatterns } from '../../src/core/pattern.ts'
import { parseRules } from '../../src/simulate/rules.ts'
import { readLedger, type LedgerEntry } from '../../src/simulate/ledger.ts'
import { type Simulation, startSimulation } from '../../src/simulate/server.ts'

await loadPatterns()

const redactor: Redactor = {
  text: (value) => value.replaceAll('hush', '***'),
  stream: () => ({ push: (chunk) => chunk, end: () => new Uint8Array() }),
}

const rules = `
rules:
  - match: { prompt: cut }
    reply: { text: 0123456789, chunks: 10, cut: true, usage: { input: 5, cache-read: 4, cache-write: 3, output: 50 } }
  - match: { prompt: hang }
    reply: { text: 0123456789, hang: true, usage: { input: 5, output: 50 } }
  - match: { prompt: error }
    reply: { error: { status: 529, message: busy, retry-after: 3 } }
  - match: { prompt: emoji }
    reply: { text: "👩‍💻👩‍💻👩‍💻", chunks: 9 }
`

let directory: string
let simulation: Simulation
before(async () => {
  directory = mkdtempSync(join(tmpdir(), 'simulate-'))
  const parsed = parseRules('rules.yml', rules)
  assert.deepEqual(parsed.diagnostics, [])
  simulation = await startSimulation({
    rules: parsed.rules,
    ledgerPath: join(directory, 'ledger.ndjson'),
    redactor,
    models: await simulatedModels(),
  })
})
after(async () => {
  await simulation.close()
  rmSync(directory, { recursive: true })
})

const ledger = (instance: string): LedgerEntry[] =>
  readLedger(join(directory, 'ledger.ndjson'), assert.fail).filter((entry) => entry.instance === instance)

const post = (instance: string, path: string, body: object, signal?: AbortSignal): Promise<Response> =>
  fetch(`${simulation.endpoint(instance, 1).baseUrl}${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    ...(signal && { signal }),
  })

const messages = (prompt: string, stream: boolean): object => ({
  model: 'm',
  stream,
  messages: [{ role: 'user', content: [{ type: 'text', text: prompt }] }],
})

const responses = (stream: boolean, format?: object): object => ({
  model: 'm',
  stream,
  input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'hello' }] }],
  ...(format && { text: { format } }),
})

/** The data of each server-sent event. */
const eventsOf = (text: string): { type: string; [key: string]: unknown }[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('data: '))
    .map((line) => JSON.parse(line.slice(6)) as { type: string })

const eventually = async (holds: () => boolean): Promise<void> => {
  const deadline = performance.now() + 5000
  while (!holds()) {
    assert.ok(performance.now() < deadline, 'the condition did not come true within 5 s')
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
  }
}

describe('the Messages API', () => {
  it('streams an answer whose pieces are whole characters', async () => {
    const response = await post('emoji', '/v1/messages?beta=true', messages('emoji', true))
    const events = eventsOf(await response.text())
    assert.deepEqual(
      [...new Set(events.map(({ type }) => type))],
      [
        'message_start',
        'content_block_start',
        'content_block_delta',
        'content_block_stop',
        'message_delta',
        'message_stop',
      ],
    )
    const pieces = events.flatMap((event) => {
      const { delta } = event as { delta?: { text?: string } }
      return delta?.text === undefined ? [] : [delta.text]
    })
    assert.ok(pieces.length > 1)
    assert.equal(pieces.join(''), '👩‍💻👩‍💻👩‍💻')
    assert.ok(pieces.every((piece) => piece.isWellFormed()))
  })

  it('answers whole where no stream is asked for, and enters what it said', async () => {
    const response = await post('whole', '/v1/messages', messages('hello', false))
    const body = (await response.json()) as { content: { text: string }[]; usage: Record<string, number> }
    assert.match(body.content[0]?.text ?? '', /^Simulated answer of whole/)
    await eventually(() => ledger('whole').length === 1)
    assert.deepEqual(ledger('whole')[0], {
      instance: 'whole',
      attempt: 1,
      path: '/v1/messages',
      model: 'm',
      usage: {
        input: body.usage['input_tokens'],
        cacheRead: body.usage['cache_read_input_tokens'],
        cacheWrite: body.usage['cache_creation_input_tokens'],
        output: body.usage['output_tokens'],
      },
    })
  })

  it('counts of a cut stream what was sent', async () => {
    const response = await post('cutter', '/v1/messages', messages('cut', true))
    await assert.rejects(response.text())
    await eventually(() => ledger('cutter').length === 1)
    assert.deepEqual(ledger('cutter')[0]?.usage, { input: 5, cacheRead: 4, cacheWrite: 3, output: 1 })
  })

  it('counts a stream that the client left', async () => {
    const controller = new AbortController()
    const response = await post('leaver', '/v1/messages', messages('hang', true), controller.signal)
    const reader = response.body?.getReader()
    assert.match(Buffer.from((await reader?.read())?.value ?? []).toString(), /message_start/)
    assert.equal(ledger('leaver').length, 0)
    controller.abort()
    await eventually(() => ledger('leaver').length === 1)
    assert.equal(ledger('leaver')[0]?.usage.input, 5)
  })

  it('refuses with a status, at no cost', async () => {
    const response = await post('error', '/v1/messages', messages('error', true))
    assert.equal(response.status, 529)
    assert.equal(response.headers.get('retry-after'), '3')
    assert.deepEqual(await response.json(), { type: 'error', error: { type: 'overloaded_error', message: 'busy' } })
    await eventually(() => ledger('error').length === 1)
    assert.deepEqual(ledger('error')[0]?.usage, { input: 0, cacheRead: 0, cacheWrite: 0, output: 0 })
  })

  it('counts tokens', async () => {
    const response = await post('count', '/v1/messages/count_tokens', messages('hello', false))
    assert.ok(((await response.json()) as { input_tokens: number }).input_tokens > 0)
    assert.equal(ledger('count').length, 0)
  })
})

describe('the Responses API', () => {
  it('streams an answer, its input counting the cached tokens', async () => {
    const events = eventsOf(await (await post('responses', '/v1/responses', responses(true))).text())
    const last = events.at(-1) as { type: string; response: { usage: Record<string, number> } }
    assert.equal(last.type, 'response.completed')
    await eventually(() => ledger('responses').length === 1)
    const usage = ledger('responses')[0]?.usage
    assert.ok(usage)
    assert.equal(last.response.usage['input_tokens'], usage.input + usage.cacheRead + usage.cacheWrite)
  })

  it('answers with JSON where a schema is asked for', async () => {
    const format = { type: 'json_schema', schema: { type: 'object', required: ['a'], properties: { a: { const: 1 } } } }
    const response = await post('structured', '/v1/responses', responses(false, format))
    const { output } = (await response.json()) as { output: { content: { text: string }[] }[] }
    assert.equal(output[0]?.content[0]?.text, '{"a":1}')
  })
})

describe('the server', () => {
  it('knows no other address', async () => {
    assert.equal((await post('other', '/v1/other', {})).status, 404)
    const { port } = new URL(simulation.endpoint('x', 1).baseUrl)
    assert.equal((await fetch(`http://127.0.0.1:${port}/v1/messages`, { method: 'POST', body: '{}' })).status, 404)
  })

  it('survives a body that is not JSON', async () => {
    const response = await fetch(`${simulation.endpoint('bad', 1).baseUrl}/v1/messages`, {
      method: 'POST',
      body: 'nonsense',
    })
    assert.equal(response.status, 200)
  })

  it('keeps secrets out of its ledger', async () => {
    await (await post('hush-hush', '/v1/messages', messages('hello', false))).text()
    await eventually(() => ledger('***-***').length === 1)
  })
})
