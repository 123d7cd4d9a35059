import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import type { PatchEffect } from '../../src/core/effect.ts'
import { FilesChanged } from '../../src/worktree/change-files.ts'
import { bring, createRepository, openTree, type Repository } from './repository.ts'

/** Numbers from a seed, the same on every machine. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** Some lines replaced, removed, added; perhaps without its last line end, perhaps with the line ends of Windows. */
function edit(lines: readonly string[], next: (below: number) => number): string {
  const own = [...lines]
  for (let edits = 1 + next(3); edits > 0; edits--) {
    const at = next(own.length)
    const kind = next(4)
    if (kind === 0) own.splice(at, 1 + next(2))
    else if (kind === 1) own.splice(at, 0, ...Array.from({ length: 1 + next(3) }, () => `new ${next(5)}`))
    else own[at] = `${own[at] ?? ''} ${next(3)}`
    if (own.length === 0) own.push('left')
  }
  const text = `${own.join('\n')}\n`
  const end = next(8)
  return end === 0 ? text.slice(0, -1) : end === 1 ? text.replaceAll('\n', '\r\n') : text
}

const pairs = 100

describe('two patches of one file', () => {
  it(`give what \`git merge-file\` gives, over ${pairs} random pairs, and conflict where it does`, async (t) => {
    const next = numbersFrom(7)
    const cases = Array.from({ length: pairs }, (_none, number) => {
      const lines = Array.from({ length: 3 + next(20) }, (_line, at) => `line ${at % 7}`)
      return {
        name: `${number}.txt`,
        base: `${lines.join('\n')}\n`,
        ours: edit(lines, next),
        theirs: edit(lines, next),
      }
    })
    const repository = createRepository(t, Object.fromEntries(cases.map(({ name, base }) => [name, base])))
    const { path, scratch } = repository
    const merged = cases.map(({ name, base, ours, theirs }) => ({
      name,
      ours,
      result: mergeFile(scratch, base, ours, theirs),
    }))
    const clean = merged.filter(({ result }) => result !== undefined)
    const clashing = merged.filter(({ result }) => result === undefined)
    assert.ok(clean.length > 20 && clashing.length > 20, `${clean.length} of both kinds`)

    const worktrees = repository.worktrees()
    const [one, two, three] = [
      await openTree(repository, worktrees),
      await openTree(repository, worktrees),
      await openTree(repository, worktrees),
    ]
    const isClean = new Set(clean.map(({ name }) => name))
    for (const { name, ours, theirs } of cases) {
      writeFileSync(join(one.path, name), ours)
      writeFileSync(join(two.path, name), theirs)
      if (isClean.has(name)) writeFileSync(join(three.path, name), theirs)
    }
    await bring(worktrees, one)
    const conflicts = await bring(worktrees, two)
    assert.deepEqual(conflicts.split(' ').slice(1).toSorted(), clashing.map(({ name }) => name).toSorted())
    for (const { name, ours } of merged) assert.equal(readFileSync(join(path, name), 'utf8'), ours, 'all or nothing')
    assert.match(await bring(worktrees, three), /^changed /)
    for (const { name, ours, result } of merged)
      assert.equal(readFileSync(join(path, name), 'utf8'), result ?? ours, name)
  })

  it('merge when they change lines 10 and 12, also where the attributes of the tree ask for another merge', async (t) => {
    const lines = Array.from({ length: 20 }, (_line, at) => `${at + 1}\n`)
    const repository = createRepository(t, {
      'a.txt': lines.join(''),
      '.gitattributes': '*.txt merge=union -text binary\n',
    })
    const worktrees = repository.worktrees()
    const trees = await Promise.all([openTree(repository, worktrees), openTree(repository, worktrees)])
    for (const [at, tree] of trees.entries())
      writeFileSync(join(tree.path, 'a.txt'), lines.with(9 + 2 * at, `changed ${at}\n`).join(''))
    for (const tree of trees) assert.equal(await bring(worktrees, tree), 'changed 1')
    assert.equal(
      readFileSync(join(repository.path, 'a.txt'), 'utf8'),
      lines.with(9, 'changed 0\n').with(11, 'changed 1\n').join(''),
    )
  })

  it('conflict when it is no text, when one removes what the other changes, when both make another', async (t) => {
    const repository = createRepository(t, { 'b.bin': Buffer.from([0, 1, 2]), 'gone.txt': 'x\n', 'kept.txt': 'x\n' })
    const worktrees = repository.worktrees()
    const [one, two] = [await openTree(repository, worktrees), await openTree(repository, worktrees)]
    writeFileSync(join(one.path, 'b.bin'), Buffer.from([0, 1, 3]))
    writeFileSync(join(two.path, 'b.bin'), Buffer.from([0, 1, 4]))
    rmSync(join(one.path, 'gone.txt'))
    writeFileSync(join(two.path, 'gone.txt'), 'y\n')
    writeFileSync(join(one.path, 'kept.txt'), 'y\n')
    rmSync(join(two.path, 'kept.txt'))
    writeFileSync(join(one.path, 'new.txt'), 'one\n')
    writeFileSync(join(two.path, 'new.txt'), 'two\n')
    for (const tree of [one, two]) writeFileSync(join(tree.path, 'same.txt'), 'the same\n')
    assert.equal(await bring(worktrees, one), 'changed 5')
    assert.equal(await bring(worktrees, two), 'conflict: b.bin gone.txt kept.txt new.txt')
  })
})

