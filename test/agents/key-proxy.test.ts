import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { claude } from '../../src/agents/claude/claude.ts'
import { codex } from '../../src/agents/codex/codex.ts'
import { gemini } from '../../src/agents/gemini/gemini.ts'
import type { Agent } from '../../src/agents/agent.ts'
import { type KeyProxy, type Lease, openKeyProxy } from '../../src/agents/proxy/key-proxy.ts'
import { listen, type Listening, readBytes } from '../rig/loopback.ts'

const key = 'the-key-of-the-provider'

let proxy: KeyProxy
const open: Listening[] = []
before(async () => {
  proxy = await openKeyProxy()
})
after(async () => {
  await proxy.close()
  for (const each of open) await each.close()
})

async function upstream(answer: RequestListener): Promise<string> {
  const listening = await listen(createServer(answer))
  open.push(listening)
  return listening.url
}

const variables: Readonly<Record<string, [name: string, url: string]>> = {
  claude: ['ANTHROPIC_API_KEY', 'ANTHROPIC_BASE_URL'],
  codex: ['OPENAI_API_KEY', 'OPENAI_BASE_URL'],
  gemini: ['GEMINI_API_KEY', 'GOOGLE_GEMINI_BASE_URL'],
}

async function lease(agent: Agent, url: string, more: Record<string, string> = {}): Promise<Lease> {
  const [name = '', base = ''] = variables[agent.name] ?? []
  const environment = { [name]: key, [base]: url, ...more }
  const { proxied } = agent
  const login = proxied?.find(environment)
  assert.ok(proxied !== undefined && login !== undefined && !('problem' in login))
  return proxy.lease({ key: proxied, login, environment })
}

