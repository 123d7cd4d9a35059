import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { inFolder, journalOf, orchestrator, startOrchestrator, until } from './command.ts'

const count = 200

/** Changes many files, makes one and removes one; says so each time it runs. */
const plan = (folder: string): string => `
name: applied
instances:
  change:
    run: |
      echo ran >> ${folder}/ran
      for file in files/*; do echo "$(cat "$file") changed" > "$file"; done
      rm gone
      echo made > made
    workspace: worktree
    apply: true
  after: { needs: change, run: 'cat files/1 made' }
`

const git = (folder: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], {
    cwd: folder,
    encoding: 'utf8',
  })

function prepare(folder: string): string {
  mkdirSync(join(folder, 'files'))
  mkdirSync(join(folder, 'tmp'))
  for (let number = 0; number < count; number++) writeFileSync(join(folder, 'files', String(number)), `${number}\n`)
  writeFileSync(join(folder, 'gone'), 'gone\n')
  writeFileSync(join(folder, 'plan.yml'), plan(folder))
  writeFileSync(join(folder, '.gitignore'), 'tmp\nrun\nran\n.orchestrator\n')
  git(folder, 'init', '-q')
  git(folder, 'add', '-A')
  git(folder, 'commit', '-qm', 'start')
  return join(folder, 'run')
}

/** How many of its files are changed. */
const changed = (folder: string): number =>
  readdirSync(join(folder, 'files')).filter((name) =>
    readFileSync(join(folder, 'files', name), 'utf8').includes('changed'),
  ).length

/** Kills an orchestrator as soon as so many files are changed, or at once when its effect is announced. */
async function killWhileApplying(folder: string, run: string, files: number): Promise<void> {
  const env = { TMPDIR: join(folder, 'tmp') }
  const { child, finished } = startOrchestrator(['run', 'plan.yml', '--quiet', '--run-dir', run], folder, env)
  const journal = join(run, 'journal.ndjson')
  await until('the changes are announced', () => {
    if (!existsSync(journal) || !readFileSync(journal, 'utf8').includes('"effect.started"')) return false
    return changed(folder) >= files
  })
  child.kill('SIGKILL')
  await finished
}

describe('changes that a killed orchestrator was applying', () => {
  for (const files of [0, count / 2])
    it(`are applied once when its run is resumed, killed after at least ${files} of ${count} files`, () =>
      inFolder({}, async (folder) => {
        const run = prepare(folder)
        await killWhileApplying(folder, run, files)
        const resumed = await orchestrator(['run', '--resume', run, '--quiet'], folder, { TMPDIR: join(folder, 'tmp') })
        assert.equal(resumed.code, 0, resumed.stderr)
        assert.equal(readFileSync(join(folder, 'ran'), 'utf8'), 'ran\n', 'its process ran once')
        for (let number = 0; number < count; number++)
          assert.equal(readFileSync(join(folder, 'files', String(number)), 'utf8'), `${number} changed\n`)
        assert.equal(existsSync(join(folder, 'gone')), false)
        const ends = journalOf(run).filter(({ type, id }) => type === 'attempt.ended' && id === 'change')
        assert.deepEqual(
          ends.map(({ attempt, failure }) => ({ attempt, failure })),
          [{ attempt: 1, failure: null }],
        )
        assert.deepEqual(
          readdirSync(join(folder, '.git')).filter((name) => name.startsWith('orchestrator')),
          [],
        )
      }))

  it('are a conflict when somebody has changed one of the files meanwhile, and nothing more is changed', () =>
    inFolder({}, async (folder) => {
      const run = prepare(folder)
      await killWhileApplying(folder, run, 0)
      const before = changed(folder)
      writeFileSync(join(folder, 'files/7'), 'mine\n')
      const resumed = await orchestrator(['run', '--resume', run, '--quiet'], folder, { TMPDIR: join(folder, 'tmp') })
      assert.equal(resumed.code, 1)
      assert.match(readFileSync(join(run, 'summary.md'), 'utf8'), /files\/7/)
      assert.equal(readFileSync(join(folder, 'files/7'), 'utf8'), 'mine\n')
      assert.ok(Math.abs(changed(folder) - before) <= 1)
      const end = journalOf(run).find(({ type, id }) => type === 'attempt.ended' && id === 'change')
      assert.deepEqual((end?.['failure'] as { files?: string[] } | undefined)?.files, ['files/7'])
    }))
})
