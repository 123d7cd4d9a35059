import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { createRunDirectory } from '../../src/journal/run-directory.ts'

const startedAt = new Date('2026-11-21T03:04:05.678Z')

describe('a run directory', () => {
  it('has a name that sorts by start, a place for logs, and is the latest', (t) => {
    const root = join(createDirectory(t), '.orchestrator')
    const first = createRunDirectory(root, startedAt, 'aa11')
    assert.equal(first.path, join(root, '20261121-030405-aa11'))
    assert.ok(statSync(first.logs).isDirectory())
    assert.equal(first.journalPath, join(first.path, 'journal.ndjson'))
    assert.equal(pointedAt(root), '20261121-030405-aa11')
    createRunDirectory(root, new Date(startedAt.getTime() + 1000), 'bb22')
    assert.equal(pointedAt(root), '20261121-030406-bb22')
  })

  it('leaves a run alone that was put where the latest is named', (t) => {
    const root = join(createDirectory(t), '.orchestrator')
    const own = createRunDirectory(root, startedAt, 'aa11', join(root, 'latest'))
    const next = createRunDirectory(root, startedAt, 'bb22')
    assert.ok(statSync(next.logs).isDirectory())
    assert.ok(statSync(own.logs).isDirectory())
  })

  it('is ignored by git', (t) => {
    const repository = createDirectory(t)
    execFileSync('git', ['init', '-q'], { cwd: repository })
    const { journalPath } = createRunDirectory(join(repository, '.orchestrator'), startedAt, 'aa11')
    const explicit = createRunDirectory(
      join(repository, '.orchestrator'),
      startedAt,
      'cc33',
      join(repository, 'results'),
    )
    writeFileSync(journalPath, '')
    writeFileSync(explicit.journalPath, '')
    assert.equal(execFileSync('git', ['status', '--porcelain'], { cwd: repository, encoding: 'utf8' }), '')
  })

  it('may be named, but not be that of another run', (t) => {
    const parent = createDirectory(t)
    const named = createRunDirectory(join(parent, 'root'), startedAt, 'aa11', join(parent, 'here', 'it is'))
    assert.equal(named.path, join(parent, 'here', 'it is'))
    writeFileSync(named.journalPath, '')
    assert.throws(() => createRunDirectory(join(parent, 'root'), startedAt, 'bb22', named.path), /holds another run/)
  })

  it('leaves what is in a folder that holds other things as git sees it', (t) => {
    const project = createDirectory(t)
    execFileSync('git', ['init', '-q'], { cwd: project })
    writeFileSync(join(project, 'mine.txt'), 'mine')
    createRunDirectory(join(project, '.orchestrator'), startedAt, 'aa11', project)
    assert.equal(execFileSync('git', ['status', '--porcelain'], { cwd: project, encoding: 'utf8' }), '?? mine.txt\n')
    writeFileSync(join(project, '.gitignore'), 'node_modules\n')
    createRunDirectory(join(project, '.orchestrator'), startedAt, 'bb22', project)
    assert.equal(readFileSync(join(project, '.gitignore'), 'utf8'), 'node_modules\n')
  })

  it('is not made through links that a checkout brought', { skip: process.platform === 'win32' }, (t) => {
    const project = createDirectory(t)
    const outside = createDirectory(t)
    writeFileSync(join(outside, 'precious'), 'precious')
    const root = join(project, '.orchestrator')
    const refused = (link: string) => ({ message: new RegExp(`^${link} is a symbolic link`) })
    symlinkSync(outside, root)
    assert.throws(() => createRunDirectory(root, startedAt, 'aa11'), refused(root))
    assert.throws(() => createRunDirectory(root, startedAt, 'aa11', join(root, 'mine')), refused(root))
    unlinkSync(root)
    mkdirSync(join(project, 'out'))
    symlinkSync(outside, join(project, 'out/logs'))
    assert.throws(
      () => createRunDirectory(root, startedAt, 'aa11', join(project, 'out')),
      refused(join(project, 'out/logs')),
    )
    mkdirSync(root, { recursive: true })
    for (const name of ['.gitignore', 'latest']) symlinkSync(join(outside, 'precious'), join(root, name))
    createRunDirectory(root, startedAt, 'aa11')
    assert.equal(pointedAt(root), '20261121-030405-aa11')
    assert.deepEqual(readdirSync(outside), ['precious'])
    assert.equal(readFileSync(join(outside, 'precious'), 'utf8'), 'precious')
  })
})

function pointedAt(root: string): string {
  const latest = join(root, 'latest')
  return process.platform === 'win32' ? readFileSync(latest, 'utf8').trim() : readlinkSync(latest)
}

function createDirectory(t: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), 'run-directory-'))
  t.after(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}