interface Answer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** Asks by a path as it stands: `fetch` would tidy it up first. */
async function ask(
  { endpoint }: Pick<Lease, 'endpoint'>,
  path: string,
  options: { method?: string; token?: string; body?: string | Buffer; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const { hostname, port } = new URL(endpoint.baseUrl)
  const outgoing = request({
    hostname,
    port,
    path,
    method: options.method ?? 'POST',
    headers: { 'x-api-key': options.token ?? endpoint.apiKey, ...options.headers },
  })
  outgoing.end(options.body ?? '{}')
  outgoing.on('error', () => {})
  const [message]: IncomingMessage[] = await once(outgoing, 'response')
  assert.ok(message)
  return { status: message.statusCode ?? 0, headers: message.headers, body: (await readBytes(message)).toString() }
}

const event = (type: string, fields: object): string =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`
const opening = event('message_start', {
  message: { model: 'claude-opus-5-5', usage: { input_tokens: 9, cache_read_input_tokens: 4, output_tokens: 1 } },
})
const ending = event('message_delta', { delta: {}, usage: { output_tokens: 7 } })

describe('the key proxy', () => {
  it("puts the provider's key in the place of its token, and the answer goes back as it is", async () => {
    let seen: IncomingMessage['headers'] = {}
    const url = await upstream((message, response) => {
      seen = message.headers
      response.writeHead(200, { 'content-type': 'application/json', 'x-request-id': 'r1' })
      response.end(`{"of":"${message.url}"}`)
    })
    const held = await lease(claude, `${url}/gateway`, { ANTHROPIC_CUSTOM_HEADERS: 'X-Team: red\nx-other:  a: b ' })
    const { status, headers, body } = await ask(held, '/v1/messages?beta=true', {
      headers: { 'anthropic-beta': 'one', authorization: 'Bearer mine', 'x-team': 'blue' },
    })
    assert.deepEqual([status, headers['x-request-id'], body], [200, 'r1', '{"of":"/gateway/v1/messages?beta=true"}'])
    assert.equal(seen['x-api-key'], key)
    assert.deepEqual([seen['anthropic-beta'], seen['x-team'], seen['x-other']], ['one', 'red', 'a: b'])
    assert.equal(seen.authorization, undefined)
    assert.ok(!JSON.stringify(seen).includes(held.endpoint.apiKey))
  })

  it('takes the token where each CLI puts a key, and leads each to the paths of its own API', async () => {
    const seen: string[] = []
    const url = await upstream((message, response) => {
      const { 'x-goog-api-key': google, authorization } = message.headers
      seen.push(`${message.url} ${String(google ?? authorization)}`)
      response.end('{}')
    })
    const openai = await lease(codex, `${url}/openai/v1`)
    const google = await lease(gemini, url)
    const none = { token: '' }
    const bearer = { authorization: `Bearer ${openai.endpoint.apiKey}` }
    const { hostname, port } = new URL(openai.endpoint.baseUrl)
    const plain = async (path: string, headers: Record<string, string>): Promise<number | undefined> => {
      const outgoing = request({ hostname, port, path, method: 'POST', headers })
      outgoing.end('{}')
      const [message]: IncomingMessage[] = await once(outgoing, 'response')
      message?.resume()
      return message?.statusCode
    }
    assert.equal(await plain('/v1/responses', bearer), 200)
    const path = '/v1beta/models/gemini-2.5-pro:streamGenerateContent'
    assert.equal(await plain(`${path}?alt=sse&key=${google.endpoint.apiKey}`, {}), 200)
    assert.equal(await plain(path, { 'x-goog-api-key': google.endpoint.apiKey }), 200)
    assert.equal((await ask(openai, '/v1/messages')).status, 403)
    assert.equal((await ask(google, '/v1/messages', none)).status, 401)
    assert.deepEqual(seen, [`/openai/v1/responses Bearer ${key}`, `${path}?alt=sse ${key}`, `${path} ${key}`])
  })

  it('lets nothing through but the paths of the model API, and nobody without its token', async () => {
    let asked = 0
    const url = await upstream((_message, response) => {
      asked += 1
      response.end('{}')
    })
    const held = await lease(claude, url)
    for (const path of [
      '/v1/organizations/api_keys',
      '/v1/messages/../organizations/api_keys',
      '/v1/messages%2f..%2fkeys',
      '/v1//messages',
      '/v1/files',
      'http://example.com/v1/messages',
      '//example.com/v1/messages',
      '/',
    ])
      assert.equal((await ask(held, path)).status, 403, path)
    for (const token of ['', 'wrong', key, `${held.endpoint.apiKey}0`])
      assert.equal((await ask(held, '/v1/messages', { token })).status, 401, token)
    held.close()
    assert.equal((await ask(held, '/v1/messages')).status, 401)
    assert.equal(asked, 0)
  })

  it('streams: what has come is passed on before more comes, in both directions', async () => {
    let go = (): void => {}
    const url = await upstream(async (message, response) => {
      const [first] = await once(message, 'data')
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(`${opening}: ${String(first)}\n\n`)
      await new Promise<void>((resolve) => (go = resolve))
      response.end(ending)
    })
    const held = await lease(claude, url)
    const outgoing = request(`${held.endpoint.baseUrl}/v1/messages`, {
      method: 'POST',
      headers: { 'x-api-key': held.endpoint.apiKey },
    })
    outgoing.write('half of')
    const [answer]: IncomingMessage[] = await once(outgoing, 'response')
    assert.ok(answer)
    const [chunk] = await once(answer, 'data')
    assert.ok(String(chunk).endsWith(': half of\n\n'))
    assert.equal(held.ledger.requests, 0)
    go()
    answer.resume()
    await once(answer, 'end')
    outgoing.destroy()
    assert.deepEqual(held.ledger.usage, { input: 9, cacheRead: 4, cacheWrite: 0, output: 7, reasoning: 0 })
    assert.deepEqual([held.ledger.requests, held.ledger.uncounted], [1, 0])
  })

  it('carries a body of 64 MB up and as much down, unchanged', async () => {
    const url = await upstream(async (message, response) => {
      response.writeHead(200, { 'content-type': 'application/octet-stream' })
      message.pipe(response)
    })
    const held = await lease(claude, url)
    const body = Buffer.alloc(64 * 1_048_576, 'abcdefghi')
    const outgoing = request(`${held.endpoint.baseUrl}/v1/messages`, {
      method: 'POST',
      headers: { 'x-api-key': held.endpoint.apiKey },
    })
    outgoing.end(body)
    const [answer]: IncomingMessage[] = await once(outgoing, 'response')
    const hash = createHash('sha256')
    let length = 0
    for await (const chunk of answer ?? []) {
      length += chunk.length
      hash.update(chunk)
    }
    assert.equal(length, body.length)
    assert.equal(hash.digest('hex'), createHash('sha256').update(body).digest('hex'))
  })

  it('passes refusals on with what the provider asks for, and counts nothing for them', async () => {
    const url = await upstream((_message, response) => {
      response.writeHead(429, { 'retry-after': '17', 'content-type': 'application/json' })
      response.end('{"error":{"message":"slow down"},"usage":{"input_tokens":5}}')
    })
    const held = await lease(claude, url)
    const { status, headers, body } = await ask(held, '/v1/messages')
    assert.deepEqual([status, headers['retry-after']], [429, '17'])
    assert.match(body, /slow down/)
    assert.deepEqual([held.ledger.requests, held.ledger.uncounted, held.ledger.usage.input], [0, 0, 0])
  })

  it('says why a provider could not be asked, which costs nothing', async () => {
    const held = await lease(claude, 'http://127.0.0.1:9')
    const { status, body } = await ask(held, '/v1/messages')
    assert.equal(status, 502)
    assert.match(body, /the provider at 127\.0\.0\.1:9 could not be reached: ECONNREFUSED/)
    assert.deepEqual([held.ledger.requests, held.ledger.uncounted], [0, 0])
  })

  it('breaks the connection where the provider breaks it, and knows that it was told too little', async () => {
    const url = await upstream((_message, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(opening, () => response.socket?.resetAndDestroy())
    })
    const held = await lease(claude, url)
    await assert.rejects(ask(held, '/v1/messages'))
    assert.deepEqual(held.ledger.usage, { input: 9, cacheRead: 4, cacheWrite: 0, output: 1, reasoning: 0 })
    assert.deepEqual([held.ledger.requests, held.ledger.uncounted], [1, 1])
  })

  it('leaves the provider when its client does', async () => {
    let left = (): void => {}
    const gone = new Promise<void>((resolve) => (left = resolve))
    const url = await upstream((_message, response) => {
      response.on('close', left)
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(opening)
    })
    const held = await lease(claude, url)
    const outgoing = request(`${held.endpoint.baseUrl}/v1/messages`, {
      method: 'POST',
      headers: { 'x-api-key': held.endpoint.apiKey },
    })
    outgoing.end('{}')
    await once(outgoing, 'response')
    outgoing.destroy()
    await gone
    assert.deepEqual([held.ledger.requests, held.ledger.uncounted], [1, 1])
  })

  it('ends with its attempt although the provider hangs, before and after it began to answer', async () => {
    let asked = (): void => {}
    for (const begins of [false, true]) {
      const arrived = new Promise<void>((resolve) => (asked = resolve))
      const url = await upstream((_message, response) => {
        if (begins) response.writeHead(200, { 'content-type': 'text/event-stream' }).write(opening)
        asked()
      })
      const held = await lease(claude, url)
      const answer = ask(held, '/v1/messages')
      const failed = assert.rejects(answer)
      await arrived
      held.close()
      await failed
      assert.equal(held.ledger.uncounted, 1)
    }
  })
})

/** A certificate of its own authority for `localhost`. */
function makeCertificate(folder: string): { key: Buffer; cert: Buffer; file: string } {
  const [keyFile, file] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
  const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  const { status, stderr } = spawnSync('openssl', [...made, '-keyout', keyFile, '-out', file, ...names])
  assert.equal(status, 0, String(stderr))
  return { key: readFileSync(keyFile), cert: readFileSync(file), file }
}

const skip = spawnSync('openssl', ['version']).status !== 0 && 'openssl is not here'

describe('the way to the provider', { skip }, () => {
  let folder = ''
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'key-proxy-'))
  })
  after(() => rmSync(folder, { recursive: true }))

  it('leads through the proxy that the environment names, and trusts its certificates', async () => {
    const { key: ownKey, cert, file } = makeCertificate(folder)
    const secure = createTlsServer({ key: ownKey, cert }, (_message, response) => response.end('{"served":true}'))
    open.push(await listen(secure))
    const address = secure.address()
    const port = typeof address === 'object' ? address?.port : 0
    const tunnels: string[] = []
    const tunnel = createServer()
    tunnel.on('connect', (message: IncomingMessage, socket, head) => {
      tunnels.push(`${message.url} ${message.headers['proxy-authorization'] ?? ''}`)
      const beyond = connect(Number(message.url?.split(':')[1]), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n')
        beyond.write(head)
        beyond.pipe(socket).pipe(beyond)
      })
      beyond.on('error', () => socket.destroy())
      socket.on('error', () => beyond.destroy())
    })
    const proxyUrl = (await listen(tunnel)).url
    open.push({ url: proxyUrl, close: async () => void tunnel.close() })
    const url = `https://localhost:${port}`
    const network = { HTTPS_PROXY: proxyUrl.replace('//', '//mona:secret@'), NODE_EXTRA_CA_CERTS: file }

    const through = await ask(await lease(claude, url, network), '/v1/messages')
    assert.deepEqual([through.status, through.body], [200, '{"served":true}'])
    assert.deepEqual(tunnels, [`localhost:${port} Basic ${Buffer.from('mona:secret').toString('base64')}`])

    const past = await ask(await lease(claude, url, { ...network, NO_PROXY: 'example.com, localhost' }), '/v1/messages')
    assert.equal(past.status, 200)
    assert.equal(tunnels.length, 1)

    const strange = await ask(await lease(claude, url), '/v1/messages')
    assert.equal(strange.status, 502)
    assert.match(strange.body, /CERT|SELF_SIGNED/)
    await assert.rejects(lease(claude, url, { NODE_EXTRA_CA_CERTS: join(folder, 'missing.pem') }), /missing\.pem/)
  })
})
