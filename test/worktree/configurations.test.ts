import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { bring, change, createRepository, openTree } from './repository.ts'

const settings = [
  [
    'diff.noprefix true',
    'diff.mnemonicPrefix true',
    'diff.srcPrefix x/',
    'diff.renames copies',
    'diff.algorithm patience',
    'diff.context 0',
    'diff.interHunkContext 20',
    'diff.suppressBlankEmpty true',
    'diff.ignoreSubmodules all',
    'diff.submodule log',
    'diff.wordRegex .',
    'diff.orderFile /dev/null',
    'diff.relative true',
    'color.ui always',
    'color.diff always',
    'core.quotepath false',
    'core.whitespace trailing-space',
    'apply.whitespace error',
    'apply.ignoreWhitespace change',
    'core.attributesFile ~/attributes',
    'core.bigFileThreshold 1',
    'core.compression 0',
    'status.showUntrackedFiles no',
    'core.untrackedCache true',
    'merge.conflictStyle diff3',
    'core.pager /bin/false',
    'commit.gpgSign true',
    'advice.addEmbeddedRepo true',
  ],
  ['core.autocrlf input', 'core.safecrlf true', 'core.ignoreCase true', 'index.version 4'],
  ['core.autocrlf true', 'core.fileMode false'],
  ['core.eol crlf', 'diff.external /bin/false', 'feature.manyFiles true'],
  [
    'core.attributesFile ~/drivers',
    'diff.none.textconv /bin/false',
    'diff.none.command /bin/false',
    'merge.none.driver /bin/false',
  ],
]

