import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, symlinkSync, unlinkSync, writeFileSync, chmodSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { ChangesError } from '../../src/core/changes-error.ts'
import { attachedDiffs, type ChangedFile } from '../../src/core/changes.ts'
import type { JsonObject } from '../../src/core/json.ts'
import { readChanges, type ChangesRequest, type ReadChanges } from '../../src/run/read-changes.ts'
import { createRepository, type Repository } from '../worktree/repository.ts'

const zeros = '0'.repeat(40)

function read(repository: Repository, github: JsonObject, more: Partial<ChangesRequest> = {}): Promise<ReadChanges> {
  return readChanges({
    workspace: repository.path,
    github,
    needed: 'diff',
    environment: repository.env,
    mask: (text) => text,
    ...more,
  })
}

const sha = (repository: Repository, name = 'HEAD'): string => repository.git('rev-parse', name).trim()

const pull = (base: string, head: string): JsonObject => ({
  run_id: '1',
  event: { pull_request: { number: 1, base: { sha: base }, head: { sha: head } } },
})

const push = (before: string, after: string): JsonObject => ({
  run_id: '1',
  event: { before, after, repository: { default_branch: 'main' } },
})

/** `M a.txt +1 -0`, with what else there is to say. */
function lines({ changes }: ReadChanges): string[] {
  return changes.files.map((file) =>
    [
      file.status,
      file.previousPath === undefined ? file.path : `${file.previousPath} > ${file.path}`,
      ...(file.binary ? [] : [`+${file.additions} -${file.deletions}`]),
      ...(file.generated ? ['generated'] : []),
      ...(file.binary ? ['binary'] : []),
    ].join(' '),
  )
}

/** What the diff file has of each file. */
function parts({ changes, diff }: ReadChanges): string[] {
  let at = 0
  return changes.files.map(({ bytes }) => diff?.subarray(at, (at += bytes)).toString('utf8') ?? '')
}

/** A clone as `actions/checkout` makes it: of one commit, without its past. */
function shallowClone(t: TestContext, repository: Repository, ref: string): Repository {
  const clone = createRepository(t, { x: '' })
  const path = join(clone.scratch, 'shallow')
  const run = (cwd: string, ...args: string[]): string =>
    execFileSync('git', args, { cwd, env: clone.env, encoding: 'utf8' })
  run(clone.scratch, 'init', '-q', path)
  run(path, 'remote', 'add', 'origin', `file://${repository.path}`)
  run(path, 'fetch', '-q', '--depth=1', 'origin', `+${ref}:refs/remotes/pull/1/merge`)
  run(path, 'checkout', '-q', '--detach', 'refs/remotes/pull/1/merge')
  return { ...clone, path, git: (...args) => run(path, ...args) }
}

const text = (count: number, word = 'line'): string =>
  Array.from({ length: count }, (_, at) => `${word} ${at}\n`).join('')