function mergeFile(folder: string, base: string, ours: string, theirs: string): string | undefined {
  const files = Object.entries({ ours, base, theirs }).map(([name, text]) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  })
  const merged = spawnSync('git', ['merge-file', '-p', '--quiet', ...files], { encoding: 'utf8' })
  return merged.status === 0 ? merged.stdout : undefined
}

describe('an effect that was announced', () => {
  const announced = async (t: TestContext) => {
    const repository = createRepository(t, { a: 'a\n', b: 'b\n', 'gone/c': 'c\n', kept: 'kept\n' })
    const worktrees = repository.worktrees()
    const tree = await openTree(repository, worktrees)
    for (const name of ['a', 'b', 'new']) writeFileSync(join(tree.path, name), `${name} after\n`)
    rmSync(join(tree.path, 'gone'), { recursive: true })
    let effect: PatchEffect | undefined
    const { tree: theirs } = await tree.snapshot()
    const plan = await worktrees.apply(
      { base: tree.base, theirs },
      () => false,
      (told) => {
        effect = told
        return false
      },
    )
    assert.equal(plan.kind, 'stopped')
    assert.deepEqual(stateOf(repository), ['a', 'b', 'kept', 'gone/c'], 'nothing is done when the announcement says no')
    return { repository, effect: effect ?? assert.fail() }
  }
  const stateOf = ({ path }: Repository): string[] => {
    const list = execFileSync('find', ['.', '-path', './.git', '-prune', '-o', '-type', 'f', '-print'], {
      cwd: path,
      encoding: 'utf8',
    })
    const names = list
      .trim()
      .split('\n')
      .map((name) => name.slice(2))
      .toSorted((one, other) => one.length - other.length || one.localeCompare(other))
    return names.map((name) => (readFileSync(join(path, name), 'utf8').includes('after') ? `${name} after` : name))
  }
  const done = ['a after', 'b after', 'new after', 'kept']

  it('is finished by another process, whatever of it is done, and once more without harm', async (t) => {
    for (const partly of [[], ['a'], ['a', 'new'], ['gone'], ['a', 'b', 'new', 'gone']]) {
      const { repository, effect } = await announced(t)
      for (const name of partly)
        if (name === 'gone') rmSync(join(repository.path, 'gone'), { recursive: true })
        else writeFileSync(join(repository.path, name), `${name} after\n`)
      mkdirSync(join(repository.path, '.git/orchestrator-staging-killed'))
      await repository.worktrees().complete(effect)
      assert.deepEqual(stateOf(repository).toSorted(), done.toSorted())
      await repository.worktrees().complete(effect)
      assert.deepEqual(stateOf(repository).toSorted(), done.toSorted())
      assert.deepEqual(
        readdirSync(join(repository.path, '.git')).filter((name) => name.startsWith('orchestrator')),
        [],
      )
    }
  })

  it('is not finished over what somebody else did meanwhile', async (t) => {
    const { repository, effect } = await announced(t)
    writeFileSync(join(repository.path, 'b'), 'mine\n')
    await assert.rejects(repository.worktrees().complete(effect), (error) => {
      assert.ok(error instanceof FilesChanged)
      assert.deepEqual(error.files, ['b'])
      return true
    })
    assert.equal(readFileSync(join(repository.path, 'a'), 'utf8'), 'a\n')
    assert.equal(readFileSync(join(repository.path, 'b'), 'utf8'), 'mine\n')
  })

  it('leaves everything as it was where one file cannot be changed', async (t) => {
    const { repository, effect } = await announced(t)
    mkdirSync(join(repository.path, 'new'))
    writeFileSync(join(repository.path, 'new/ignored'), 'in the way\n')
    await assert.rejects(repository.worktrees().complete(effect), /EISDIR|ENOTEMPTY|EEXIST|EPERM/)
    assert.deepEqual(stateOf(repository).toSorted(), ['a', 'b', 'gone/c', 'kept', 'new/ignored'])
  })

  it(
    'leaves everything as it was where the disk is full',
    { skip: canMount() ? false : 'needs root on Linux' },
    async (t) => {
      const repository = createRepository(t, { a: 'a\n' })
      const { scratch, path, git } = repository
      const disk = join(scratch, 'disk')
      mkdirSync(disk)
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'none', disk])
      try {
        git('clone', '-q', path, join(disk, 'clone'))
        const own: Repository = { ...repository, path: join(disk, 'clone') }
        const worktrees = repository.worktrees(own.path)
        const tree = await openTree(own, worktrees)
        writeFileSync(join(tree.path, 'a'), 'after\n')
        writeFileSync(join(tree.path, 'large'), Buffer.alloc(3_000_000, 'incompressible?'))
        writeFileSync(join(tree.path, 'larger'), Buffer.alloc(3_000_000, 'or not'))
        await assert.rejects(bring(worktrees, tree), /No space left|ENOSPC|unable to write/)
        assert.equal(readFileSync(join(own.path, 'a'), 'utf8'), 'a\n')
        assert.deepEqual(readdirSync(own.path).toSorted(), ['.git', 'a'])
      } finally {
        execFileSync('umount', ['-l', disk])
      }
    },
  )
})

function canMount(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0
}
