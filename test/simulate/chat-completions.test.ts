import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { simulatedModels } from '../../src/agents/registry.ts'
import { loadPatterns } from '../../src/core/pattern.ts'
import { readLedger } from '../../src/simulate/ledger.ts'
import { parseRules } from '../../src/simulate/rules.ts'
import { type Simulation, startSimulation } from '../../src/simulate/server.ts'
import { plainRedactor } from '../agents/rig.ts'

await loadPatterns()

const rules = `
rules:
  - match: { prompt: use the tool }
    replies: [{ tools: [{ run: ls }], usage: { input: 5, cache-read: 4, cache-write: 3, output: 9 } }]
  - match: { prompt: refuse }
    reply: { error: { status: 429, message: slow down, retry-after: 2 } }
  - match: { prompt: break }
    reply: { text: 0123456789, chunks: 2, stream-error: true }
`

interface Chunk {
  readonly choices: readonly { readonly delta?: { content?: string; tool_calls?: unknown[] }; finish_reason?: string }[]
  readonly usage?: Readonly<Record<string, unknown>>
  readonly error?: object
}

describe('the Chat Completions API of the simulation', () => {
  let folder: string
  let simulation: Simulation
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'chat-'))
    const parsed = parseRules('rules.yml', rules)
    assert.deepEqual(parsed.diagnostics, [])
    simulation = await startSimulation({
      rules: parsed.rules,
      ledgerPath: join(folder, 'ledger.ndjson'),
      redactor: plainRedactor,
      models: await simulatedModels(),
    })
  })
  after(async () => {
    await simulation.close()
    rmSync(folder, { recursive: true })
  })

  const ask = (instance: string, prompt: string, rest: object = {}): Promise<Response> =>
    fetch(`${simulation.endpoint(instance, 1).baseUrl}/v1/chat/completions`, {
      method: 'POST',
      body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: prompt }], ...rest }),
    })
  const tool = (name: string, parameters: object = {}): object => ({
    tools: [{ type: 'function', function: { name, parameters } }],
  })
  const chunksOf = async (response: Response): Promise<Chunk[]> =>
    (await response.text())
      .split('\n\n')
      .filter((line) => line.startsWith('data: {'))
      .map((line) => JSON.parse(line.slice('data: '.length)) as Chunk)

  it('streams an answer in pieces, its usage last', async () => {
    const response = await ask('streamed', 'hello', { stream: true })
    assert.equal(response.headers.get('content-type'), 'text/event-stream')
    const chunks = await chunksOf(response)
    const text = chunks.map(({ choices }) => choices[0]?.delta?.content ?? '').join('')
    assert.match(text, /^Simulated answer of streamed \(m\): the request held 5 characters/)
    assert.deepEqual(chunks.at(-1)?.choices, [])
    assert.equal(chunks.at(-2)?.choices[0]?.finish_reason, 'stop')
  })

  it('calls the shell tool that is offered, and counts what is written to the cache as input', async () => {
    const chunks = await chunksOf(await ask('tool', 'use the tool', { stream: true, ...tool('bash') }))
    const [call] = chunks.flatMap(({ choices }) => choices[0]?.delta?.tool_calls ?? [])
    assert.partialDeepStrictEqual(call, { index: 0, type: 'function', function: { name: 'bash' } })
    assert.equal(chunks.at(-2)?.choices[0]?.finish_reason, 'tool_calls')
    assert.partialDeepStrictEqual(chunks.at(-1)?.usage, {
      prompt_tokens: 12,
      completion_tokens: 9,
      prompt_tokens_details: { cached_tokens: 4 },
    })
    const served = readLedger(join(folder, 'ledger.ndjson'), assert.fail).find(({ instance }) => instance === 'tool')
    assert.deepEqual(served?.usage, { input: 8, cacheRead: 4, cacheWrite: 0, output: 9 })
  })

  it('answers a schema as the request asks for it: as the text, or by a tool', async () => {
    const schema = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] }
    const inText = await ask('schema', 'hello', { response_format: { type: 'json_schema', json_schema: { schema } } })
    const { choices } = (await inText.json()) as { choices: { message: { content: string } }[] }
    assert.deepEqual(JSON.parse(choices[0]?.message.content ?? ''), { n: 0 })
    const chunks = await chunksOf(await ask('by-tool', 'hello', { stream: true, ...tool('structured_output', schema) }))
    const [call] = chunks.flatMap(({ choices: [choice] }) => choice?.delta?.tool_calls ?? [])
    assert.partialDeepStrictEqual(call, { function: { name: 'structured_output', arguments: '{"n":0}' } })
  })

  it('refuses as OpenAI does, and breaks off with an error of the stream', async () => {
    const refused = await ask('refused', 'refuse')
    assert.equal(refused.status, 429)
    assert.equal(refused.headers.get('retry-after'), '2')
    assert.partialDeepStrictEqual(await refused.json(), {
      error: { message: 'slow down', code: 'rate_limit_exceeded' },
    })
    const chunks = await chunksOf(await ask('broken', 'break', { stream: true }))
    assert.ok(chunks.at(-1)?.error)
    assert.ok(chunks.every(({ usage }) => usage === undefined))
  })
})
