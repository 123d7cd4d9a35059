import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { addWorktree, applyPatch, collectPatch, removeWorktrees } from '../../src/process/worktree.ts'

const env = {
  PATH: process.env['PATH'] ?? '',
  HOME: tmpdir(),
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.org',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.org',
}

describe('worktrees', () => {
  it('give a change of any kind back as a patch that applies elsewhere', async (t) => {
    const { repository, git, scratch } = createRepository(t)
    const worktree = await addWorktree(repository, join(scratch, 'trees', 'a'), env)
    const binary = randomBytes(5000)
    writeFileSync(join(worktree.path, 'text.txt'), 'one\ntwo changed\nthree\n')
    writeFileSync(join(worktree.path, 'binary.bin'), binary)
    writeFileSync(join(worktree.path, 'ignored.log'), 'not in the patch')
    mkdirSync(join(worktree.path, 'new folder'))
    writeFileSync(join(worktree.path, 'new folder', 'ünïcode "quoted".txt'), 'committed in the worktree\n')
    execFileSync('git', ['add', 'new folder'], { cwd: worktree.path, env })
    execFileSync('git', ['commit', '-qm', 'from inside'], { cwd: worktree.path, env })
    rmSync(join(worktree.path, 'deleted.txt'))
    const status = execFileSync('git', ['status', '--porcelain'], { cwd: worktree.path, env, encoding: 'utf8' })

    const patch = join(scratch, 'changes.patch')
    assert.equal(await collectPatch(worktree, patch, env), true)
    assert.equal(execFileSync('git', ['status', '--porcelain'], { cwd: worktree.path, env, encoding: 'utf8' }), status)
    assert.equal(git('status', '--porcelain'), '', 'the repository itself is as it was')

    assert.deepEqual(await applyPatch(repository, patch, env), { applied: true })
    assert.equal(readFileSync(join(repository, 'text.txt'), 'utf8'), 'one\ntwo changed\nthree\n')
    assert.deepEqual(readFileSync(join(repository, 'binary.bin')), binary)
    assert.equal(existsSync(join(repository, 'new folder', 'ünïcode "quoted".txt')), true)
    assert.equal(existsSync(join(repository, 'deleted.txt')), false)
    assert.equal(existsSync(join(repository, 'ignored.log')), false)
    assert.equal(git('diff', '--cached', '--name-only'), '', 'nothing is staged')
  })

  it('without a change leave no patch', async (t) => {
    const { repository, scratch } = createRepository(t)
    const worktree = await addWorktree(repository, join(scratch, 'trees', 'a'), env)
    const patch = join(scratch, 'changes.patch')
    assert.equal(await collectPatch(worktree, patch, env), false)
    assert.equal(existsSync(patch), false)
  })

  it('merge what was changed side by side, and on a conflict lose nothing', async (t) => {
    const { repository, git, scratch } = createRepository(t)
    const edits = { first: ['1', 'eins'], far: ['9', 'neun'], clash: ['1', 'uno'] } as const
    const patches: Record<string, string> = {}
    for (const [name, [from, to]] of Object.entries(edits)) {
      const worktree = await addWorktree(repository, join(scratch, 'trees', name), env)
      const file = join(worktree.path, 'numbers.txt')
      writeFileSync(file, readFileSync(file, 'utf8').replace(`${from}\n`, `${to}\n`))
      writeFileSync(join(worktree.path, `${name}.txt`), 'new\n')
      patches[name] = join(scratch, `${name}.patch`)
      await collectPatch(worktree, patches[name], env)
    }
    writeFileSync(join(repository, 'text.txt'), 'uncommitted work\n')
    assert.deepEqual(await applyPatch(repository, patches['first'] ?? '', env), { applied: true })
    git('add', 'numbers.txt', 'first.txt')
    assert.deepEqual(await applyPatch(repository, patches['far'] ?? '', env), { applied: true })
    git('add', 'numbers.txt', 'far.txt')
    const before = readFileSync(join(repository, 'numbers.txt'), 'utf8')
    assert.match(before, /^eins\n[^]*neun\n/)
    const status = git('status', '--porcelain')

    const outcome = await applyPatch(repository, patches['clash'] ?? '', env)
    assert.equal(outcome.applied, false)
    assert.deepEqual(!outcome.applied && outcome.conflicts, ['numbers.txt'])
    assert.equal(readFileSync(join(repository, 'numbers.txt'), 'utf8'), before)
    assert.equal(readFileSync(join(repository, 'text.txt'), 'utf8'), 'uncommitted work\n')
    assert.equal(git('status', '--porcelain'), status)
    assert.equal(existsSync(patches['clash'] ?? ''), true)
  })

  it('never overwrite work that git has not seen yet: same size, same second as the last commit', async (t) => {
    const { repository, git, scratch } = createRepository(t)
    const worktree = await addWorktree(repository, join(scratch, 'trees', 'a'), env)
    writeFileSync(join(worktree.path, 'numbers.txt'), '1\nII\n3\n4\n5\n6\n7\n8\n9\n')
    const patch = join(scratch, 'changes.patch')
    await collectPatch(worktree, patch, env)

    const mine = 'X\n2\n3\n4\n5\n6\n7\n8\n9\n'
    const file = join(repository, 'numbers.txt')
    for (let tries = 0; tries < 5; tries++) {
      writeFileSync(file, '1\n2\n3\n4\n5\n6\n7\n8\n9\n')
      git('update-index', '--refresh')
      writeFileSync(file, mine)
      if (second(file) === second(join(repository, '.git/index'))) break
    }
    while (Math.floor(Date.now() / 1000) === second(file)) await new Promise((turn) => setImmediate(turn))

    const outcome = await applyPatch(repository, patch, env)
    assert.equal(readFileSync(file, 'utf8'), mine)
    assert.equal(outcome.applied, false)
    assert.equal(existsSync(patch), true)
  })

  it('keep a change of the same size made in the second of the checkout', async (t) => {
    const { repository, scratch } = createRepository(t)
    const patch = join(scratch, 'changes.patch')
    for (let tries = 0; tries < 5; tries++) {
      const worktree = await addWorktree(repository, join(scratch, 'trees', String(tries)), env)
      const file = join(worktree.path, 'text.txt')
      writeFileSync(file, 'ONE\ntwo\nthree\n')
      if (second(file) !== second(join(repository, '.git/worktrees', String(tries), 'index'))) continue
      while (Math.floor(Date.now() / 1000) === second(file)) await new Promise((turn) => setImmediate(turn))
      assert.equal(await collectPatch(worktree, patch, env), true)
      return
    }
  })

  it('leave untracked files alone that a patch would make', async (t) => {
    const { repository, scratch } = createRepository(t)
    const worktree = await addWorktree(repository, join(scratch, 'trees', 'a'), env)
    writeFileSync(join(worktree.path, 'fresh.txt'), 'theirs\n')
    writeFileSync(join(worktree.path, 'numbers.txt'), 'eins\n')
    const patch = join(scratch, 'changes.patch')
    await collectPatch(worktree, patch, env)
    writeFileSync(join(repository, 'fresh.txt'), 'mine\n')
    assert.equal((await applyPatch(repository, patch, env)).applied, false)
    assert.equal(readFileSync(join(repository, 'fresh.txt'), 'utf8'), 'mine\n')
    assert.match(readFileSync(join(repository, 'numbers.txt'), 'utf8'), /^1\n2\n/)
  })

  it('are removed in whatever state they were left', async (t) => {
    const { repository, git, scratch } = createRepository(t)
    const trees = join(scratch, 'trees')
    const [kept, gone, locked] = await Promise.all(
      ['kept', 'gone', 'locked'].map((name) => addWorktree(repository, join(trees, name), env)),
    )
    const other = await addWorktree(repository, join(scratch, 'other', 'mine'), env)
    rmSync(gone?.path ?? '', { recursive: true })
    git('worktree', 'lock', locked?.path ?? '')
    writeFileSync(join(kept?.path ?? '', 'dirty.txt'), 'dirty')
    await removeWorktrees(repository, trees, env)
    assert.equal(existsSync(trees), false)
    assert.deepEqual(
      git('worktree', 'list', '--porcelain')
        .match(/(?<=^worktree ).*/gm)
        ?.map((path) => realpathSync(path)),
      [realpathSync(repository), realpathSync(other.path)],
    )
  })

  it('say why they cannot be made', async (t) => {
    const { scratch } = createRepository(t)
    await assert.rejects(
      addWorktree(scratch, join(scratch, 'trees', 'a'), env),
      /git rev-parse: fatal: not a git repository/,
    )
  })
})

/** When a file was last written, in the whole seconds that git compares. */
const second = (path: string): number => Math.floor(statSync(path).mtimeMs / 1000)

function createRepository(t: TestContext) {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'worktree-')))
  t.after(() => rmSync(scratch, { recursive: true, force: true }))
  const repository = join(scratch, 'repository')
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: repository, env, encoding: 'utf8' })
  mkdirSync(repository)
  git('init', '-q', '-b', 'main')
  writeFileSync(join(repository, 'text.txt'), 'one\ntwo\nthree\n')
  writeFileSync(join(repository, 'deleted.txt'), 'delete me\n')
  writeFileSync(join(repository, 'binary.bin'), randomBytes(3000))
  writeFileSync(join(repository, 'numbers.txt'), '1\n2\n3\n4\n5\n6\n7\n8\n9\n')
  writeFileSync(join(repository, '.gitignore'), '*.log\n')
  git('add', '-A')
  git('commit', '-qm', 'start')
  return { repository, git, scratch }
}