describe('changes', () => {
  it('tells each kind of change of a pull request', async (t) => {
    const repository = createRepository(t, {
      'kept.txt': 'same\n',
      'edited.txt': text(10),
      'gone.txt': text(3),
      'moved.txt': text(20),
      'image.png': Buffer.from([0, 1, 2, 3]),
      'becomes-link': 'a\nb\n',
      'mode.sh': 'echo\n',
    })
    const base = sha(repository)
    repository.git('checkout', '-qb', 'topic')
    repository.write('edited.txt', text(10).replace('line 3\n', 'line three\nand more\n'))
    unlinkSync(join(repository.path, 'gone.txt'))
    mkdirSync(join(repository.path, 'deep/er'), { recursive: true })
    renameSync(join(repository.path, 'moved.txt'), join(repository.path, 'deep/er/moved.txt'))
    repository.write('image.png', Buffer.from([0, 9, 2, 3]))
    unlinkSync(join(repository.path, 'becomes-link'))
    symlinkSync('kept.txt', join(repository.path, 'becomes-link'))
    chmodSync(join(repository.path, 'mode.sh'), 0o755)
    repository.write('new "quoted"\tname é.txt', 'no end of line')
    repository.write('empty', '')
    repository.commit()
    const found = await read(repository, pull(base, sha(repository)))
    assert.deepEqual(lines(found), [
      'type-changed becomes-link +1 -2',
      'renamed moved.txt > deep/er/moved.txt +0 -0',
      'modified edited.txt +2 -1',
      'added empty +0 -0',
      'deleted gone.txt +0 -3',
      'modified image.png binary',
      'modified mode.sh +0 -0',
      'added new "quoted"\tname é.txt +1 -0',
    ])
    assert.deepEqual([found.changes.base, found.changes.head], [base, sha(repository)])
    const [link, renamed, edited, , , image] = parts(found)
    assert.match(link ?? '', /deleted file mode 100644[^]*new file mode 120000/)
    assert.match(renamed ?? '', /^diff --git a\/moved.txt b\/deep\/er\/moved.txt\nsimilarity index 100%\n/)
    assert.match(edited ?? '', /-line 3\n\+line three\n\+and more\n/)
    assert.match(image ?? '', /Binary files a\/image.png and b\/image.png differ\n$/)
    assert.equal(parts(found).join(''), found.diff?.toString('utf8'))
  })

  it('is about what a pull request changed since it left its base, not about what the base did', async (t) => {
    const repository = createRepository(t, { a: '1\n', b: '1\n' })
    repository.git('checkout', '-qb', 'topic')
    repository.write('a', '2\n')
    repository.commit()
    const head = sha(repository)
    repository.git('checkout', '-q', 'main')
    repository.write('b', '2\n')
    repository.commit()
    assert.deepEqual(lines(await read(repository, pull(sha(repository), head))), ['modified a +1 -1'])
    // An update-branch merge changes nothing of that.
    repository.git('checkout', '-q', 'topic')
    repository.git('merge', '-q', '--no-edit', 'main')
    assert.deepEqual(lines(await read(repository, pull(sha(repository, 'main'), sha(repository)))), [
      'modified a +1 -1',
    ])
  })

  it('says where the merge that is checked out has a file otherwise than the head', async (t) => {
    const repository = createRepository(t, { a: text(30), b: text(30) })
    repository.git('checkout', '-qb', 'topic')
    repository.write('a', text(30).replace('line 20\n', 'changed\n'))
    repository.write('b', text(30).replace('line 20\n', 'changed\n'))
    repository.commit()
    const head = sha(repository)
    repository.git('checkout', '-q', 'main')
    repository.write('a', `above\n${text(30)}`)
    repository.commit()
    const base = sha(repository)
    repository.git('merge', '-q', '--no-ff', '--no-edit', 'topic')
    const { changes } = await read(repository, pull(base, head))
    assert.deepEqual(
      changes.files.map(({ path, differsHere }) => [path, differsHere]),
      [
        ['a', true],
        ['b', undefined],
      ],
    )
  })

  it('compares a push with what was there before it: merge commits, forced pushes, new branches, the first commit', async (t) => {
    const repository = createRepository(t, { a: '1\n' })
    const first = sha(repository)
    repository.write('b', '1\n')
    repository.commit()
    const second = sha(repository)
    assert.deepEqual(lines(await read(repository, push(first, second))), ['added b +1 -0'])
    repository.git('checkout', '-qb', 'topic', first)
    repository.write('c', 'other\n')
    repository.commit()
    const topic = sha(repository)
    // A forced push: what was there before is no ancestor.
    assert.deepEqual(lines(await read(repository, push(second, topic))), ['deleted b +0 -1', 'added c +1 -0'])
    // A new branch: since it left the default branch.
    assert.deepEqual(lines(await read(repository, push(zeros, topic))), ['added c +1 -0'])
    repository.git('checkout', '-q', 'main')
    repository.git('merge', '-q', '--no-ff', '--no-edit', 'topic')
    assert.deepEqual(lines(await read(repository, push(second, sha(repository)))), ['added c +1 -0'])
    // A default branch that is pushed for the first time.
    repository.git('reset', '-q', '--hard', first)
    const all = await read(repository, push(zeros, first))
    assert.deepEqual([lines(all), all.changes.base], [['added a +1 -0'], null])
    // What the forced push replaced is gone everywhere.
    repository.git('checkout', '-q', 'topic')
    const lost = await read(repository, push('1'.repeat(40), topic))
    assert.deepEqual(lines(lost), ['added c +1 -0'])
    assert.match(lost.notes.join(), /before this push is gone/)
  })

  it('fetches what a shallow clone does not have', async (t) => {
    const repository = createRepository(t, { a: '1\n' })
    for (let count = 0; count < 70; count++) repository.git('commit', '-q', '--allow-empty', '-m', `${count}`)
    repository.git('checkout', '-qb', 'topic', 'HEAD~60')
    repository.write('b', '1\n')
    repository.commit()
    const head = sha(repository)
    repository.git('checkout', '-q', 'main')
    repository.git('update-ref', 'refs/pull/1/head', head)
    repository.git('checkout', '-q', '--detach')
    repository.git('merge', '-q', '--no-ff', '--no-edit', 'topic')
    repository.git('update-ref', 'refs/pull/1/merge', 'HEAD')
    const base = sha(repository, 'main')
    const clone = shallowClone(t, repository, 'refs/pull/1/merge')
    assert.throws(() => clone.git('cat-file', '-e', head))
    assert.deepEqual(lines(await read(clone, pull(base, head))), ['added b +1 -0'])
    assert.equal(clone.git('status', '--porcelain'), '')
    const pushed = shallowClone(t, repository, 'refs/heads/main')
    repository.git('checkout', '-q', 'main')
    assert.deepEqual(lines(await read(pushed, push(sha(repository, 'main~5'), base))), [])
    const branch = shallowClone(t, repository, 'refs/pull/1/head')
    assert.deepEqual(lines(await read(branch, { run_id: '1', event: { repository: { default_branch: 'main' } } })), [
      'added b +1 -0',
    ])
  })

  it('fetches the content that a partial clone does not have, and says where it cannot', async (t) => {
    const repository = createRepository(t, { a: '1\n', b: '1\n' })
    repository.git('config', 'uploadpack.allowFilter', 'true')
    repository.git('config', 'uploadpack.allowAnySHA1InWant', 'true')
    const base = sha(repository)
    repository.git('checkout', '-qb', 'topic')
    repository.write('a', '2\n')
    repository.commit()
    const head = sha(repository)
    repository.git('checkout', '-q', 'main')
    const partial = (name: string): Repository => {
      const path = join(repository.scratch, name)
      repository.git('clone', '-q', '--no-checkout', '--filter=blob:none', `file://${repository.path}`, path)
      const git = (...args: string[]): string =>
        execFileSync('git', args, { cwd: path, env: repository.env, encoding: 'utf8' })
      return { ...repository, path, git }
    }
    assert.deepEqual(lines(await read(partial('one'), pull(base, head))), ['modified a +1 -1'])
    const other = partial('other')
    other.git('remote', 'set-url', 'origin', 'file:///nowhere')
    const error = await read(other, pull(base, head)).catch((reason: unknown) => reason)
    assert.ok(error instanceof ChangesError)
    assert.match(error.hint, /clone is partial/)
  })

  it('says what to do where it cannot fetch', async (t) => {
    const repository = createRepository(t, { a: '1\n' })
    repository.write('a', '2\n')
    repository.commit()
    const clone = shallowClone(t, repository, 'refs/heads/main')
    const event = pull(sha(repository, 'main~1'), sha(repository))
    clone.git('remote', 'set-url', 'origin', 'file:///nowhere')
    const error = await read(clone, event).catch((reason: unknown) => reason)
    assert.ok(error instanceof ChangesError)
    assert.match(error.message, /^cannot tell what changed: git cannot fetch the commits/)
    assert.match(error.hint, /fetch-depth: 0/)
    // A remote that never answers.
    const silent = join(clone.scratch, 'silent')
    writeFileSync(silent, '#!/bin/sh\nexec sleep 60\n', { mode: 0o755 })
    clone.git('remote', 'set-url', 'origin', `ext::${silent} %S`)
    clone.git('config', 'protocol.ext.allow', 'always')
    const before = performance.now()
    await assert.rejects(read(clone, event, { fetchMs: 300 }), /the remote did not answer within 0.3 s/)
    assert.ok(performance.now() - before < 10_000)
  })

  it('says where there is no repository', async (t) => {
    const repository = createRepository(t, { a: '' })
    await assert.rejects(read({ ...repository, path: repository.scratch }, {}), /is not in a git repository/)
  })

  it('is at a desk about the files as they are, since they left the default branch', async (t) => {
    const repository = createRepository(t, { a: '1\n', '.gitignore': 'ignored\n' })
    repository.git('checkout', '-qb', 'topic')
    repository.write('b', '1\n')
    repository.commit()
    repository.write('a', '2\n')
    repository.write('new', '1\n')
    repository.write('ignored', '1\n')
    const status = repository.git('status', '--porcelain')
    assert.deepEqual(lines(await read(repository, {})), ['modified a +1 -1', 'added b +1 -0', 'added new +1 -0'])
    assert.equal(repository.git('status', '--porcelain'), status)
    assert.deepEqual(lines(await read(repository, {}, { base: 'HEAD' })), ['modified a +1 -1', 'added new +1 -0'])
    await assert.rejects(read(repository, {}, { base: 'no-such' }), /there is no branch or commit no-such/)
    await assert.rejects(read(repository, {}, { base: '--output=x' }), /there is no branch or commit/)
  })

  it('knows an unborn branch, and one without any commit in common', async (t) => {
    const repository = createRepository(t, { a: '1\n' })
    repository.git('checkout', '-q', '--orphan', 'other')
    repository.write('b', 'other\n')
    const unborn = await read(repository, {})
    assert.deepEqual([lines(unborn), unborn.changes.head], [['added a +1 -0', 'added b +1 -0'], null])
    repository.git('rm', '-q', '--cached', 'a')
    unlinkSync(join(repository.path, 'a'))
    repository.commit()
    const apart = await read(repository, pull(sha(repository, 'main'), sha(repository)))
    assert.deepEqual(lines(apart), ['deleted a +0 -1', 'added b +1 -0'])
    assert.match(apart.notes.join(), /no commit in common/)
  })

  it('tells of a submodule by its commit', async (t) => {
    const inner = createRepository(t, { x: '1\n' })
    const repository = createRepository(t, { a: '1\n' })
    const base = sha(repository)
    repository.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.path, 'sub')
    repository.commit()
    const added = await read(repository, pull(base, sha(repository)))
    assert.deepEqual(lines(added), ['added .gitmodules +3 -0', 'added sub +1 -0'])
    assert.match(parts(added)[1] ?? '', /\+Subproject commit [0-9a-f]{40}/)
    assert.deepEqual(lines(await read(repository, {}, { base: 'HEAD' })), [])
  })

  it('takes generated and binary files from the attributes of the base, never from what is looked at', async (t) => {
    const repository = createRepository(t, {
      '.gitattributes':
        '*.lock linguist-generated\n*.min.js linguist-generated=true\nkeep.lock -linguist-generated\n*.svg -diff\n',
      'gen/.gitattributes': '* linguist-generated\n',
    })
    const base = sha(repository)
    repository.git('checkout', '-qb', 'topic')
    repository.write('.gitattributes', '* -diff linguist-generated\n*.ts diff=evil\n')
    for (const name of ['a.lock', 'b.min.js', 'keep.lock', 'c.svg', 'gen/d', 'evil.ts']) repository.write(name, 'x\n')
    repository.commit()
    // Nor does any program run that the repository's configuration names.
    const ran = join(repository.scratch, 'ran')
    for (const key of ['diff.evil.command', 'diff.evil.textconv', 'diff.external', 'core.fsmonitor'])
      repository.git('config', key, `touch ${ran};cat`)
    repository.git('config', 'diff.noprefix', 'true')
    const found = await read(repository, pull(base, sha(repository)))
    assert.deepEqual(lines(found), [
      'modified .gitattributes +2 -4',
      'added a.lock +1 -0 generated',
      'added b.min.js +1 -0 generated',
      'added c.svg binary',
      'added evil.ts +1 -0',
      'added gen/d +1 -0 generated',
      'added keep.lock +1 -0',
    ])
    assert.match(parts(found)[4] ?? '', /^diff --git a\/evil.ts b\/evil.ts\n[^]*\+x\n$/)
    assert.equal(existsSync(ran), false)
  })

  it('masks secrets in the diff, and its parts stay those of the files', async (t) => {
    const repository = createRepository(t, { a: '1\n' })
    repository.write('a', 'token hunter2hunter2 end\n')
    repository.write('b', 'x\n')
    const found = await read(repository, {}, { mask: (value) => value.replaceAll('hunter2hunter2', '***') })
    assert.match(parts(found)[0] ?? '', /\+token \*\*\* end\n$/)
    assert.match(parts(found)[1] ?? '', /^diff --git a\/b b\/b\n/)
  })

  it('looks at 5,000 files in less than half a second', async (t) => {
    const repository = createRepository(t, { '.gitattributes': '*.lock linguist-generated\n' })
    for (let file = 0; file < 5000; file++) repository.write(`d${file % 50}/f${file}.txt`, text(20, `of ${file}`))
    repository.commit()
    const base = sha(repository)
    for (let file = 0; file < 5000; file++)
      repository.write(`d${file % 50}/f${file}.txt`, text(20, `of ${file}`).replace('3\n', 'three\n'))
    repository.commit()
    const before = performance.now()
    const found = await read(repository, pull(base, sha(repository)), { needed: 'files' })
    const took = performance.now() - before
    t.diagnostic(`${Math.round(took)} ms`)
    assert.equal(found.changes.files.length, 5000)
    assert.equal(found.diff, undefined)
    // Half a second on a machine with nothing else to do; the benchmark holds it to that.
    assert.ok(took < 3000, `${took} ms`)
  })
})

