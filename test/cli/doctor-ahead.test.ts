import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect, createServer as createPlainServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { describe, it, type TestContext } from 'node:test'
import { retirementOf } from '../../src/agents/retired-models.ts'
import { examineAhead } from '../../src/cli/doctor/examine-ahead.ts'
import { examineEvents } from '../../src/cli/doctor/examine-events.ts'
import type { Surroundings } from '../../src/cli/surroundings.ts'
import { compile } from '../../src/index.ts'
import { noticesAtStart } from '../../src/run/notices.ts'
import { git } from '../rig/git-repository.ts'
import { listen } from '../rig/loopback.ts'
import { run } from './command-line.ts'

const now = Date.parse('2026-06-01')

function planOf(text: string) {
  const { plan, diagnostics } = compile('.github/orchestrator.yml', text)
  assert.ok(plan, JSON.stringify(diagnostics))
  return plan
}

const review = planOf(`
instances:
  old: { prompt: p, model: claude-3-opus-20240229 }
  near: { prompt: p, model: claude-sonnet-4-20250514 }
  fine: { prompt: p, model: claude-opus-4-5 }
  tool: { run: echo }
`)

function around(root: string, environment: Surroundings['environment']): Surroundings {
  const nobody = (): never => assert.fail('nobody is asked')
  const out = { write: nobody, closed: nobody, interactive: false, colour: false, columns: nobody, rows: nobody }
  return { cwd: root, root, environment, now: () => now, out, err: out, onInterrupt: nobody, watch: nobody }
}

describe('what is in the way of agents, before any has started', () => {
  it('is a model that its vendor has retired, or soon will; not where another provider is asked', async () => {
    const findings = await examineAhead(review, around('/', {}))
    assert.deepEqual(
      findings.map(({ kind, state, what, wantedBy }) => [kind, state, what, wantedBy]),
      [
        ['model', 'missing', 'claude-3-opus-20240229', ['old']],
        ['model', 'uncertain', 'claude-sonnet-4-20250514', ['near']],
      ],
    )
    assert.match(findings[0]?.detail ?? '', /was retired by its vendor on 2026-01-05: requests for it fail/)
    assert.deepEqual(await examineAhead(review, around('/', { ANTHROPIC_BASE_URL: 'https://gateway.example/v1' })), [])
  })

  it('knows models as people write them', () => {
    const of = (model: string, provider = 'anthropic') => retirementOf(model, provider, now)?.day
    assert.equal(of('anthropic/Claude-3-Opus'), '2026-01-05')
    assert.equal(of('claude-3-5-haiku-latest'), '2026-02-19')
    assert.equal(of('claude-sonnet-4[1m]'), '2026-06-15')
    for (const model of ['opus', 'claude-opus-4-1', 'constructor', '${{ inputs.model }}'])
      assert.equal(of(model), undefined)
    assert.equal(of('claude-3-opus', 'bedrock'), undefined)
    assert.equal(retirementOf('gpt-5-2025-08-07', 'openai', Date.parse('2026-12-11'))?.isPast, true)
  })

  it('is a proxy that takes no connection, or does not answer; told without its password', async (t) => {
    const server = createPlainServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    t.after(() => server.close())
    const { port } = server.address() as AddressInfo
    const of = (environment: Record<string, string>) =>
      examineAhead(planOf('instances: { a: { prompt: p } }'), around('/', environment))
    assert.deepEqual(await of({ HTTPS_PROXY: `http://127.0.0.1:${port}` }), [])
    const [finding] = await of({ https_proxy: 'http://user:hunter2@127.0.0.1:1' })
    assert.equal(finding?.what, 'proxy 127.0.0.1:1')
    assert.match(finding.detail, /does not answer \(ECONNREFUSED\)/)
    assert.doesNotMatch(JSON.stringify(finding), /hunter2/)
    assert.deepEqual(await of({ HTTPS_PROXY: 'http://127.0.0.1:1', NO_PROXY: 'api.anthropic.com' }), [])
  })

  it('is a warning of the run, and none under simulation or where no model is called', async () => {
    const environment = { HTTPS_PROXY: 'http://127.0.0.1:1' }
    const told = (await noticesAtStart({ plan: review, environment, changes: { notices: [] }, past: {} }, now)).map(
      ({ message }) => message,
    )
    assert.ok(
      told.some((message) =>
        /`model: claude-3-opus-20240229` was retired .* \(old\)\. Write another `model`\./.test(message),
      ),
    )
    assert.ok(
      told.some((message) =>
        /the proxy 127\.0\.0\.1:1 does not answer .*\(old, near, fine\).*`HTTPS_PROXY`/.test(message),
      ),
    )
    for (const more of [{ plan: review, simulation: {} }, { plan: planOf('instances: { a: { run: echo } }') }]) {
      const quiet = await noticesAtStart({ ...more, environment, changes: { notices: ['git is old'] }, past: {} }, now)
      assert.doesNotMatch(JSON.stringify(quiet), /proxy|retired/)
      assert.match(JSON.stringify(quiet), /git is old/)
    }
  })
})

const workflow = (on: string): string => `
on: ${on}
jobs:
  review:
    steps:
      - uses: org/orchestrator-action@v1
        with: { github-token: "\${{ steps.app.outputs.token }}" }
`