describe('a patch is right, whatever the user configured for git:', () => {
  for (const group of settings)
    it(group.map((setting) => setting.split(' ')[0]).join(', '), async (t) => {
      const repository = createRepository(t, {
        'README.md': '# Title\n',
        'docs/README.md': '# Title\n',
        'docs/ünï.txt': 'x\n',
        'crlf.txt': 'one\r\ntwo\r\n',
        'trailing.txt': 'one \t\n\n\n',
      })
      const { path, scratch, env } = repository
      for (const setting of group) execFileSync('git', ['config', '--global', ...setting.split(' ')], { env })
      writeFileSync(join(scratch, 'attributes'), '*.md binary\n*.txt -diff\n')
      writeFileSync(join(scratch, 'drivers'), '* diff=none merge=none\n')
      const worktrees = repository.worktrees()
      const tree = await openTree(repository, worktrees)
      const append = (name: string, text: string): void =>
        writeFileSync(join(tree.path, name), readFileSync(join(tree.path, name), 'utf8') + text)
      append('docs/README.md', 'changed\n')
      append('docs/ünï.txt', 'changed \t\n')
      append('crlf.txt', 'three\r\n')
      append('trailing.txt', ' \n\n')
      const patch = join(scratch, 'changes.patch')
      await worktrees.writePatch(tree.base, (await tree.snapshot()).tree, patch)
      assert.match(readFileSync(patch, 'utf8'), /^diff --git a\/crlf\.txt b\/crlf\.txt$/m)
      assert.equal(await bring(worktrees, tree), 'changed 4')
      const now = (name: string): string => readFileSync(join(path, name), 'utf8')
      assert.equal(now('README.md'), '# Title\n')
      assert.equal(now('docs/README.md'), '# Title\nchanged\n')
      assert.equal(now('docs/ünï.txt'), 'x\nchanged \t\n')
      assert.equal(now('crlf.txt'), 'one\r\ntwo\r\nthree\r\n')
      assert.equal(now('trailing.txt'), 'one \t\n\n\n \n\n')
    })

  it('line ends of Windows, where the checkout has them', async (t) => {
    const repository = createRepository(t, {
      'a.txt': 'one\ntwo\nthree\n',
      'b.bat': 'x\ny\n',
      '.gitattributes': '*.bat eol=crlf\n',
    })
    const { path, git } = repository
    git('config', 'core.autocrlf', 'true')
    git('rm', '-q', '--cached', '-r', '.')
    git('reset', '-q', '--hard')
    assert.equal(readFileSync(join(path, 'a.txt'), 'utf8'), 'one\r\ntwo\r\nthree\r\n')
    const worktrees = repository.worktrees()
    const result = await change(repository, worktrees, (tree) => {
      for (const [name, from, to] of [
        ['a.txt', 'two', '2'],
        ['b.bat', 'y', 'z'],
      ] as const) {
        const before = readFileSync(join(tree, name), 'utf8')
        assert.match(before, /\r\n/)
        writeFileSync(join(tree, name), before.replace(from, to))
      }
    })
    assert.equal(result, 'changed 2')
    assert.equal(readFileSync(join(path, 'a.txt'), 'utf8'), 'one\r\n2\r\nthree\r\n')
    assert.equal(readFileSync(join(path, 'b.bat'), 'utf8'), 'x\r\nz\r\n')
    assert.equal(git('diff', '--numstat'), '1\t1\ta.txt\n1\t1\tb.bat\n')
  })

  it('files that a filter keeps elsewhere (Git LFS) are there as the repository has them', async (t) => {
    const repository = createRepository(t, { '.gitattributes': '*.bin filter=lfs -text\n' })
    const { path, git, scratch } = repository
    for (const [name, script] of [
      ['clean', 'echo pointer'],
      ['smudge', 'cat > /dev/null; echo whole content'],
    ] as const) {
      writeFileSync(join(scratch, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
      git('config', `filter.lfs.${name}`, join(scratch, name))
    }
    repository.write('big.bin', 'whole content\n')
    repository.commit()
    assert.equal(git('show', 'HEAD:big.bin'), 'pointer\n')
    const worktrees = repository.worktrees()
    const result = await change(repository, worktrees, (tree) => {
      assert.equal(readFileSync(join(tree, 'big.bin'), 'utf8'), 'whole content\n')
      writeFileSync(join(tree, 'other.bin'), 'other\n')
    })
    assert.equal(result, 'changed 1')
    assert.equal(readFileSync(join(path, 'other.bin'), 'utf8'), 'other\n')
  })
})

describe('repositories in a repository', () => {
  it('which are submodules are there, and their changes come back', async (t) => {
    const library = createRepository(t, { 'lib.txt': 'lib\n', 'dist/out.js': 'out\n' })
    const repository = createRepository(t, { 'a.txt': 'a\n', '.gitignore': 'dist\n' })
    const { path, git } = repository
    git('-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', library.path, 'vendor/lib')
    repository.commit()
    const worktrees = repository.worktrees()
    const tree = await openTree(repository, worktrees)
    assert.deepEqual(tree.submodules, ['vendor/lib'])
    assert.equal(readFileSync(join(tree.path, 'vendor/lib/lib.txt'), 'utf8'), 'lib\n')
    assert.equal(execFileSync('git', ['status', '--porcelain'], { cwd: tree.path, encoding: 'utf8' }), '')
    writeFileSync(join(tree.path, 'vendor/lib/lib.txt'), 'changed\n')
    writeFileSync(join(tree.path, 'vendor/lib/dist/out.js'), 'changed\n')
    writeFileSync(join(tree.path, 'vendor/lib/new.txt'), 'new\n')
    assert.equal(await bring(worktrees, tree), 'changed 3')
    assert.equal(readFileSync(join(path, 'vendor/lib/lib.txt'), 'utf8'), 'changed\n')
    assert.equal(readFileSync(join(path, 'vendor/lib/new.txt'), 'utf8'), 'new\n')
    const later = await openTree(repository, worktrees)
    assert.equal(readFileSync(join(later.path, 'vendor/lib/new.txt'), 'utf8'), 'new\n')
  })

  it('which are not checked out are empty, and no change', async (t) => {
    const library = createRepository(t, { 'lib.txt': 'lib\n' })
    const repository = createRepository(t, { 'a.txt': 'a\n' })
    repository.git('-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', library.path, 'lib')
    repository.commit()
    repository.git('submodule', 'deinit', '-f', 'lib')
    const worktrees = repository.worktrees()
    const tree = await openTree(repository, worktrees)
    assert.deepEqual(tree.submodules, [])
    assert.equal(await bring(worktrees, tree), 'nothing')
  })

  it('which were made in a worktree bring their files, and say so', async (t) => {
    const repository = createRepository(t, { 'a.txt': 'a\n', 'tracked/x': 'x\n' })
    const worktrees = repository.worktrees()
    const tree = await openTree(repository, worktrees)
    const inside = (folder: string, commits: boolean): void => {
      mkdirSync(join(tree.path, folder), { recursive: true })
      const git = (...args: string[]): unknown =>
        execFileSync('git', args, { cwd: join(tree.path, folder), env: repository.env })
      writeFileSync(join(tree.path, folder, 'index.js'), `${folder}\n`)
      writeFileSync(join(tree.path, folder, 'skipped.tmp'), 'x')
      writeFileSync(join(tree.path, folder, '.gitignore'), '*.tmp\n')
      git('init', '-q')
      if (!commits) return
      git('add', '-A')
      git('commit', '-qm', 'scaffold')
    }
    inside('app', true)
    inside('bare app', false)
    inside('app/deep/one', true)
    inside('tracked', false)
    const { nested } = await tree.snapshot()
    assert.deepEqual(nested.toSorted(), ['app', 'app/deep/one', 'bare app'])
    assert.match(await bring(worktrees, tree), /^changed 8$/)
    for (const folder of ['app', 'bare app', 'app/deep/one', 'tracked']) {
      assert.equal(readFileSync(join(repository.path, folder, 'index.js'), 'utf8'), `${folder}\n`)
      assert.equal(existsSync(join(repository.path, folder, '.git')), false)
      assert.equal(existsSync(join(repository.path, folder, 'skipped.tmp')), false)
    }
  })
})

describe('a sparse checkout', () => {
  for (const mode of [['--cone'], ['--no-cone'], ['--cone', '--sparse-index']])
    it(`(${mode.join(' ')}) has the same files in a worktree, and a new file outside of them is kept`, async (t) => {
      const repository = createRepository(t, { 'in/a': 'a\n', 'out/b': 'b\n', 'out/deep/c': 'c\n', top: 'top\n' })
      const { path, git } = repository
      git('sparse-checkout', 'set', ...mode, 'in')
      const worktrees = repository.worktrees()
      const tree = await openTree(repository, worktrees)
      assert.equal(existsSync(join(tree.path, 'out')), false)
      assert.equal(execFileSync('git', ['status', '--porcelain'], { cwd: tree.path, encoding: 'utf8' }), '')
      mkdirSync(join(tree.path, 'out'))
      writeFileSync(join(tree.path, 'out/new'), 'new\n')
      writeFileSync(join(tree.path, 'in/a'), 'changed\n')
      assert.equal(await bring(worktrees, tree), 'changed 2')
      assert.equal(readFileSync(join(path, 'out/new'), 'utf8'), 'new\n')
      assert.equal(readFileSync(join(path, 'in/a'), 'utf8'), 'changed\n')
      assert.equal(existsSync(join(path, 'out/b')), false)
    })
})
