import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { type AnswerCount, askingPaths, type CountedApi, openUsageReader, type UsageReader } from './count-usage.ts'
import type { Connections } from './upstream.ts'

/** Where requests of one attempt go, and by which credentials. */
export interface Destination {
  readonly api: CountedApi
  /** Base URL of the provider. */
  readonly upstream: URL
  /** Headers that the provider lets requests in by. */
  readonly headers: Readonly<Record<string, string>>
  readonly connections: Connections
  /** Whether answers are kept, to be recorded. */
  readonly keepsAnswers: boolean
}

/** What became of one request to a model. */
export interface Served {
  readonly path: string
  /** Null: no answer began. */
  readonly status: number | null
  /** Undefined: it told nothing. */
  readonly count: AnswerCount | undefined
  /** The provider was never reached, so that nothing can have been spent. */
  readonly unreached: boolean
  /** The body of the answer, where answers are kept. */
  readonly answer?: string
  /** Seconds after which the provider asks to be asked again. */
  readonly retryAfter?: number
}

/** Longest answer that is kept, bytes. */
const longestAnswer = 16 * 1_048_576

/** Headers of one connection, or that a credential or an encoding would come by: RFC 9110, 7.6.1. */
const ownHeaders: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'host',
  'expect',
  'accept-encoding',
  'x-api-key',
  'x-goog-api-key',
  'api-key',
  'authorization',
  'cookie',
])

/** Codes of errors after which it is certain that nothing was asked. */
const unreachedCodes =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_)/

/**
 * Sends a request on with the real credentials, and the answer back as it comes, both at the pace of their reader. `path` follows the base URL.
 * `settled` is called once, when nothing more of it will come; only for what asks a model. Answers with what breaks it off.
 */
export function forward(
  message: IncomingMessage,
  response: ServerResponse,
  path: string,
  { api, upstream, headers, connections, keepsAnswers }: Destination,
  settled: (served: Served) => void,
): () => void {
  const bare = path.split('?', 1)[0] ?? ''
  const asks = message.method === 'POST' && askingPaths[api].test(bare)
  let status: number | null = null
  let reader: UsageReader | undefined
  let isSettled = false
  const body: Buffer[] = []
  let size = 0
  let retry: Pick<Served, 'retryAfter'> = {}
  const settle = (whole: boolean, unreached = false): void => {
    if (isSettled) return
    isSettled = true
    if (!asks) return
    const kept = keepsAnswers && { answer: Buffer.concat(body).toString('utf8'), ...retry }
    settled({ path: bare, status, count: reader?.end(whole), unreached, ...kept })
  }
  const send = upstream.protocol === 'https:' ? httpsRequest : httpRequest
  const outgoing = send(upstream, {
    agent: connections.agent,
    ...(connections.ca && { ca: connections.ca }),
    method: message.method,
    path: `${upstream.pathname.replace(/\/$/, '')}${path}`,
    headers: { ...passedOn(message), 'accept-encoding': 'identity', ...headers },
  })
  const breakOff = (): void => {
    outgoing.destroy()
    settle(false)
    response.socket?.resetAndDestroy()
  }
  outgoing.setNoDelay(true)
  message.pipe(outgoing)
  outgoing.on('error', (error: NodeJS.ErrnoException) => {
    settle(false, status === null && unreachedCodes.test(error.code ?? ''))
    if (response.headersSent || response.destroyed) return breakOff()
    refuse(response, 502, `the provider at ${upstream.host} could not be reached: ${error.code ?? error.message}`)
  })
  response.on('close', () => {
    if (!response.writableFinished) outgoing.destroy()
    settle(false)
  })
  outgoing.on('response', (answer) => {
    status = answer.statusCode ?? 502
    if (asks && status < 300) reader = openUsageReader(api, answer.headers['content-type'])
    const seconds = Number(answer.headers['retry-after'])
    if (seconds > 0) retry = { retryAfter: Math.ceil(seconds) }
    response.writeHead(status, answer.statusMessage, passedBack(answer))
    response.flushHeaders()
    answer.on('data', (chunk: Buffer) => {
      reader?.take(chunk)
      if (keepsAnswers && asks && (size += chunk.length) <= longestAnswer) body.push(chunk)
      if (!response.write(chunk)) answer.pause()
    })
    response.on('drain', () => answer.resume())
    answer.on('end', () => {
      settle(true)
      response.end()
    })
    answer.on('error', breakOff)
  })
  return breakOff
}

/** Headers of a request without those of its connection and its credentials. */
function passedOn({ headers }: IncomingMessage): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {}
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && !ownHeaders.has(name)) kept[name] = value
  return kept
}

/** Headers of an answer, in their order; its length, where it has one, is kept. */
function passedBack({ rawHeaders }: IncomingMessage): string[] {
  const kept: string[] = []
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = rawHeaders.slice(index, index + 2)
    if (!ownHeaders.has(name.toLowerCase()) && name.toLowerCase() !== 'set-cookie') kept.push(name, value)
  }
  return kept
}

/** An error in the shape that the model APIs have in common. */
export function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ type: 'error', error: { type: 'api_error', message: `the key proxy: ${message}` } }))
}
