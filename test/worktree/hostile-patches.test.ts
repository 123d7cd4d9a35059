import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { isGitFolder, isProtected, isUnsafe, leadsOutside } from '../../src/worktree/unsafe-name.ts'
import { bring, change, createRepository, openTree } from './repository.ts'

describe('changes that would be written outside the repository', () => {
  it('are refused where a link of the repository leads there, whoever made it', async (t) => {
    const repository = createRepository(t, { 'a.txt': 'a\n', 'tracked/x': 'x\n' })
    const { path, scratch } = repository
    const outside = join(scratch, 'outside')
    mkdirSync(outside)
    const worktrees = repository.worktrees()
    const writeInside = (folder: string) => (tree: string) => {
      rmSync(join(tree, folder), { recursive: true, force: true })
      mkdirSync(join(tree, folder), { recursive: true })
      writeFileSync(join(tree, folder, 'x'), 'written\n')
    }
    const untracked = await openTree(repository, worktrees)
    writeInside('d')(untracked.path)
    const deep = await openTree(repository, worktrees)
    writeInside('e/f/g')(deep.path)
    const replaced = await openTree(repository, worktrees)
    writeInside('tracked')(replaced.path)
    const ignored = await openTree(repository, worktrees)
    writeInside('loop')(ignored.path)

    symlinkSync(outside, join(path, 'd'))
    mkdirSync(join(path, 'e'))
    symlinkSync('../../outside', join(path, 'e/f'))
    renameSync(join(path, 'tracked'), join(scratch, 'moved'))
    symlinkSync(outside, join(path, 'tracked'))
    symlinkSync('loop', join(path, 'loop'))

    assert.equal(await bring(worktrees, untracked), 'refused: d/x')
    assert.equal(await bring(worktrees, deep), 'refused: e/f/g/x')
    assert.equal(await bring(worktrees, replaced), 'refused: tracked/x')
    assert.equal(await bring(worktrees, ignored), 'refused: loop/x')
    assert.deepEqual(readdirSync(outside), [])
  })

  it('are refused after a link that an earlier one brought, which is refused itself when it leads out', async (t) => {
    const repository = createRepository(t, { 'a.txt': 'a\n' })
    const { path, scratch } = repository
    mkdirSync(join(scratch, 'outside'))
    const worktrees = repository.worktrees()
    const late = await openTree(repository, worktrees)
    mkdirSync(join(late.path, 'd'))
    writeFileSync(join(late.path, 'd/x'), 'written\n')
    for (const target of [join(scratch, 'outside'), '../outside', 'x/../../outside', '.git/hooks'])
      assert.equal(await change(repository, worktrees, (tree) => symlinkSync(target, join(tree, 'd'))), 'refused: d')
    assert.equal(await change(repository, worktrees, (tree) => symlinkSync('.', join(tree, 'd'))), 'changed 1')
    assert.equal(await bring(worktrees, late), 'refused: d/x')
    assert.equal(existsSync(join(path, 'x')), false)
  })

  it('replace a link itself, never what it leads to', async (t) => {
    const repository = createRepository(t, { 'a.txt': 'a\n' })
    const { path, scratch } = repository
    writeFileSync(join(scratch, 'precious'), 'precious\n')
    symlinkSync('../precious', join(path, 'link'))
    symlinkSync('../precious', join(path, 'going'))
    repository.commit()
    const worktrees = repository.worktrees()
    const work = (tree: string): void => {
      rmSync(join(tree, 'link'))
      writeFileSync(join(tree, 'link'), 'a file now\n')
      rmSync(join(tree, 'going'))
    }
    assert.equal(await change(repository, worktrees, work), 'changed 2')
    assert.equal(readFileSync(join(scratch, 'precious'), 'utf8'), 'precious\n')
    assert.equal(lstatSync(join(path, 'link')).isFile(), true)
    assert.equal(readFileSync(join(path, 'link'), 'utf8'), 'a file now\n')

    const edit = await openTree(repository, worktrees)
    writeFileSync(join(edit.path, 'a.txt'), 'b\n')
    renameSync(join(path, 'a.txt'), join(scratch, 'elsewhere'))
    symlinkSync(join(scratch, 'elsewhere'), join(path, 'a.txt'))
    assert.equal(await bring(worktrees, edit), 'conflict: a.txt')
    assert.equal(readFileSync(join(scratch, 'elsewhere'), 'utf8'), 'a\n')
  })

  it('go where the repository is, whatever its configuration says of a work tree', async (t) => {
    const repository = createRepository(t, { 'a.txt': 'a\n' })
    const worktrees = repository.worktrees()
    mkdirSync(join(repository.scratch, 'outside'))
    repository.git('config', 'core.worktree', join(repository.scratch, 'outside'))
    assert.equal(await change(repository, worktrees, (tree) => writeFileSync(join(tree, 'a.txt'), 'b\n')), 'changed 1')
    assert.equal(readFileSync(join(repository.path, 'a.txt'), 'utf8'), 'b\n')
    assert.deepEqual(readdirSync(join(repository.scratch, 'outside')), [])
  })
})

