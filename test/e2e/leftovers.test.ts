import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { withRepositoryLock } from '../../src/worktree/repository-lock.ts'
import { inFolder, orchestrator, startOrchestrator, until } from './command.ts'

const plan = `
name: leftovers
instances:
  tree:
    run: test -e $AGAIN && exit 0; echo changed > file.txt; sleep 300
    env: { AGAIN: PLACE/again }
    workspace: worktree
  other:
    run: 'true'
`

const git = (folder: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], {
    cwd: folder,
    encoding: 'utf8',
  })

/** Starts a run in a repository, and kills its orchestrator with -9 while a worktree of it is in use. */
async function killMidway(folder: string): Promise<string> {
  mkdirSync(join(folder, 'tmp'))
  writeFileSync(join(folder, 'plan.yml'), plan.replace('PLACE', folder))
  writeFileSync(join(folder, '.gitignore'), 'tmp\nrun\nagain\n.orchestrator\n')
  git(folder, 'init', '-q')
  git(folder, 'add', '-A')
  git(folder, 'commit', '-qm', 'start')
  const run = join(folder, 'run')
  const { child, finished } = startOrchestrator(['run', 'plan.yml', '--quiet', '--run-dir', run], folder, {
    TMPDIR: join(folder, 'tmp'),
  })
  await until('the worktree is in use', () => {
    const journal = join(run, 'journal.ndjson')
    return existsSync(journal) && readFileSync(journal, 'utf8').split('"attempt.started"').length > 2
  })
  child.kill('SIGKILL')
  await finished
  assert.equal(readdirSync(join(folder, 'tmp')).length, 1)
  assert.equal(git(folder, 'worktree', 'list').trim().split('\n').length, 2)
  return run
}

function assertNothingLeft(folder: string): void {
  assert.deepEqual(readdirSync(join(folder, 'tmp')), [])
  assert.equal(git(folder, 'worktree', 'list').trim().split('\n').length, 1)
  assert.equal(existsSync(join(folder, '.git/worktrees')), false)
}

describe('what a killed orchestrator leaves behind, temporary directories and worktrees', () => {
  it('is removed when its run goes on', () =>
    inFolder({}, async (folder) => {
      const run = await killMidway(folder)
      writeFileSync(join(folder, 'again'), '')
      const env = { TMPDIR: join(folder, 'tmp') }
      const resumed = await orchestrator(['run', '--resume', run, '--quiet'], folder, env)
      assert.equal(resumed.code, 0, resumed.stderr)
      assertNothingLeft(folder)
    }))

  it('is removed by the next run on the machine, in another repository', () =>
    inFolder({}, async (folder) => {
      const run = await killMidway(folder)
      const env = { TMPDIR: join(folder, 'tmp') }
      await inFolder({ 'plan.yml': "instances: { a: { run: 'true' } }\n" }, async (other) => {
        const next = await orchestrator(['run', 'plan.yml', '--quiet'], other, env)
        assert.equal(next.code, 0, next.stderr)
      })
      assertNothingLeft(folder)
      writeFileSync(join(folder, 'again'), '')
      const resumed = await orchestrator(['run', '--resume', run, '--quiet'], folder, env)
      assert.equal(resumed.code, 0, resumed.stderr)
    }))

  it('goes without a wait for a run that is at work in that repository', () =>
    inFolder({}, async (folder) => {
      await killMidway(folder)
      const env = { TMPDIR: join(folder, 'tmp') }
      await inFolder({ 'plan.yml': "instances: { a: { run: 'true' } }\n" }, (other) =>
        withRepositoryLock(join(folder, '.git'), async () => {
          const next = await orchestrator(['run', 'plan.yml', '--quiet'], other, env)
          assert.equal(next.code, 0, next.stderr)
        }),
      )
      assert.deepEqual(readdirSync(join(folder, 'tmp')), [])
    }))
})
