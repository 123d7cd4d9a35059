import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, beforeEach, describe, it } from 'node:test'
import { createApi } from '../../src/github/api.ts'
import { createMemoryStore } from '../../src/github/memory-store.ts'
import { createRepository, git } from '../rig/git-repository.ts'
import { startGithubApi, type GithubApi, type TokenHolder } from '../rig/github-api.ts'

const directory = mkdtempSync(join(tmpdir(), 'memory-'))
const { origin, baseSha, headSha } = createRepository(directory, { a: '1\n' }, { a: '2\n' })
after(() => rmSync(directory, { recursive: true }))

const bot: TokenHolder = { login: 'github-actions[bot]', type: 'Bot', write: true }
const ref = 'refs/heads/orchestrator/memory'

describe('memories on a branch', () => {
  let github: GithubApi
  const store = (token = 'writes', refusal?: string) =>
    createMemoryStore({
      connect: () => createApi({ apiUrl: github.apiUrl, token }),
      repository: { owner: 'octo', name: 'app' },
      graphqlUrl: github.graphqlUrl,
      refusal,
    })
  const filesOf = async (name: string) => Object.fromEntries((await store().read(name)).files)
  const commits = (): number => Number(git(origin, 'rev-list', '--count', ref))

  beforeEach(async () => {
    github = await startGithubApi({
      repository: 'octo/app',
      origin,
      pullRequest: { number: 1, baseSha, headSha, headRepository: 'octo/app' },
      tokens: { writes: bot, reads: { ...bot, write: false } },
    })
  })
  afterEach(async () => {
    await github.close()
    assert.deepEqual(github.violations, [])
    try {
      git(origin, 'update-ref', '-d', ref)
    } catch {}
  })

  it('are found again by the next run, apart from one another and from the history of the repository', async () => {
    assert.deepEqual(await filesOf('notes'), {})
    await store().write(
      'notes',
      [
        { path: 'a.md', text: 'é\n' },
        { path: 'deep/b.md', text: 'b' },
      ],
      undefined,
    )
    await store().write('other', [{ path: 'a.md', text: 'other' }], undefined)
    assert.deepEqual(await filesOf('notes'), { 'a.md': 'é\n', 'deep/b.md': 'b' })
    assert.deepEqual(await filesOf('other'), { 'a.md': 'other' })
    await store().write(
      'notes',
      [
        { path: 'deep/b.md', text: null },
        { path: 'never.md', text: null },
      ],
      undefined,
    )
    assert.deepEqual(await filesOf('notes'), { 'a.md': 'é\n' })
    assert.throws(() => git(origin, 'merge-base', ref, baseSha))
  })

  it('are written once, however often that is repeated', async () => {
    const changes = [{ path: 'a.md', text: 'a' }]
    for (let time = 1; time <= 3; time++) await store().write('notes', changes, undefined)
    assert.equal(commits(), 1)
    for (const [method, path] of [
      ['POST', /\/git\/trees$/],
      ['POST', /\/git\/commits$/],
      ['PATCH', /\/git\/refs\//],
    ] as const) {
      github.refuse({ method, path, times: 1, status: 502, afterwards: true })
      await store()
        .write('notes', [{ path: 'b.md', text: String(path) }], undefined)
        .catch(() => {})
      await store().write('notes', [{ path: 'b.md', text: String(path) }], undefined)
      assert.equal((await filesOf('notes'))['b.md'], String(path))
    }
    assert.equal(commits(), 4)
  })

  it('keep the files of every run at the same time, and say of which file the last version stands', async () => {
    const names = ['a', 'b', 'c', 'd']
    await Promise.all(names.map((name) => store().write('notes', [{ path: name, text: name }], undefined)))
    assert.deepEqual(Object.keys(await filesOf('notes')), names)
    const known = await store().read('notes')
    await store().write('notes', [{ path: 'a', text: 'theirs' }], known)
    const overwritten = await store().write(
      'notes',
      [
        { path: 'a', text: 'ours' },
        { path: 'b', text: 'ours' },
      ],
      known,
    )
    assert.deepEqual(overwritten, ['a'])
    assert.deepEqual(await filesOf('notes'), { a: 'ours', b: 'ours', c: 'c', d: 'd' })
  })

  it('say which permission is missing', async () => {
    await assert.rejects(
      store('reads').write('notes', [{ path: 'a', text: 'a' }], undefined),
      /orchestrator\/memory could not be written \(403 .*`permissions: contents: write`/,
    )
    assert.equal(store('reads', 'a stranger').refusal, 'a stranger')
  })
})
