import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { createApi } from '../../src/github/api.ts'
import { openCommit, readAhead, type ReadAtCommit } from '../../src/github/base-config.ts'
import { runGit } from '../../src/process/git.ts'
import { createRepository, git } from '../rig/git-repository.ts'
import { startGithubApi } from '../rig/github-api.ts'

const directory = mkdtempSync(join(tmpdir(), 'base-config-'))
const repository = createRepository(
  directory,
  {
    'conf/a.yml': 'base\n',
    'conf/ä ö.md': 'odd näme\n',
    'conf/linked.yml': { link: 'a.yml' },
    other: { link: 'conf' },
    'conf/outside': { link: '/etc/passwd' },
    'conf/upwards': { link: '../../outside' },
    'conf/nowhere': { link: 'nothing' },
    'conf/loop': { link: 'loop' },
  },
  { 'conf/a.yml': 'evil\n', 'conf/new.yml': 'evil\n' },
)
after(() => rmSync(directory, { recursive: true }))

const options = {
  commit: repository.baseSha,
  repository: { owner: 'octo', name: 'app' },
  signal: AbortSignal.timeout(30_000),
}

const environment = Object.fromEntries(Object.entries(process.env).map(([name, value]) => [name, value ?? '']))

/** A workspace, and git in it. */
const at = (workspace: string) => ({
  workspace,
  git: (args: readonly string[], stdin = '') =>
    runGit(args, { cwd: workspace, env: environment, stdin, encoding: 'latin1' }),
})

async function expectBase(read: ReadAtCommit): Promise<void> {
  assert.equal(await read('conf/a.yml'), 'base\n')
  assert.equal(await read('./conf/../conf/a.yml'), 'base\n')
  assert.equal(await read('conf/ä ö.md'), 'odd näme\n')
  assert.equal(await read('conf/linked.yml'), 'base\n')
  for (const path of ['conf/outside', 'conf/upwards', 'conf/nowhere', 'conf/loop', 'conf', 'a\nHEAD:conf/a.yml'])
    assert.equal(await read(path), undefined, path)
  assert.equal(await read('conf/new.yml'), undefined)
  assert.equal(await read('../outside'), undefined)
  assert.equal(await read('/etc/passwd'), undefined)
}

describe('files of the base commit', () => {
  it('are fetched into a shallow checkout that lacks them', async () => {
    assert.throws(() => git(repository.checkout, 'cat-file', '-e', repository.baseSha))
    const read = await openCommit({ ...options, ...at(repository.checkout), connect: undefined })
    await expectBase(read)
    assert.equal(await read('other/a.yml'), 'base\n', 'through a linked folder')
  })

  it('come from GitHub where there is no repository', async (test) => {
    const workspace = join(directory, 'empty')
    mkdirSync(workspace)
    const github = await startGithubApi({
      repository: 'octo/app',
      origin: repository.origin,
      pullRequest: { number: 1, baseSha: repository.baseSha, headSha: repository.headSha, headRepository: 'octo/app' },
      tokens: { token: { login: 'github-actions[bot]', type: 'Bot', write: false } },
    })
    test.after(() => github.close())
    const connect = () => createApi({ apiUrl: github.apiUrl, token: 'token' })
    await expectBase(await openCommit({ ...options, ...at(workspace), connect }))
    const refused = await openCommit({
      ...options,
      ...at(workspace),
      connect: () => createApi({ apiUrl: github.apiUrl, token: 'x' }),
    })
    await assert.rejects(refused('conf/a.yml'), /401 Bad credentials/)
    await assert.rejects(openCommit({ ...options, ...at(workspace), connect: undefined }), /no `github-token`/)
    assert.deepEqual(github.violations, [])
  })

  it('are read ahead for one who cannot wait', async () => {
    const files = new Map([
      ['a', 'b'],
      ['b', 'c'],
    ])
    const asked: string[] = []
    const read = (path: string): Promise<string | undefined> => {
      asked.push(path)
      return Promise.resolve(files.get(path))
    }
    const chain = await readAhead(read, (known) => {
      const next = known('a')
      return next === undefined ? [] : [next, known(next)]
    })
    assert.deepEqual(chain, ['b', 'c'])
    assert.deepEqual(asked, ['a', 'b'])
  })
})