describe('attached diffs', () => {
  const file = (path: string, bytes: number, more: Partial<ChangedFile> = {}): ChangedFile => ({
    path,
    status: 'modified',
    additions: 1,
    deletions: 1,
    generated: false,
    binary: false,
    bytes,
    ...more,
  })
  const changes = (files: readonly ChangedFile[]) => ({ base: 'a', head: 'b', diffFile: 'changes.diff', files })

  it('leave out what nobody reads, and name it', () => {
    const [all] = attachedDiffs(
      changes([file('a', 10), file('l', 5, { generated: true }), file('p', 2, { binary: true }), file('z', 3)]),
    )
    assert.deepEqual(all?.parts, [
      { start: 0, end: 10 },
      { start: 17, end: 20 },
    ])
    assert.deepEqual(all?.left, [
      { path: 'l', why: 'generated' },
      { path: 'p', why: 'binary' },
    ])
  })

  it('are split between files, a larger one alone', () => {
    const chunks = attachedDiffs(changes([file('a', 10), file('b', 10), file('c', 100), file('d', 5)]), 20)
    assert.deepEqual(
      chunks.map(({ parts }) => parts.map(({ start, end }) => end - start)),
      [[10, 10], [100], [5]],
    )
    assert.deepEqual(chunks[2]?.chunk, { number: 3, of: 3 })
    assert.deepEqual(attachedDiffs(changes([file('p', 2, { binary: true })]), 20), [])
  })
})
