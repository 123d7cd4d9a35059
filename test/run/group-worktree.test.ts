import { ownTrust } from '../../src/core/run-trust.ts'
import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { recoverRun } from '../../src/journal/recover.ts'
import { runDirectoryAt } from '../../src/journal/run-directory.ts'
import { executeRun } from '../../src/run/execute-run.ts'
import { compile } from '../../src/workflow/compile.ts'
import { runtimeFacts } from '../../src/agents/registry.ts'
import { createRepository, type Repository } from '../worktree/repository.ts'

const files = { 'a.txt': 'a\n', 'b.txt': 'b\n' }

/** Runs a file in a repository, or resumes it from its journal. */
async function run({ path, scratch, env }: Repository, text: string, resume = false) {
  const compilation = compile('plan.yml', text, { read: () => undefined, runtimes: runtimeFacts() })
  assert.deepEqual(
    compilation.diagnostics.map(({ message }) => message),
    [],
  )
  const runDirectory = join(scratch, 'run')
  const recovery = resume ? recoverRun(join(runDirectory, 'journal.ndjson')) : undefined
  const runId = recovery?.runId ?? ''
  const { state } = await executeRun({
    plan: compilation.plan ?? assert.fail(),
    inputs: {},
    only: null,
    workspace: path,
    runDirectory,
    environment: { ...env, TMPDIR: scratch },
    reporters: () => [],
    trust: ownTrust,
    ...(recovery !== undefined && {
      resume: { ...recovery, runId, directory: runDirectoryAt(runDirectory, runId), changed: [] },
    }),
  })
  return Object.fromEntries(
    [...state.instances.values()].map(({ instance, result, reason }) => [instance.id, reason === '' ? result : reason]),
  )
}

const open = (t: TestContext): Repository => createRepository(t, files)
const read = ({ path }: Repository, name: string): string => readFileSync(join(path, name), 'utf8')

describe('a worktree of a group', () => {
  it('is shared by its members, and applied when all of them succeeded', async (t) => {
    const repository = open(t)
    const results = await run(
      repository,
      `
instances:
  fix:
    workspace: worktree
    apply: true
    sequence:
      - { id: change, run: echo fixed > a.txt; echo new > new.txt }
      - { id: verify, run: grep -q fixed a.txt && test -e new.txt && ! grep -q fixed ${repository.path}/a.txt }
  after: { needs: fix, run: cat a.txt new.txt }
`,
    )
    assert.deepEqual(results, {
      fix: 'success',
      'fix.change': 'success',
      'fix.verify': 'success',
      'fix.changes': 'success',
      after: 'success',
    })
    assert.equal(read(repository, 'a.txt'), 'fixed\n')
    assert.match(readFileSync(join(repository.scratch, 'run/logs/fix.changes.1.changes.patch'), 'utf8'), /^\+fixed$/m)
    assert.equal(repository.git('worktree', 'list').trim().split('\n').length, 1)
  })

  it('leaves the repository alone when its verification fails, and keeps the changes as a patch', async (t) => {
    const repository = open(t)
    const results = await run(
      repository,
      `
instances:
  fix:
    workspace: worktree
    apply: true
    sequence:
      - { id: change, run: echo broken > a.txt }
      - { id: verify, run: grep -q fixed a.txt }
`,
    )
    assert.deepEqual([results['fix'], results['fix.verify'], results['fix.changes']], ['exit:1', 'exit:1', 'upstream'])
    assert.equal(read(repository, 'a.txt'), 'a\n')
    assert.match(readFileSync(join(repository.scratch, 'run/logs/fix.verify.1.changes.patch'), 'utf8'), /^\+broken$/m)
    assert.equal(repository.git('worktree', 'list').trim().split('\n').length, 1)
  })

  it('is one for each cell of a matrix, and of its members side by side', async (t) => {
    const repository = open(t)
    const results = await run(
      repository,
      `
instances:
  list: { run: 'echo "names=[\\"a\\",\\"b\\"]" >> $ORCHESTRATOR_OUTPUT' }
  fix:
    needs: list
    strategy: { matrix: { name: "\${{ fromJSON(needs.list.outputs.names) }}" } }
    workspace: worktree
    apply: true
    parallel:
      one: { run: 'echo one > $NAME.txt', env: { NAME: "\${{ matrix.name }}" } }
      two: { run: 'echo two > $NAME.two', env: { NAME: "\${{ matrix.name }}" } }
`,
    )
    assert.deepEqual([...new Set(Object.values(results))], ['success'])
    for (const name of ['a', 'b']) {
      assert.equal(read(repository, `${name}.txt`), 'one\n')
      assert.equal(read(repository, `${name}.two`), 'two\n')
    }
  })

  it('has what its members left when the run is resumed', async (t) => {
    const repository = open(t)
    const text = `
instances:
  fix:
    workspace: worktree
    apply: true
    sequence:
      - { id: change, run: "echo fixed > a.txt; rm b.txt; mkdir d; echo new > d/new.txt; echo ran >> ${repository.scratch}/ran" }
      - { id: verify, run: "test -e ${repository.scratch}/again && grep -q fixed a.txt && test ! -e b.txt && cat d/new.txt" }
`
    assert.equal((await run(repository, text))['fix'], 'exit:1')
    const journal = join(repository.scratch, 'run/journal.ndjson')
    const lines = readFileSync(journal, 'utf8').split('\n')
    const started = lines.findIndex((line) => line.includes('"attempt.started"') && line.includes('"fix.verify"'))
    writeFileSync(journal, `${lines.slice(0, started + 1).join('\n')}\n`)
    writeFileSync(join(repository.scratch, 'again'), '')
    const results = await run(repository, text, true)
    assert.deepEqual([...new Set(Object.values(results))], ['success'])
    assert.equal(readFileSync(join(repository.scratch, 'ran'), 'utf8'), 'ran\n')
    assert.equal(read(repository, 'a.txt'), 'fixed\n')
    assert.equal(read(repository, 'd/new.txt'), 'new\n')
    assert.equal(existsSync(join(repository.path, 'b.txt')), false)
  })

  it('is refused to a member that wants one of its own', () => {
    const text = `
instances:
  fix:
    workspace: worktree
    sequence:
      - { id: change, run: 'true', workspace: worktree, apply: true }
  plain: { apply: true, sequence: [{ run: 'true' }] }
`
    const { diagnostics } = compile('plan.yml', text, { read: () => undefined, runtimes: runtimeFacts() })
    assert.deepEqual(
      diagnostics.map(({ code, range }) => [code, range?.start.line]),
      [
        ['nested-worktree', 6],
        ['nested-worktree', 6],
        ['apply-without-worktree', 7],
      ],
    )
  })
})
