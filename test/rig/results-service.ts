import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { listen, readBytes, type Listening } from './loopback.ts'

/** An artifact that was finalized. */
export interface StoredArtifact {
  readonly id: number
  readonly name: string
  /** The zip. */
  readonly bytes: Buffer
}

/** GitHub's results service on the loopback interface: artifacts (v4 protocol) and caches (v2 protocol). */
export interface ResultsService extends Listening {
  /** What the runner gives to actions so that they find this service. */
  readonly environment: Readonly<Record<string, string>>
  readonly artifacts: StoredArtifact[]
  /** Keys of finalized caches. */
  readonly caches: ReadonlyMap<string, Buffer>
  /** Every call that was refused, as `method: why`. */
  readonly refused: string[]
  /** Answers every following call with this status. */
  breakDown(status: number): void
  /** Answers no call until `recover`, which forgets both. */
  hang(): void
  recover(): void
  /** Every following request of this kind gets so much of its answer, and then nothing more, until `recover`. */
  stall(at: StallingRequest, after: StallingAfter): void
}

/** A call of the service by its method, or what is asked of a blob. */
export type StallingRequest =
  | 'CreateArtifact'
  | 'FinalizeArtifact'
  | 'ListArtifacts'
  | 'GetSignedArtifactURL'
  | 'PUT'
  | 'GET'

/** What of the answer has come when nothing more does. */
export type StallingAfter = 'connect' | 'headers' | 'half a body'

interface Entry {
  readonly id: number
  readonly name: string
  readonly blob: string
  readonly version: string
  finalized: boolean
}

/** Blobs as Azure keeps them: blocks until a list of them is put, then bytes. */
interface Blob {
  readonly blocks: Map<string, Buffer>
  bytes: Buffer | undefined
}

type Body = Readonly<Record<string, unknown>>

const runBackendId = 'ce7f54c7-61c7-4aae-887f-30da475f5f1a'

