import assert from 'node:assert/strict'
import { createServer, type ServerResponse } from 'node:http'
import { describe, it } from 'node:test'
import { createApi, describeApiError, mostRequests } from '../../src/github/api.ts'
import { listen } from '../rig/loopback.ts'

type Reply = (response: ServerResponse) => void

const refused =
  (status: number, headers: Readonly<Record<string, string>> = {}): Reply =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(JSON.stringify({ message: 'API rate limit exceeded' }))
  }
const fine: Reply = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end('{}')
}
const lost: Reply = (response) => response.destroy()

describe('a client of GitHub', () => {
  /** Asks once; answers with the status or what is said of the error, and how many requests that took. */
  const ask = async (route: string, replies: readonly Reply[], ms = 5000): Promise<[string, number]> => {
    let count = 0
    const server = await listen(createServer((_request, response) => (replies[count++] ?? fine)(response)))
    const api = await createApi({ apiUrl: server.url, token: 'token' })
    try {
      return [String((await api(route, { owner: 'o', repo: 'r' }, AbortSignal.timeout(ms))).status), count]
    } catch (error) {
      return [describeApiError(error), count]
    } finally {
      await server.close()
    }
  }
  it('makes no more requests than a step may, whichever of its clients', async () => {
    let count = 0
    const server = await listen(createServer((_request, response) => fine((count++, response))))
    const requests = { made: mostRequests - 1 }
    const connect = () => createApi({ apiUrl: server.url, token: 'token', requests })
    const [one, other] = [await connect(), await connect()]
    const ask = (api: typeof one) => api(get, { owner: 'o', repo: 'r' }, AbortSignal.timeout(5000))
    await ask(one)
    await assert.rejects(ask(other), /has made 400 requests to GitHub/)
    assert.equal(count, 1)
    await server.close()
  })

  const get = 'GET /repos/{owner}/{repo}/issues'
  const post = 'POST /repos/{owner}/{repo}/issues'
  /** Headers of a limit that ends so many seconds after the server's own clock. */
  const limited = (seconds: number): Record<string, string> => {
    const now = Date.parse('2026-01-02T03:04:05Z')
    return {
      date: new Date(now).toUTCString(),
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(now / 1000 + seconds),
    }
  }

  it('asks again when GitHub says when, also by its own clock', async () => {
    assert.deepEqual(await ask(post, [refused(403, { 'retry-after': '0' })]), ['200', 2])
    assert.deepEqual(await ask(post, [refused(429, { 'retry-after': '0' })]), ['200', 2])
    assert.deepEqual(await ask(post, [refused(403, limited(0))]), ['200', 2])
  })

  it('takes no answer that broke off for an empty one', async () => {
    const broken = (type: string, text: string, length?: number): Reply => {
      return (response) => {
        response.writeHead(200, { 'content-type': type, ...(length !== undefined && { 'content-length': length }) })
        response.write(text, () => setTimeout(() => response.destroy(), 20))
      }
    }
    const said = 'the answer of GitHub broke off, at POST /repos/{owner}/{repo}/issues'
    for (const reply of [
      broken('application/json; charset=utf-8', '[{"id":1},'),
      broken('application/json', '[', 4000),
      broken('application/vnd.github.raw+json; charset=utf-8', 'name: ci'),
      broken('application/zip', 'PK', 4000),
    ]) {
      assert.deepEqual(await ask(get, [reply]), ['200', 2])
      assert.deepEqual(await ask(post, [reply]), [said, 1])
    }
    const cut: Reply = (response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end('[{"id":1},')
    }
    assert.deepEqual(await ask(get, [cut]), ['200', 2])
    const endless: Reply = (response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write('[')
    }
    assert.deepEqual(await ask(get, [endless], 300), [
      'GitHub did not answer in time, at GET /repos/{owner}/{repo}/issues',
      1,
    ])
    const nothing: Reply = (response) => {
      response.writeHead(204)
      response.end()
    }
    assert.deepEqual(await ask(post, [nothing]), ['204', 1])
  })

  it('gives up at once where that is too long to wait, and names the endpoint', async () => {
    const said = '403 API rate limit exceeded, at POST /repos/{owner}/{repo}/issues'
    assert.deepEqual(await ask(post, [refused(403, limited(3600))]), [said, 1])
    assert.deepEqual(await ask(post, [refused(403, { 'retry-after': '3600' })]), [said, 1])
    assert.deepEqual(await ask(post, [refused(403, { 'x-ratelimit-remaining': '17' })]), [said, 1])
  })

  it('repeats after a broken server or connection what changes nothing, and nothing else', async () => {
    assert.deepEqual(await ask(get, [refused(502), lost]), ['200', 3])
    assert.deepEqual((await ask(post, [refused(502)]))[1], 1)
    assert.deepEqual((await ask(post, [lost]))[1], 1)
    assert.deepEqual((await ask('PATCH /repos/{owner}/{repo}/check-runs/1', [refused(502)]))[1], 1)
    assert.deepEqual(await ask('PATCH /repos/{owner}/{repo}', [refused(502)]), ['200', 2])
  })

  it('says that there was no answer in time, and to what', async () => {
    const [said] = await ask(get, [() => {}], 200)
    assert.equal(said, 'GitHub did not answer in time, at GET /repos/{owner}/{repo}/issues')
  })
})
