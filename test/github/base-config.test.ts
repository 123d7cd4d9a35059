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
  { 'conf/a.yml': 'base\n', 'conf/ä ö.md': 'odd name\n' },
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
  git: (args: readonly string[]) => runGit(args, { cwd: workspace, env: environment }),
})

async function expectBase(read: ReadAtCommit): Promise<void> {
  assert.equal(await read('conf/a.yml'), 'base\n')
  assert.equal(await read('./conf/../conf/a.yml'), 'base\n')
  assert.equal(await read('conf/ä ö.md'), 'odd name\n')
  assert.equal(await read('conf/new.yml'), undefined)
  assert.equal(await read('../outside'), undefined)
  assert.equal(await read('/etc/passwd'), undefined)
}

describe('files of the base commit', () => {
  it('are fetched into a shallow checkout that lacks them', async () => {
    assert.throws(() => git(repository.checkout, 'cat-file', '-e', repository.baseSha))
    await expectBase(await openCommit({ ...options, ...at(repository.checkout), connect: undefined }))
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
