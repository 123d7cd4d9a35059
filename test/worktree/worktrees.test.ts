import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { bring, change, createRepository, openTree } from './repository.ts'

const numbers = '1\n2\n3\n4\n5\n6\n7\n8\n9\n'

const files = {
  'text.txt': 'one\ntwo\nthree\n',
  'deleted.txt': 'delete me\n',
  'numbers.txt': numbers,
  '.gitignore': '*.log\n',
}

describe('worktrees', () => {
  it('give a change of any kind back as a patch that applies elsewhere', async (t) => {
    const repository = createRepository(t, { ...files, 'binary.bin': randomBytes(3000), 'run.sh': '#!/bin/sh\n' })
    const { path, git, scratch, env } = repository
    const worktrees = repository.worktrees()
    const tree = await openTree(repository, worktrees)
    const binary = randomBytes(5000)
    const inTree = (...args: string[]): string => execFileSync('git', args, { cwd: tree.path, env, encoding: 'utf8' })
    assert.equal(inTree('status', '--porcelain'), '', 'it begins clean')
    writeFileSync(join(tree.path, 'text.txt'), 'one\ntwo changed\nthree')
    writeFileSync(join(tree.path, 'binary.bin'), binary)
    writeFileSync(join(tree.path, 'ignored.log'), 'not in the patch')
    writeFileSync(join(tree.path, 'empty'), '')
    chmodSync(join(tree.path, 'run.sh'), 0o755)
    symlinkSync('text.txt', join(tree.path, 'link'))
    renameSync(join(tree.path, 'numbers.txt'), join(tree.path, 'digits.txt'))
    mkdirSync(join(tree.path, 'new folder'))
    const odd = ['ünïcode "quoted".txt', ' leading', 'tab\there', 'line\nend', '-rf', ':(top)x', 'a\\b', '*', '$(x)']
    for (const name of odd) writeFileSync(join(tree.path, 'new folder', name), `${name}\n`)
    writeFileSync(Buffer.from(`${tree.path}/new folder/\xff\xfe`, 'latin1'), 'no UTF-8\n')
    inTree('add', 'new folder')
    inTree('commit', '-qm', 'from inside')
    rmSync(join(tree.path, 'deleted.txt'))
    const status = inTree('status', '--porcelain')

    const patch = join(scratch, 'changes.patch')
    const { tree: after } = await tree.snapshot()
    assert.equal(await worktrees.writePatch(tree.base, after, patch), true)
    assert.equal(inTree('status', '--porcelain'), status)
    assert.equal(git('status', '--porcelain'), '', 'the repository itself is as it was')

    execFileSync('git', ['clone', '-q', path, join(scratch, 'elsewhere')])
    execFileSync('git', ['apply', patch], { cwd: join(scratch, 'elsewhere'), stdio: 'pipe' })
    assert.match(await bring(worktrees, tree), /^changed \d+$/)
    for (const root of [path, join(scratch, 'elsewhere')]) {
      assert.equal(readFileSync(join(root, 'text.txt'), 'utf8'), 'one\ntwo changed\nthree')
      assert.deepEqual(readFileSync(join(root, 'binary.bin')), binary)
      for (const name of odd) assert.equal(readFileSync(join(root, 'new folder', name), 'utf8'), `${name}\n`)
      assert.equal(readFileSync(Buffer.from(`${root}/new folder/\xff\xfe`, 'latin1'), 'utf8'), 'no UTF-8\n')
      assert.equal(readFileSync(join(root, 'empty'), 'utf8'), '')
      assert.equal(readFileSync(join(root, 'digits.txt'), 'utf8'), numbers)
      assert.equal(readlinkSync(join(root, 'link')), 'text.txt')
      assert.equal(statSync(join(root, 'run.sh')).mode & 0o111, 0o111)
      for (const gone of ['deleted.txt', 'ignored.log', 'numbers.txt'])
        assert.equal(existsSync(join(root, gone)), false)
    }
    assert.equal(git('diff', '--cached', '--name-only'), '', 'nothing is staged')
    assert.equal(existsSync(join(path, '.git/orchestrator.lock')), false)
  })

  it('without a change leave no patch', async (t) => {
    const repository = createRepository(t, files)
    const worktrees = repository.worktrees()
    const tree = await openTree(repository, worktrees)
    const patch = join(repository.scratch, 'changes.patch')
    assert.equal(await worktrees.writePatch(tree.base, (await tree.snapshot()).tree, patch), false)
    assert.equal(existsSync(patch), false)
    assert.equal(await bring(worktrees, tree), 'nothing')
  })

  it('merge what was changed side by side, and on a conflict lose nothing', async (t) => {
    const repository = createRepository(t, files)
    const { path, git } = repository
    const worktrees = repository.worktrees()
    const edits = { first: ['1', 'eins'], far: ['3', 'drei'], clash: ['1', 'uno'] } as const
    const trees = new Map<string, Awaited<ReturnType<typeof openTree>>>()
    for (const [name, [from, to]] of Object.entries(edits)) {
      const tree = await openTree(repository, worktrees)
      writeFileSync(join(tree.path, 'numbers.txt'), numbers.replace(`${from}\n`, `${to}\n`))
      writeFileSync(join(tree.path, `${name}.txt`), 'new\n')
      trees.set(name, tree)
    }
    repository.write('text.txt', 'uncommitted work\n')
    const come = (name: string): Promise<string> => bring(worktrees, trees.get(name) ?? assert.fail())
    assert.equal(await come('first'), 'changed 2')
    assert.equal(await come('far'), 'changed 2')
    const before = numbers.replace('1\n', 'eins\n').replace('3\n', 'drei\n')
    assert.equal(readFileSync(join(path, 'numbers.txt'), 'utf8'), before)
    const status = git('status', '--porcelain')
    assert.equal(await come('clash'), 'conflict: numbers.txt')
    assert.equal(readFileSync(join(path, 'numbers.txt'), 'utf8'), before)
    assert.equal(readFileSync(join(path, 'text.txt'), 'utf8'), 'uncommitted work\n')
    assert.equal(git('status', '--porcelain'), status)
  })

  it('merge into uncommitted work, and leave it alone where that cannot be', async (t) => {
    const repository = createRepository(t, files)
    const worktrees = repository.worktrees()
    repository.write('numbers.txt', numbers.replace('9\n', 'mine\n'))
    const file = join(repository.path, 'numbers.txt')
    const edit = (path: string): void =>
      writeFileSync(join(path, 'numbers.txt'), readFileSync(join(path, 'numbers.txt'), 'utf8').replace('2\n', 'II\n'))
    assert.equal(await change(repository, worktrees, edit), 'changed 1')
    assert.equal(readFileSync(file, 'utf8'), numbers.replace('9\n', 'mine\n').replace('2\n', 'II\n'))

    repository.write('fresh.txt', 'mine\n')
    const clash = (path: string): void => {
      writeFileSync(join(path, 'fresh.txt'), 'theirs\n')
      writeFileSync(join(path, 'text.txt'), 'theirs\n')
    }
    assert.equal(await change(repository, worktrees, clash), 'conflict: fresh.txt')
    assert.equal(readFileSync(join(repository.path, 'fresh.txt'), 'utf8'), 'mine\n')
    assert.equal(readFileSync(join(repository.path, 'text.txt'), 'utf8'), 'one\ntwo\nthree\n')
  })

  it('keep a change of the same size made in the second of the checkout', async (t) => {
    const repository = createRepository(t, files)
    const worktrees = repository.worktrees()
    for (let tries = 0; tries < 5; tries++) {
      const tree = await openTree(repository, worktrees)
      const file = join(tree.path, 'text.txt')
      const began = second(file)
      writeFileSync(file, 'ONE\ntwo\nthree\n')
      if (second(file) !== began) continue
      while (Math.floor(Date.now() / 1000) === second(file)) await new Promise((turn) => setImmediate(turn))
      assert.equal(await bring(worktrees, tree), 'changed 1')
      return
    }
  })

  it('begin with what an earlier one has applied, and not with what else is uncommitted', async (t) => {
    const repository = createRepository(t, files)
    const worktrees = repository.worktrees()
    repository.write('text.txt', 'mine\n')
    await change(repository, worktrees, (path) => {
      writeFileSync(join(path, 'made.txt'), 'made\n')
      writeFileSync(join(path, 'numbers.txt'), 'eins\n')
      rmSync(join(path, 'deleted.txt'))
    })
    const seen = await openTree(repository, worktrees)
    assert.equal(readFileSync(join(seen.path, 'made.txt'), 'utf8'), 'made\n')
    assert.equal(readFileSync(join(seen.path, 'numbers.txt'), 'utf8'), 'eins\n')
    assert.equal(existsSync(join(seen.path, 'deleted.txt')), false)
    assert.equal(readFileSync(join(seen.path, 'text.txt'), 'utf8'), files['text.txt'])
    assert.equal(await bring(worktrees, seen), 'nothing')
    appendFileSync(join(seen.path, 'made.txt'), 'more\n')
    assert.equal(await bring(worktrees, seen), 'changed 1')
    assert.equal(readFileSync(join(repository.path, 'made.txt'), 'utf8'), 'made\nmore\n')
  })

  it('turn files into folders, folders into files and links into files', async (t) => {
    const repository = createRepository(t, { ...files, 'folder/a': 'a\n', 'folder/b': 'b\n' })
    const { path } = repository
    symlinkSync('folder', join(path, 'link'))
    repository.commit()
    const worktrees = repository.worktrees()
    await change(repository, worktrees, (tree) => {
      rmSync(join(tree, 'folder'), { recursive: true })
      writeFileSync(join(tree, 'folder'), 'a file\n')
      rmSync(join(tree, 'text.txt'))
      mkdirSync(join(tree, 'text.txt'))
      writeFileSync(join(tree, 'text.txt/inside'), 'inside\n')
      rmSync(join(tree, 'link'))
      mkdirSync(join(tree, 'link'))
      writeFileSync(join(tree, 'link/inside'), 'inside\n')
    })
    assert.equal(readFileSync(join(path, 'folder'), 'utf8'), 'a file\n')
    assert.equal(readFileSync(join(path, 'text.txt/inside'), 'utf8'), 'inside\n')
    assert.equal(lstatSync(join(path, 'link')).isDirectory(), true)
  })

  it('are removed in whatever state they were left', async (t) => {
    const repository = createRepository(t, files)
    const { git, scratch, path } = repository
    const worktrees = repository.worktrees()
    const [kept, gone, locked] = await Promise.all([1, 2, 3].map(() => openTree(repository, worktrees)))
    const other = await worktrees.open(join(scratch, 'other', 'mine'))
    rmSync(gone?.path ?? '', { recursive: true })
    git('worktree', 'lock', locked?.path ?? '')
    writeFileSync(join(kept?.path ?? '', 'dirty.txt'), 'dirty')
    await worktrees.remove(join(scratch, 'trees'))
    assert.equal(existsSync(join(scratch, 'trees')), false)
    assert.deepEqual(
      git('worktree', 'list', '--porcelain')
        .match(/(?<=^worktree ).*/gm)
        ?.map((tree) => realpathSync(tree)),
      [realpathSync(path), realpathSync(other.path)],
    )
  })

  it('say why they cannot be made', async (t) => {
    const repository = createRepository(t, files)
    assert.throws(() => repository.worktrees(repository.scratch), /is not in a git repository/)
    repository.git('update-ref', '-d', 'HEAD')
    await assert.rejects(openTree(repository, repository.worktrees()), /git rev-parse: fatal: Needed a single revision/)
  })
})

/** When a file was last written, in the whole seconds that git compares. */
const second = (path: string): number => Math.floor(statSync(path).mtimeMs / 1000)