/** Starts the service for one job of one workflow run. */
export async function startResultsService(jobBackendId = randomUUID()): Promise<ResultsService> {
  const token = jsonWebToken({ scp: `Actions.ExampleScope Actions.Results:${runBackendId}:${jobBackendId}` })
  const artifacts: StoredArtifact[] = []
  const caches = new Map<string, Buffer>()
  const refused: string[] = []
  const blobs = new Map<string, Blob>()
  const artifactEntries = new Map<string, Entry>()
  const cacheEntries = new Map<string, Entry>()
  let nextId = 7000
  let broken: number | undefined
  let hanging = false
  let stalling: { readonly at: StallingRequest; readonly after: StallingAfter } | undefined
  let origin = ''

  const newBlob = (): string => {
    const blob = randomUUID()
    blobs.set(blob, { blocks: new Map(), bytes: undefined })
    return blob
  }
  const urlOf = (blob: string): string => `${origin}/blob/${blob}.zip?sig=${blob}`

  /** Answers a call of the Twirp protocol: status and body. */
  function call(method: string, body: Body): [number, object] {
    const given = body['name'] ?? body['key']
    const name = typeof given === 'string' ? given : ''
    const isOurs =
      body['workflow_run_backend_id'] === undefined ||
      (body['workflow_run_backend_id'] === runBackendId && body['workflow_job_run_backend_id'] === jobBackendId)
    if (!isOurs) return [403, { code: 'permission_denied', msg: 'not the run of this token' }]
    switch (method) {
      case 'CreateArtifact': {
        if (body['version'] !== 7) return [400, { code: 'invalid_argument', msg: `version ${String(body['version'])}` }]
        if (artifactEntries.has(name))
          return [409, { code: 'already_exists', msg: 'an artifact with this name already exists on the workflow run' }]
        const blob = newBlob()
        artifactEntries.set(name, { id: nextId++, name, blob, version: '', finalized: false })
        return [200, { ok: true, signed_upload_url: urlOf(blob) }]
      }
      case 'FinalizeArtifact': {
        const entry = artifactEntries.get(name)
        const bytes = blobs.get(entry?.blob ?? '')?.bytes
        if (entry === undefined || bytes === undefined) return [404, { code: 'not_found', msg: name }]
        const hash = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
        if (body['size'] !== String(bytes.length) || (body['hash'] !== undefined && body['hash'] !== hash))
          return [400, { code: 'invalid_argument', msg: 'size or hash differs from what was uploaded' }]
        entry.finalized = true
        artifacts.push({ id: entry.id, name, bytes })
        return [200, { ok: true, artifact_id: String(entry.id) }]
      }
      case 'ListArtifacts': {
        const matches = [...artifactEntries.values()].filter(
          (entry) =>
            entry.finalized &&
            (body['name_filter'] ?? entry.name) === entry.name &&
            (body['id_filter'] ?? String(entry.id)) === String(entry.id),
        )
        return [200, { artifacts: matches.map(describe) }]
      }
      case 'GetSignedArtifactURL': {
        const entry = artifactEntries.get(name)
        return entry === undefined
          ? [404, { code: 'not_found', msg: name }]
          : [200, { name, signed_url: urlOf(entry.blob) }]
      }
      case 'DeleteArtifact': {
        const entry = artifactEntries.get(name)
        if (entry === undefined) return [404, { code: 'not_found', msg: name }]
        artifactEntries.delete(name)
        return [200, { ok: true, artifact_id: String(entry.id) }]
      }
      case 'CreateCacheEntry': {
        const key = `${name} ${String(body['version'])}`
        if (cacheEntries.has(key)) return [409, { code: 'already_exists', msg: 'cache entry already exists' }]
        const blob = newBlob()
        cacheEntries.set(key, { id: nextId++, name, blob, version: String(body['version']), finalized: false })
        return [200, { ok: true, signed_upload_url: urlOf(blob), message: '' }]
      }
      case 'FinalizeCacheEntryUpload': {
        const entry = cacheEntries.get(`${name} ${String(body['version'])}`)
        const bytes = blobs.get(entry?.blob ?? '')?.bytes
        if (entry === undefined || bytes === undefined || body['size_bytes'] !== String(bytes.length))
          return [200, { ok: false, entry_id: '0', message: 'not what was uploaded' }]
        entry.finalized = true
        caches.set(name, bytes)
        return [200, { ok: true, entry_id: String(entry.id), message: '' }]
      }
      case 'GetCacheEntryDownloadURL': {
        const wanted = [name, ...(Array.isArray(body['restore_keys']) ? body['restore_keys'].map(String) : [])]
        const ready = [...cacheEntries.values()]
          .toReversed()
          .filter((entry) => entry.finalized && entry.version === body['version'])
        const found = wanted
          .map((key, index) => ready.find((entry) => (index === 0 ? entry.name === key : entry.name.startsWith(key))))
          .find((entry) => entry !== undefined)
        if (found === undefined) return [200, { ok: false, signed_download_url: '', matched_key: '' }]
        return [200, { ok: true, signed_download_url: urlOf(found.blob), matched_key: found.name }]
      }
      default:
        return [404, { code: 'bad_route', msg: method }]
    }
  }

  function describe(entry: Entry): object {
    return {
      workflow_run_backend_id: runBackendId,
      workflow_job_run_backend_id: jobBackendId,
      database_id: String(entry.id),
      name: entry.name,
      size: String(blobs.get(entry.blob)?.bytes?.length ?? 0),
      created_at: '2026-01-02T03:04:05Z',
    }
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://loopback')
    const bytes = await readBytes(request)
    const kind = url.pathname.startsWith('/blob/') ? request.method : url.pathname.split('/').at(-1)
    if (stalling !== undefined && stalling.at === kind) return stall(response, stalling.after)
    if (url.pathname.startsWith('/blob/')) return serveBlob(request, response, url, bytes)
    if (hanging) return
    const method = url.pathname.split('/').at(-1) ?? ''
    const authorized = request.headers.authorization === `Bearer ${token}`
    const [status, body] =
      broken !== undefined
        ? [broken, { code: 'unavailable', msg: 'broken down' }]
        : authorized
          ? call(method, JSON.parse(bytes.toString('utf8')))
          : [401, { code: 'unauthenticated', msg: 'no such token' }]
    if (status !== 200) refused.push(`${method}: ${status} ${JSON.stringify(body)}`)
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(body))
  }

  function stall(response: ServerResponse, after: StallingAfter): void {
    if (after === 'connect') return
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 })
    if (after === 'half a body') response.write('{"ok":true,'.padEnd(500))
    else response.flushHeaders()
  }

  function serveBlob(request: IncomingMessage, response: ServerResponse, url: URL, bytes: Buffer): void {
    const id = url.pathname.replace(/^\/blob\/|\.zip$/g, '')
    const blob = blobs.get(id)
    const headers = {
      etag: `"${id}"`,
      'last-modified': new Date(0).toUTCString(),
      'x-ms-request-id': id,
      'x-ms-version': '2026-02-06',
    }
    if (blob === undefined || url.searchParams.get('sig') !== id) {
      response.writeHead(403, headers).end()
      return
    }
    if (request.method === 'PUT') {
      const part = url.searchParams.get('comp')
      if (part === 'block') blob.blocks.set(url.searchParams.get('blockid') ?? '', bytes)
      else if (part === 'blocklist') {
        const list = [...bytes.toString('utf8').matchAll(/<(?:Latest|Committed|Uncommitted)>([^<]*)</g)]
        blob.bytes = Buffer.concat(list.map(([, block]) => blob.blocks.get(block ?? '') ?? Buffer.alloc(0)))
      } else blob.bytes = bytes
      response.writeHead(201, headers).end()
      return
    }
    const whole = blob.bytes ?? Buffer.alloc(0)
    const range = /bytes=(\d+)-(\d*)/.exec(String(request.headers['x-ms-range'] ?? request.headers.range ?? ''))
    const start = Number(range?.[1] ?? 0)
    const end = range?.[2] ? Math.min(Number(range[2]), whole.length - 1) : whole.length - 1
    const part = whole.subarray(start, end + 1)
    response.writeHead(range === null ? 200 : 206, {
      ...headers,
      'content-type': 'application/zip',
      'content-length': part.length,
      'accept-ranges': 'bytes',
      ...(range !== null && { 'content-range': `bytes ${start}-${end}/${whole.length}` }),
    })
    response.end(request.method === 'HEAD' ? undefined : part)
  }

  const listening = await listen(
    createServer((request, response) => {
      serve(request, response).catch((error: unknown) => {
        refused.push(`the service failed: ${String(error)}`)
        response.destroy()
      })
    }),
  )
  origin = listening.url
  return {
    ...listening,
    environment: {
      ACTIONS_RUNTIME_TOKEN: token,
      ACTIONS_RUNTIME_URL: `${origin}/`,
      ACTIONS_RESULTS_URL: `${origin}/`,
      ACTIONS_CACHE_URL: `${origin}/`,
      ACTIONS_CACHE_SERVICE_V2: 'True',
    },
    artifacts,
    caches,
    refused,
    breakDown(status) {
      broken = status
    },
    hang() {
      hanging = true
    },
    stall(at, after) {
      stalling = { at, after }
    },
    recover() {
      hanging = false
      stalling = undefined
      broken = undefined
    },
  }
}

/** A token whose claims can be read; nobody checks the signature here. */
function jsonWebToken(claims: object): string {
  return [{ alg: 'HS256', typ: 'JWT' }, claims, randomUUID()]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
}
