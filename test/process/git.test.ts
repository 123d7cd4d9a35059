import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { runGit } from '../../src/process/git.ts'

const path = process.env['PATH'] ?? ''

function createRepository(t: TestContext) {
  const scratch = mkdtempSync(join(tmpdir(), 'git-'))
  t.after(() => rmSync(scratch, { recursive: true, force: true }))
  const repository = join(scratch, 'repository')
  mkdirSync(repository)
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], {
      cwd: repository,
      encoding: 'utf8',
    })
  git('init', '-q', '-b', 'main')
  writeFileSync(join(repository, 'a.txt'), 'one\n')
  git('add', '-A')
  git('commit', '-qm', 'start')
  return { repository, scratch, git }
}

describe('our own git', () => {
  it('is not led elsewhere by the variables that others are', async (t) => {
    const { repository, scratch, git } = createRepository(t)
    const head = git('rev-parse', 'HEAD')
    const env = {
      PATH: path,
      HOME: scratch,
      GIT_DIR: '/nowhere',
      GIT_WORK_TREE: '/nowhere',
      GIT_INDEX_FILE: '/nowhere',
      GIT_OBJECT_DIRECTORY: '/nowhere',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'core.bare',
      GIT_CONFIG_VALUE_0: 'true',
      GIT_CONFIG_PARAMETERS: "'core.bare=true'",
    }
    for (const network of [undefined, true] as const) {
      const { GIT_CONFIG_COUNT: _count, ...rest } = env
      const result = await runGit(['rev-parse', 'HEAD'], {
        cwd: repository,
        env: network === true ? rest : env,
        ...(network && { network }),
      })
      assert.equal(result.stdout, head, result.stderr)
    }
  })

  it('does not see what the user configured for it, but where it asks a remote', async (t) => {
    const { repository, scratch } = createRepository(t)
    writeFileSync(join(scratch, '.gitconfig'), '[diff]\n  noprefix = true\n[url "/there"]\n  insteadOf = here\n')
    writeFileSync(join(repository, 'a.txt'), 'two\n')
    const env = { PATH: path, HOME: scratch }
    assert.match((await runGit(['diff'], { cwd: repository, env })).stdout, /^--- a\/a\.txt$/m)
    const asked = await runGit(['ls-remote', '--get-url', 'here'], { cwd: repository, env, network: true })
    assert.equal(asked.stdout, '/there\n')
  })

  it('runs no hook and no monitor of the repository', async (t) => {
    const { repository, scratch, git } = createRepository(t)
    const ran = join(scratch, 'ran')
    const hook = join(repository, '.git/hooks/post-checkout')
    for (const file of [hook, join(scratch, 'monitor')])
      writeFileSync(file, `#!/bin/sh\necho "$0" >> ${ran}\n`, { mode: 0o755 })
    git('config', 'core.fsmonitor', join(scratch, 'monitor'))
    git('config', 'core.pager', join(scratch, 'monitor'))
    rmSync(ran, { force: true })
    const options = { cwd: repository, env: { PATH: path, HOME: scratch } }
    const added = await runGit(['worktree', 'add', '--detach', join(scratch, 'tree')], options)
    assert.equal(added.code, 0, added.stderr)
    assert.equal((await runGit(['status'], options)).code, 0)
    assert.equal(existsSync(ran), false)
  })
})
