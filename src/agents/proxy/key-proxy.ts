import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { KeyLogin } from '../agent.ts'
import type { CountedApi } from './count-usage.ts'
import { type Destination, forward, refuse, type Served } from './forward.ts'
import { emptyLedger, enter, type RequestLedger } from './request-ledger.ts'
import { type Connections, openConnections } from './upstream.ts'
import type { Way } from './ways.ts'
import { listenOnLoopback } from '../../process/listen-on-loopback.ts'

/** Whom a lease leads to. */
export interface LeaseOptions {
  /** How the agent's CLI asks. */
  readonly key: Way
  readonly login: KeyLogin
  /** Where proxies and certificates for the way to the provider are named. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Whether the answers are kept, to be recorded. */
  readonly keepsAnswers?: boolean
}

/** What one attempt holds instead of a key. */
export interface Lease {
  /** Address and token for its CLI; they are good for nothing once the lease is closed. */
  readonly endpoint: { readonly baseUrl: string; readonly apiKey: string }
  /** The variables that the key came from. */
  readonly variables: readonly string[]
  readonly api: CountedApi
  /** What has gone through so far. */
  readonly ledger: RequestLedger
  /** Every request to a model that has gone through, in order. */
  readonly served: readonly Served[]
  /** Called after each request to a model. */
  onServed: (() => void) | undefined
  /** Ends what is under way at once; what it cost is not known. */
  close(): void
}

/** The key proxy of a run: requests come with the token of an attempt and leave with the provider's key, which no child of ours ever has. */
export interface KeyProxy {
  /** Throws where a file of certificates that the environment names cannot be read. */
  lease(options: LeaseOptions): Promise<Lease>
  close(): Promise<void>
}

/** Longest headers of a request, bytes: custom ones may be long. */
const longestHeaders = 65_536

/** Starts it on a free port of 127.0.0.1. */
export async function openKeyProxy(): Promise<KeyProxy> {
  const leases = new Map<string, OpenLease>()
  const connections = new Map<string, Connections>()

  const serve = (message: IncomingMessage, response: ServerResponse): void => {
    response.on('error', () => {})
    const url = message.url ?? ''
    const lease = leases.get(tokenOf(message))
    // Some CLIs look whether anybody is there before they ask.
    if (lease === undefined)
      return message.method === 'HEAD' ? void response.end() : refuse(response, 401, 'no such token')
    const { base, paths } = lease.key
    const path = url.startsWith(base) ? withoutKey(url.slice(base.length)) : ''
    const [bare = ''] = path.split('?', 1)
    if (!paths.test(bare)) {
      if (message.method === 'HEAD') return void response.end()
      return refuse(response, 403, `${bare || url.slice(0, 200)} is not a path of the provider's model API`)
    }
    lease.serve(message, response, path)
  }

  const server = createServer({ maxHeaderSize: longestHeaders, noDelay: true }, serve)
  server.on('upgrade', (_message, socket) => socket.destroy())
  const port = await listenOnLoopback(server)

  return {
    async lease({ key, login, environment, keepsAnswers = false }) {
      const upstream = new URL(login.upstream)
      const destination: Destination = {
        api: key.api,
        upstream,
        headers: login.headers,
        connections: await connectionsOf(connections, upstream, environment),
        keepsAnswers,
      }
      const apiKey = `sk-orchestrator-${randomBytes(32).toString('hex')}`
      const lease = openLease(key, destination)
      leases.set(apiKey, lease)
      return Object.assign(lease, {
        endpoint: { baseUrl: `http://127.0.0.1:${port}`, apiKey },
        variables: login.variables,
        api: key.api,
        close() {
          leases.delete(apiKey)
          lease.end()
        },
      })
    },
    async close() {
      for (const lease of leases.values()) lease.end()
      leases.clear()
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      for (const { agent } of connections.values()) agent.destroy()
      await closed
    },
  }
}

interface OpenLease {
  readonly key: Way
  ledger: RequestLedger
  readonly served: Served[]
  onServed: (() => void) | undefined
  serve(message: IncomingMessage, response: ServerResponse, path: string): void
  end(): void
}

function openLease(key: Way, destination: Destination): OpenLease {
  const underWay = new Set<() => void>()
  const lease: OpenLease = {
    key,
    ledger: emptyLedger,
    served: [],
    onServed: undefined,
    serve(message, response, path) {
      const breakOff = forward(message, response, path, destination, (served) => {
        lease.served.push(served)
        lease.ledger = enter(lease.ledger, served)
        lease.onServed?.()
      })
      underWay.add(breakOff)
      response.on('close', () => underWay.delete(breakOff))
    },
    end() {
      lease.onServed = undefined
      for (const breakOff of underWay) breakOff()
    },
  }
  return lease
}

/** Attempts that go the same way share its connections. */
async function connectionsOf(
  open: Map<string, Connections>,
  upstream: URL,
  environment: LeaseOptions['environment'],
): Promise<Connections> {
  const names = /(?:_proxy|_ca_certs|_cert_file|_ca_bundle|_ca_certificate)$/i
  const way = Object.entries(environment).filter(([name]) => names.test(name))
  const key = JSON.stringify([upstream.origin, way])
  const known = open.get(key)
  if (known !== undefined) return known
  const made = await openConnections(upstream, environment)
  open.set(key, made)
  return made
}

/** The token, wherever the CLIs put a key. */
function tokenOf({ headers, url = '' }: IncomingMessage): string {
  const bearer = /^bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1]
  const named = headers['x-api-key'] ?? headers['x-goog-api-key'] ?? headers['api-key'] ?? bearer
  return (Array.isArray(named) ? named[0] : named) ?? new URLSearchParams(url.split('?')[1]).get('key') ?? ''
}

/** A path without the key that Google's API also takes in its query. */
function withoutKey(path: string): string {
  const [, bare = '', query = ''] = /^([^?]*)\??(.*)$/s.exec(path) ?? []
  if (!/(?:^|&)key=/.test(query)) return path
  const kept = query.split('&').filter((part) => !part.startsWith('key='))
  return kept.length === 0 ? bare : `${bare}?${kept.join('&')}`
}
