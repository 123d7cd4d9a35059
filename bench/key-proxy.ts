/**
 * What the key proxy adds to an answer of a model: the time to its first byte, and the time of a stream of 100 MB, each against the same server asked
 * directly, in interleaved rounds; without a pace also against a hop that only pipes. Server, proxy and hop run in processes of their own, as in a run. Prints
 * one JSON line; exits 1 where the first byte comes more than 3 ms later, or the paced stream takes more than 5 % longer.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { claude } from '../src/agents/claude/claude.ts'
import { openKeyProxy } from '../src/agents/proxy/key-proxy.ts'

/** Bytes of the stream. */
const size = 100_000_000
/** Far more than a model writes; without a pace both ways only measure how fast the cores copy. */
const bytesPerSecond = 25_000_000
const tickMs = 4
const rounds = Number(process.env['ROUNDS'] ?? 5)
const firstBytes = 200

const line = `event: content_block_delta\ndata: ${JSON.stringify({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'lorem ipsum dolor sit amet '.repeat(6) } })}\n\n`
const block = Buffer.from(line.repeat(Math.ceil((bytesPerSecond * tickMs) / 1000 / line.length)))

/** The provider: an event stream of so many bytes, at a pace or without one. */
async function serve(): Promise<void> {
  const server = createServer(async (message, response) => {
    message.resume()
    const bytes = Number(message.headers['x-bytes'])
    const isPaced = message.headers['x-paced'] === '1'
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const startedAt = performance.now()
    for (let sent = 0; sent < bytes; sent += block.length) {
      if (!response.write(bytes < block.length ? line : block)) await once(response, 'drain')
      const aheadMs = (sent / bytesPerSecond) * 1000 - (performance.now() - startedAt)
      if (isPaced && aheadMs > 1) await delay(aheadMs)
    }
    response.end(`event: message_delta\ndata: {"type":"message_delta","usage":{"output_tokens":5}}\n\n`)
  })
  server.listen(0, '127.0.0.1', () => process.send?.(addressOf(server.address())))
}

const addressOf = (address: unknown): string => `http://127.0.0.1:${(address as { port: number }).port}`

async function proxyFor(upstream: string): Promise<void> {
  const proxy = await openKeyProxy()
  const { proxied } = claude
  const login = proxied?.find({ ANTHROPIC_API_KEY: 'key', ANTHROPIC_BASE_URL: upstream })
  if (proxied === undefined || login === undefined || 'problem' in login) throw new Error('there is no key')
  const { endpoint } = await proxy.lease({ key: proxied, login, environment: {} })
  process.send?.(JSON.stringify(endpoint))
}

/** What any process in between costs: requests and answers are piped, and nobody looks at them. */
function hopTo(upstream: string): void {
  const agent = new Agent({ keepAlive: true })
  const server = createServer({ noDelay: true }, (message, response) => {
    const { method = '', url = '', headers } = message
    const outgoing = request(`${upstream}${url}`, { agent, method, headers })
    outgoing.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, { 'content-type': 'text/event-stream' })
      answer.pipe(response)
    })
    message.pipe(outgoing)
  })
  server.listen(0, '127.0.0.1', () => process.send?.(addressOf(server.address())))
}

interface Place {
  readonly baseUrl: string
  readonly apiKey: string
}

const agent = new Agent({ keepAlive: true })

/** Milliseconds to the first byte and to the last. */
async function ask(
  { baseUrl, apiKey }: Place,
  bytes: number,
  isPaced: boolean,
): Promise<{ first: number; last: number }> {
  const startedAt = performance.now()
  const outgoing = request(`${baseUrl}/v1/messages`, {
    agent,
    method: 'POST',
    headers: { 'x-api-key': apiKey, 'x-bytes': String(bytes), 'x-paced': isPaced ? '1' : '0' },
  })
  outgoing.end('{}')
  const [answer]: IncomingMessage[] = await once(outgoing, 'response')
  if (answer === undefined || answer.statusCode !== 200) throw new Error(`status ${answer?.statusCode}`)
  let first = 0
  let length = 0
  for await (const chunk of answer) {
    first ||= performance.now() - startedAt
    length += (chunk as Buffer).length
  }
  if (length < bytes) throw new Error(`${length} of ${bytes} bytes came`)
  return { first, last: performance.now() - startedAt }
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

async function compare(): Promise<void> {
  const children: ChildProcess[] = []
  const start = async (...args: string[]): Promise<string> => {
    const child = fork(import.meta.filename, args)
    children.push(child)
    return String((await once(child, 'message'))[0])
  }
  const upstream = await start('serve')
  const direct: Place = { baseUrl: upstream, apiKey: 'key' }
  const through = JSON.parse(await start('proxy', upstream)) as Place
  const hop: Place = { baseUrl: await start('hop', upstream), apiKey: 'key' }
  const medians = async (
    count: number,
    measure: (place: Place) => Promise<number>,
    ways = [direct, through],
  ): Promise<number[]> => {
    const taken = ways.map((): number[] => [])
    for (let round = 0; round < count; round++)
      for (const [index, place] of ways.entries()) taken[index]?.push(await measure(place))
    return taken.map(median)
  }
  await medians(20, async (place) => (await ask(place, 1, false)).first)
  const [firstDirect = 0, firstThrough = 0] = await medians(
    firstBytes,
    async (place) => (await ask(place, 1, false)).first,
  )
  const [pacedDirect = 0, pacedThrough = 0] = await medians(
    rounds,
    async (place) => (await ask(place, size, true)).last,
  )
  const [freeDirect = 0, freeThrough = 0, freeHop = 0] = await medians(
    2 * rounds + 1,
    async (place) => (await ask(place, size, false)).last,
    [direct, through, hop],
  )
  for (const child of children) child.kill()
  agent.destroy()
  const round = (value: number): number => Number(value.toFixed(2))
  console.log(
    JSON.stringify({
      bench: 'key-proxy',
      firstByteDirectMs: round(firstDirect),
      firstByteThroughMs: round(firstThrough),
      addedMs: round(firstThrough - firstDirect),
      pacedDirectMs: Math.round(pacedDirect),
      pacedThroughMs: Math.round(pacedThrough),
      pacedRatio: round(pacedThrough / pacedDirect),
      unpacedDirectMs: Math.round(freeDirect),
      unpacedThroughMs: Math.round(freeThrough),
      unpacedRatio: round(freeThrough / freeDirect),
      unpacedHopMs: Math.round(freeHop),
      unpacedOverHop: round(freeThrough / freeHop),
    }),
  )
  if (firstThrough - firstDirect > 3 || pacedThrough / pacedDirect > 1.05) process.exitCode = 1
}

const [mode, upstream = ''] = process.argv.slice(2)
if (mode === 'serve') await serve()
else if (mode === 'proxy') await proxyFor(upstream)
else if (mode === 'hop') hopTo(upstream)
else await compare()
