import { parseJson } from '../core/parse-json.ts'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { JsonObject } from '../core/json.ts'
import type { Redactor } from '../core/redactor.ts'
import { createChooser } from './choose-reply.ts'
import { type Answer, jsonHeaders } from './frame.ts'
import { openLedger } from './ledger.ts'
import type { SimulatedModel } from './model-api.ts'
import { monotonicMs } from '../process/monotonic-time.ts'
import type { ModelRequest } from './model-request.ts'
import { createPrefixCache } from './prefix-cache.ts'
import { noUsage, plainReply, type Reply, type ServedUsage } from './reply.ts'
import { resolveReply, type ShellCall } from './resolved-reply.ts'
import type { SimulationRules } from './rules.ts'
import { listenOnLoopback } from '../process/listen-on-loopback.ts'

/** A running model server on the loopback interface. */
export interface Simulation {
  /** Where the CLI of this attempt finds its model; each attempt has its own address, by which its requests are told apart. */
  endpoint(id: string, attempt: number): { baseUrl: string; apiKey: string }
  /** Ends all connections; the ledger is complete afterwards. */
  close(): Promise<void>
}

/**
 * The key given to the CLIs: of the shape they expect and good for nothing, since the server asks for none.
 * Claude Code compares the last 20 characters with keys the user refused, so it must be longer than that.
 */
const apiKey = 'sk-ant-simulated-0000000000000000000000'

/** Starts the server on a free port of 127.0.0.1. What it serves is appended to `ledgerPath`. */
export async function startSimulation(options: {
  rules: SimulationRules
  ledgerPath: string
  /** The models it plays: told apart by the path of a request. */
  models: readonly SimulatedModel[]
  redactor: Redactor
}): Promise<Simulation> {
  const choose = createChooser(options.rules)
  const apis = [...new Set(options.models.map(({ api }) => api))]
  const shellCall: ShellCall = (command, offered) => {
    for (const model of options.models) {
      const call = model.shellCall(command, offered)
      if (call !== undefined) return call
    }
    return undefined
  }
  const requests = new Map<string, number>()
  let inFlight = 0
  const cache = createPrefixCache(monotonicMs)
  const record = openLedger(options.ledgerPath, options.redactor)

  /** Usage that a rule gives is left alone. */
  const answerOf = (api: SimulatedModel['api'], request: ModelRequest, reply: Reply): Answer => {
    if (reply.error !== undefined) return api.error(reply.error)
    const resolved = resolveReply(reply, request, shellCall)
    const { input, cacheRead, cacheWrite } = reply.usage
    const isGiven = input !== undefined || cacheRead !== undefined || cacheWrite !== undefined
    return api.answer(request, isGiven ? resolved : { ...resolved, tokens: cache.count(request, resolved.tokens) })
  }

  const serve = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const place = placeOf(message.url ?? '')
    const body = await readBody(message)
    const path = message.method === 'POST' ? (place?.path ?? '') : ''
    for (const api of apis) {
      const aside = api.aside?.(path, body)
      if (aside !== undefined) return sendJson(response, 200, aside)
    }
    const api = apis.find((candidate) => candidate.path.test(path))
    const match = api?.path.exec(path)
    if (place === undefined || api === undefined || match === null || match === undefined)
      return sendJson(response, message.method === 'HEAD' ? 200 : 404, { error: { message: 'not simulated' } })
    const key = `${place.instance}/${place.attempt}`
    const number = (requests.get(key) ?? 0) + 1
    requests.set(key, number)
    const request = api.read(body, { instance: place.instance, attempt: place.attempt, number }, match)
    inFlight += 1
    const reply: Reply = request.own === true ? plainReply : choose(request, inFlight)
    const answer = answerOf(api, request, reply)
    let usage = noUsage
    try {
      await send(response, answer, reply.delayMs, (served) => {
        usage = served
        cache.keep(request)
      })
    } finally {
      inFlight -= 1
      record({ instance: place.instance, attempt: place.attempt, path: place.path, model: request.model, usage })
    }
  }

  const underWay = new Set<Promise<void>>()
  const server = createServer((message, response) => {
    const served = serve(message, response)
      .catch(() => {
        response.destroy()
      })
      .finally(() => underWay.delete(served))
    underWay.add(served)
  })
  const port = await listenOnLoopback(server)
  return {
    endpoint: (id, attempt) => ({
      baseUrl: `http://127.0.0.1:${port}/i/${encodeURIComponent(id)}/${attempt}`,
      apiKey,
    }),
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await Promise.all([closed, ...underWay])
    },
  }
}

/** Reads `/i/<id>/<attempt><path>`; undefined for any other address. */
function placeOf(url: string): { instance: string; attempt: number; path: string } | undefined {
  const match = /^\/i\/([^/]+)\/(\d+)(\/[^?]*)/.exec(url)
  if (match === null) return undefined
  return { instance: decodeURIComponent(match[1] ?? ''), attempt: Number(match[2]), path: match[3] ?? '' }
}

async function readBody(message: IncomingMessage): Promise<JsonObject> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  try {
    return parseJson(Buffer.concat(chunks).toString()) as JsonObject
  } catch {
    return {}
  }
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, jsonHeaders)
  response.end(JSON.stringify(body))
}

/** Sends an answer at its pace; `onServed` is told the usage as soon as the frame that reports it is written. */
async function send(
  response: ServerResponse,
  answer: Answer,
  delayMs: number,
  onServed: (usage: ServedUsage) => void,
): Promise<void> {
  const gone = new AbortController()
  const closed = new Promise<void>((resolve) => {
    response.once('close', () => {
      gone.abort()
      resolve()
    })
  })
  const wait = async (ms: number): Promise<void> => {
    if (ms > 0) await delay(ms, undefined, { signal: gone.signal }).catch(() => {})
  }
  await wait(delayMs)
  if (gone.signal.aborted) return
  response.writeHead(answer.status, answer.headers)
  for (const frame of answer.frames) {
    await wait(frame.pauseMs ?? 0)
    if (gone.signal.aborted) return
    const drained = response.write(frame.body)
    if (frame.usage !== undefined) onServed(frame.usage)
    if (!drained) await Promise.race([closed, once(response, 'drain', { signal: gone.signal }).catch(() => {})])
  }
  if (answer.ending === 'cut') await flushAndReset(response)
  else if (answer.ending === 'end') response.end()
  await closed
}

/** Resets the connection once everything written has left. */
async function flushAndReset(response: ServerResponse): Promise<void> {
  await new Promise<void>((resolve) => {
    response.once('close', resolve)
    response.write('\n', () => resolve())
  })
  response.socket?.resetAndDestroy()
}
