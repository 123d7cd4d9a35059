import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { createPackageStore } from '../../src/github/package-store.ts'
import { createApi, type Api } from '../../src/github/api.ts'
import { createRepository } from '../rig/git-repository.ts'
import { startGithubApi, type GithubApi } from '../rig/github-api.ts'
import { startResultsService, type ResultsService } from '../rig/results-service.ts'

/** What the other tests stand on, held against the real clients and GitHub's own description. */
const directory = mkdtempSync(join(tmpdir(), 'rig-'))
after(() => rmSync(directory, { recursive: true }))

describe('the results service', () => {
  let service: ResultsService
  const files = join(directory, 'files')
  before(async () => {
    service = await startResultsService()
    Object.assign(process.env, service.environment, {
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_WORKSPACE: directory,
      RUNNER_TEMP: directory,
    })
    mkdirSync(join(files, 'logs'), { recursive: true })
    writeFileSync(join(files, 'run.json'), '{}')
    writeFileSync(join(files, 'logs/a.log'), 'x'.repeat(9_000_000))
    process.chdir(directory)
  })
  after(() => service.close())

  it('takes and gives artifacts of the real client', async () => {
    const { DefaultArtifactClient } = await import('@actions/artifact')
    const client = new DefaultArtifactClient()
    const { id } = await client.uploadArtifact('mine', [join(files, 'run.json'), join(files, 'logs/a.log')], files)
    assert.equal(service.artifacts[0]?.id, id)
    assert.equal((await client.getArtifact('mine')).artifact.id, id)
    const path = join(directory, 'download')
    await client.downloadArtifact(id ?? 0, { path })
    assert.equal(readFileSync(join(path, 'run.json'), 'utf8'), '{}')
    assert.equal(readFileSync(join(path, 'logs/a.log')).length, 9_000_000)
    await assert.rejects(client.uploadArtifact('mine', [join(files, 'run.json')], files), /409.*already exists/)
  })

  it('keeps the packages of CLIs, and its failures are none of the run', async () => {
    const warnings: string[] = []
    const store = createPackageStore((message) => warnings.push(message))
    const folder = join(files, 'packages')
    mkdirSync(folder)
    writeFileSync(join(folder, 'content'), 'of the package')
    assert.equal(await store.restore(folder, 'orchestrator-cli-1.2.3'), false)
    void store.save(folder, 'orchestrator-cli-1.2.3')
    await store.finish()
    assert.ok(service.caches.has('orchestrator-cli-1.2.3'))
    rmSync(folder, { recursive: true })
    assert.equal(await store.restore(folder, 'orchestrator-cli-1.2.3'), true)
    assert.equal(readFileSync(join(folder, 'content'), 'utf8'), 'of the package')
    assert.equal(await store.restore(folder, 'a key, which has none'), false)
    assert.match(warnings.join(), /^The cache of Actions could not be read: .*comma/i)
    await store.save(join(files, 'nothing is here'), 'other')
    assert.equal(warnings.length, 2)
  })

  it('is waited for only so long when it says nothing', async () => {
    const silent = createServer(() => {})
    await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening))
    const address = silent.address()
    const { ACTIONS_RESULTS_URL: before = '' } = process.env
    process.env['ACTIONS_RESULTS_URL'] = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`
    try {
      const warnings: string[] = []
      const store = createPackageStore((message) => warnings.push(message), 300)
      assert.equal(await store.restore(files, 'key'), false)
      assert.deepEqual(warnings, ['The cache of Actions could not be read: no answer within 0.3 s'])
    } finally {
      process.env['ACTIONS_RESULTS_URL'] = before
      silent.closeAllConnections()
      silent.close()
    }
  })

  it('takes and gives caches of the real client', async () => {
    const cache = await import('@actions/cache')
    const paths = ['files/run.json']
    assert.notEqual(await cache.saveCache(paths, 'key-1'), -1)
    assert.ok(service.caches.has('key-1'))
    writeFileSync(join(files, 'run.json'), 'changed')
    assert.equal(await cache.restoreCache(paths, 'key-2', ['key-']), 'key-1')
    assert.equal(readFileSync(join(files, 'run.json'), 'utf8'), '{}')
    assert.equal(await cache.restoreCache(paths, 'other'), undefined)
  })
})

describe('the loopback GitHub', () => {
  let github: GithubApi
  let api: Api
  const signal = AbortSignal.timeout(30_000)
  const repo = { owner: 'octo', repo: 'app' }
  before(async () => {
    const { origin, baseSha, headSha } = createRepository(
      directory,
      { kept: 'same\n', changed: 'a\nb\nc\n', gone: 'x\n' },
      { changed: 'a\nB\nc\n', gone: null, 'new/file': 'one\n' },
    )
    github = await startGithubApi({
      repository: 'octo/app',
      origin,
      pullRequest: { number: 1, baseSha, headSha, headRepository: 'octo/app' },
      tokens: { token: { login: 'mona', type: 'User', write: true } },
      permissions: { mona: 'admin' },
    })
    api = await createApi({ apiUrl: github.apiUrl, token: 'token' })
  })
  after(() => github.close())

  it('shows a pull request and its files from real git', async () => {
    const pull = await api('GET /repos/{owner}/{repo}/pulls/{pull_number}', { ...repo, pull_number: 1 }, signal)
    assert.equal(Reflect.get(Object(pull.data), 'number'), 1)
    const files = await api('GET /repos/{owner}/{repo}/pulls/{pull_number}/files', { ...repo, pull_number: 1 }, signal)
    assert.deepEqual(
      Array.isArray(files.data) &&
        files.data.map(({ filename, status, patch }) => [filename, status, patch.split('\n')[0]]),
      [
        ['changed', 'modified', '@@ -1,3 +1,3 @@'],
        ['gone', 'removed', '@@ -1 +0,0 @@'],
        ['new/file', 'added', '@@ -0,0 +1 @@'],
      ],
    )
    const mediaType = { format: 'diff' }
    const diff = await api(
      'GET /repos/{owner}/{repo}/pulls/{pull_number}',
      { ...repo, pull_number: 1, mediaType },
      signal,
    )
    assert.match(String(diff.data), /^diff --git a\/changed b\/changed/)
    assert.deepEqual(github.violations, [])
  })

  it('shows permissions and contents', async () => {
    const route = 'GET /repos/{owner}/{repo}/collaborators/{username}/permission'
    const { data } = await api(route, { ...repo, username: 'mona' }, signal)
    assert.equal(Reflect.get(Object(data), 'permission'), 'admin')
    const file = await api('GET /repos/{owner}/{repo}/contents/{path}', { ...repo, path: 'kept' }, signal)
    assert.equal(Buffer.from(Reflect.get(Object(file.data), 'content'), 'base64').toString(), 'same\n')
    assert.deepEqual(github.violations, [])
  })

  it('refuses what GitHub refuses', async () => {
    const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments'
    const create = (body: unknown, token = 'token'): Promise<unknown> =>
      createApi({ apiUrl: github.apiUrl, token }).then((each) =>
        each(route, { ...repo, issue_number: 1, body }, signal),
      )
    await assert.rejects(create('x'.repeat(65_537)), /Body is too long \(maximum is 65536 characters\)/)
    await assert.rejects(create('x', 'wrong'), /Bad credentials/)
    assert.deepEqual(github.violations, [])
    await create(7)
    assert.match(github.violations.splice(0)[0] ?? '', /body: \/body must be string/)
  })
})
