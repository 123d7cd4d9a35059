import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { readHeadCommit } from '../../src/run/head-commit.ts'

describe('the head commit', () => {
  let folder: string
  const git = (args: string[], cwd = folder): string =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd, encoding: 'utf8' }).trim()

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'head-commit-'))
    git(['init', '--quiet', '--initial-branch=main'])
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  const same = (where: string): void => assert.equal(readHeadCommit(where), git(['rev-parse', 'HEAD'], where))

  it('is null before the first commit and outside a repository', () => {
    assert.equal(readHeadCommit(folder), null)
    assert.equal(readHeadCommit('/'), null)
  })

  it('is what git says on a branch, in a subfolder, packed, detached and in a linked worktree', () => {
    git(['commit', '--quiet', '--allow-empty', '--message', 'one'])
    same(folder)
    mkdirSync(join(folder, 'a/b'), { recursive: true })
    same(join(folder, 'a/b'))
    git(['pack-refs', '--all'])
    same(folder)
    git(['worktree', 'add', '--quiet', '-b', 'other', join(folder, 'linked')])
    git(['commit', '--quiet', '--allow-empty', '--message', 'two'], join(folder, 'linked'))
    same(join(folder, 'linked'))
    git(['checkout', '--quiet', '--detach'])
    same(folder)
  })
})