/** A repository with two workflows that run the file, and one that does not. */
function repositoryOf(t: TestContext): string {
  const root = mkdtempSync(join(tmpdir(), 'events-'))
  t.after(() => rmSync(root, { recursive: true }))
  mkdirSync(join(root, '.github/workflows'), { recursive: true })
  const write = (name: string, text: string) => writeFileSync(join(root, '.github/workflows', name), text)
  write('a.yml', workflow('{ pull_request_target: {}, workflow_dispatch: {} }'))
  write('b.yml', workflow('[push]'))
  write('other.yml', 'on: schedule\njobs: { a: { steps: [{ run: echo }] } }\n')
  return root
}

/** Policies as docs.github.com/rest/actions/policies shows them: a list without rules, and each with them. */
const rule = (...allowed: string[]) => ({ type: 'restrict_action_events', parameters: { allowed_events: allowed } })
const policies: Record<string, object> = {
  1: {
    id: 1,
    name: 'no targets',
    enforcement: 'active',
    conditions: { workflow_path: { include: ['~ALL'], exclude: ['.github/workflows/b.yml'] } },
    rules: [rule('workflow_dispatch')],
  },
  2: { id: 2, name: 'only looks', enforcement: 'evaluate', conditions: {}, rules: [rule()] },
  3: {
    id: 3,
    name: 'some',
    enforcement: 'active',
    conditions: { workflow_path: { include: ['.github/workflows/b*'], exclude: [] } },
    rules: [rule('schedule')],
  },
}

describe('events that start a workflow', () => {
  it('are held against the policies of the repository', async (t) => {
    const asked: string[] = []
    const server = await listen(
      createServer((request, response) => {
        asked.push(`${request.headers.authorization} ${request.url}`)
        const id = /policies\/(\d+)$/.exec(request.url ?? '')?.[1]
        const body =
          id === undefined
            ? { total_count: 3, policies: Object.values(policies).map((each) => ({ ...each, rules: undefined })) }
            : policies[id]
        response.setHeader('content-type', 'application/json')
        response.end(JSON.stringify(body))
      }),
    )
    t.after(() => server.close())
    const environment = { GH_TOKEN: 'secret-word', GITHUB_API_URL: server.url, GITHUB_REPOSITORY: 'octo/app' }
    const findings = await examineEvents(
      planOf('instances: { a: { run: echo } }'),
      around(repositoryOf(t), environment),
    )
    assert.deepEqual(
      findings.map(({ state, what, detail }) => [state, what, detail]),
      [
        ['missing', 'pull_request_target', 'the policy "no targets" does not let it start .github/workflows/a.yml'],
        ['fine', 'workflow_dispatch', 'may start .github/workflows/a.yml'],
        ['missing', 'push', 'the policy "some" does not let it start .github/workflows/b.yml'],
      ],
    )
    assert.match(findings[0]?.fix ?? '', /allow `pull_request_target` in the policy "no targets"/)
    assert.equal(asked[0], 'token secret-word /repos/octo/app/actions/policies?per_page=100&has_parents=true')
    assert.equal(asked.length, 4)
  })

  it('are told of where a default policy is known to block them, and nobody can be asked or may read policies', async (t) => {
    const plan = planOf('instances: { a: { run: echo } }')
    const root = repositoryOf(t)
    const [finding, ...others] = await examineEvents(plan, around(root, {}))
    assert.deepEqual(others, [])
    assert.equal(finding?.what, 'pull_request_target')
    assert.match(finding.fix ?? '', /fork-checks\.yml/)
    const server = await listen(
      createServer((_request, response) => {
        response.statusCode = 403
        response.end('{}')
      }),
    )
    t.after(() => server.close())
    const environment = { GITHUB_TOKEN: 't', GITHUB_API_URL: server.url, GITHUB_REPOSITORY: 'octo/app' }
    const [refused] = await examineEvents(plan, around(root, environment))
    assert.match(
      refused?.detail ?? '',
      /policies are not known: GitHub answers 403 .*; reading them needs Administration: read/,
    )
  })

  it('are asked about through the proxy of the network, of a server of one’s own by the host of the remote', async (t) => {
    const server = await listen(
      createServer((request, response) => {
        const isList = request.url?.startsWith('/api/v3/repos/octo/app/actions/policies?') === true
        response.setHeader('content-type', 'application/json')
        response.end(JSON.stringify(isList ? { policies: [{ id: 1 }] } : policies['1']))
      }),
    )
    const tunnels: string[] = []
    const ends: Duplex[] = []
    const proxy = createServer()
    proxy.on('connect', (request, socket) => {
      tunnels.push(request.url ?? '')
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      const way = connect(Number(new URL(server.url).port), '127.0.0.1')
      socket.pipe(way).pipe(socket)
      for (const end of [socket, way]) {
        end.on('error', () => end.destroy())
        ends.push(end)
      }
    })
    const { url } = await listen(proxy)
    t.after(async () => {
      for (const end of ends) end.destroy()
      proxy.close()
      await server.close()
    })
    const root = repositoryOf(t)
    git(root, 'init', '-q')
    git(root, 'remote', 'add', 'origin', 'git@ghes.test:octo/app.git')
    writeFileSync(join(root, '.github/orchestrator.yml'), 'instances: { a: { run: echo } }\n')
    const variables = { GH_TOKEN: 'secret-word', GITHUB_API_URL: 'http://ghes.test/api/v3', HTTP_PROXY: url }
    const { out, err } = await run(root, ['doctor', '.github/orchestrator.yml'], variables)
    assert.match(out + err, /the policy "no targets" does not let it start \.github\/workflows\/a\.yml/)
    assert.deepEqual([...new Set(tunnels)], ['ghes.test:80'])
  })
})