describe('changes of what git, GitHub and agents obey', () => {
  it('never touch git, in whatever spelling', async (t) => {
    for (const name of [
      '.git',
      '.GIT',
      '.gIt',
      'git~1',
      'GIT~12',
      '.git.',
      '.git ',
      '.git. .',
      '.git::$INDEX_ALLOCATION',
    ])
      assert.equal(isGitFolder(name), true, name)
    for (const name of ['.g\u200cit', '.git\ufeff', 'x\\.git', '.git\\hooks'])
      assert.equal(isGitFolder(name), true, name)
    for (const name of ['.gitignore', 'git', '.git-x', '.github', 'git~', 'git~x', 'agit~1'])
      assert.equal(isGitFolder(name), false, name)
    for (const name of ['a/.git/hooks/x', '.git/config', 'vendor/lib/.Git/config', '../x', 'a/../../x', 'a//b', './a'])
      assert.equal(isUnsafe(name), true, name)

    const repository = createRepository(t, { 'a.txt': 'a\n' })
    const worktrees = repository.worktrees()
    for (const folder of ['.GIT', 'sub/git~1', '.git ']) {
      const tree = await openTree(repository, worktrees)
      mkdirSync(join(tree.path, folder), { recursive: true })
      writeFileSync(join(tree.path, folder, 'config'), '[core]\n')
      writeFileSync(join(tree.path, 'a.txt'), `${folder}\n`)
      const { left, tree: after } = await tree.snapshot()
      assert.deepEqual(left, [`${folder}/config`])
      const patch = join(repository.scratch, 'changes.patch')
      await worktrees.writePatch(tree.base, after, patch)
      assert.doesNotMatch(readFileSync(patch, 'utf8'), /config/)
      assert.match(readFileSync(patch, 'utf8'), /a\.txt/)
    }
  })

  it('are made only where the file names them', async (t) => {
    const obeyed = [
      '.github/workflows/ci.yml',
      '.GitHub/x',
      '.claude/settings.json',
      'sub/.claude/hooks/a',
      'CLAUDE.md',
    ]
    obeyed.push(
      'sub/AGENTS.md',
      '.mcp.json',
      '.codex/config.toml',
      '.gemini/settings.json',
      '.orchestrator/x',
      'Claude.MD',
    )
    for (const name of obeyed) assert.equal(isProtected(name), true, name)
    for (const name of ['github/x', 'docs/.github/x', 'claude.md.txt', 'a.md'])
      assert.equal(isProtected(name), false, name)

    const repository = createRepository(t, { 'CLAUDE.md': 'be kind\n', 'a.txt': 'a\n' })
    const worktrees = repository.worktrees()
    const write = (tree: string): void => {
      writeFileSync(join(tree, 'CLAUDE.md'), 'be evil\n')
      writeFileSync(join(tree, 'a.txt'), 'b\n')
    }
    assert.equal(await change(repository, worktrees, write), 'refused: CLAUDE.md')
    assert.equal(readFileSync(join(repository.path, 'a.txt'), 'utf8'), 'a\n')
    assert.equal(await change(repository, worktrees, write, (name) => name === 'CLAUDE.md'), 'changed 2')
  })

  it('are told by where a link leads', () => {
    for (const [name, target] of [
      ['a', '/etc'],
      ['a', '..'],
      ['x/a', '../..'],
      ['x/a', 'y/../../../z'],
      ['a', 'C:\\x'],
      ['a', '.git/config'],
      ['x/a', '../.GIT'],
    ] as const)
      assert.equal(leadsOutside(name, target), true, target)
    for (const [name, target] of [
      ['a', 'b'],
      ['x/a', '../b'],
      ['x/y/a', '../../b/c'],
      ['a', './b/../c'],
    ] as const)
      assert.equal(leadsOutside(name, target), false, target)
  })
})

describe('what an instance configured in the repository', () => {
  it('does not run when its worktree is made, its changes are kept and applied', async (t) => {
    const repository = createRepository(t, { 'a.txt': 'a\n', '.gitattributes': '* filter=x diff=x merge=x\n' })
    const { git, scratch, path } = repository
    const ran = join(scratch, 'ran')
    const script = join(scratch, 'evil')
    writeFileSync(script, `#!/bin/sh\necho "$0 $@" >> ${ran}\ncat\n`, { mode: 0o755 })
    const keys = [
      'filter.x.clean',
      'filter.x.smudge',
      'filter.x.process',
      'diff.x.command',
      'diff.x.textconv',
      'diff.external',
    ]
    keys.push(
      'merge.x.driver',
      'core.fsmonitor',
      'core.editor',
      'core.pager',
      'core.sshCommand',
      'credential.helper',
      'gpg.program',
    )
    for (const key of keys) git('config', key, script)
    git('config', 'filter.x.required', 'true')
    git('config', 'alias.diff-tree', `!${script}`)
    for (const hook of ['post-checkout', 'post-index-change', 'pre-commit', 'reference-transaction'])
      writeFileSync(join(path, '.git/hooks', hook), `#!/bin/sh\necho ${hook} >> ${ran}\n`, { mode: 0o755 })
    rmSync(ran, { force: true })
    const worktrees = repository.worktrees()
    const first = await openTree(repository, worktrees)
    const second = await openTree(repository, worktrees)
    writeFileSync(join(first.path, 'a.txt'), 'b\n')
    writeFileSync(join(second.path, 'b.txt'), 'b\n')
    for (const tree of [first, second]) {
      const patch = join(scratch, 'changes.patch')
      await worktrees.writePatch(tree.base, (await tree.snapshot()).tree, patch)
      assert.match(readFileSync(patch, 'utf8'), /^\+b$/m)
      assert.equal(await bring(worktrees, tree), 'changed 1')
    }
    await worktrees.remove(join(scratch, 'trees'))
    assert.equal(existsSync(ran), false, existsSync(ran) ? readFileSync(ran, 'utf8') : '')
    assert.equal(readFileSync(join(path, 'a.txt'), 'utf8'), 'b\n')
    assert.throws(() => readlinkSync(join(path, 'a.txt')))
  })
})

describe('a named pipe by the name of a file that git reads', { skip: process.platform === 'win32' }, () => {
  for (const name of ['.gitignore', '.gitattributes', 'deep/er/.gitignore', 'deep/.gitattributes'])
    it(`is named and not waited for (${name})`, { timeout: 30_000 }, async (t) => {
      const repository = createRepository(t, { 'text.txt': 'one\n', 'deep/er/text.txt': 'one\n' })
      const tree = await openTree(repository, repository.worktrees())
      writeFileSync(join(tree.path, 'deep/er/text.txt'), 'two\n')
      writeFileSync(join(tree.path, 'deep/er/new.txt'), 'two\n')
      execFileSync('mkfifo', [join(tree.path, name)])
      const begun = performance.now()
      const error = await tree.snapshot().then(
        () => undefined,
        (reason: unknown) => String(reason),
      )
      assert.ok(performance.now() - begun < 15_000)
      assert.match(
        error ?? 'no error',
        new RegExp(`${name.replaceAll('.', '\\.')} is no regular file, and git would wait for it`),
      )
    })
})
