import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ChangedFile, Changes } from '../../src/core/changes.ts'
import { asksForPaths, unmetPreset } from '../../src/core/event-presets.ts'

const changed = (...paths: string[]): Changes => ({
  base: 'a',
  head: 'b',
  diffFile: null,
  files: paths.map((path): ChangedFile => ({
    path,
    status: 'modified',
    additions: 1,
    deletions: 0,
    generated: false,
    binary: false,
    bytes: 0,
  })),
})
const repository = 'octo/app'
const pull = { pull_request: { draft: false } }
const push = { before: 'a', after: 'b' }

describe('presets of what an event changes', () => {
  it('are met by a file that matches, and with `not-` by none', () => {
    const of = (preset: string, ...paths: string[]) =>
      unmetPreset([preset], { payload: pull, repository, changes: changed(...paths) })
    assert.equal(of('paths:src/**', 'src/a/b.ts', 'docs/x.md'), undefined)
    assert.equal(of('paths:src/**', 'docs/x.md'), '`paths:src/**`: the pull request does not change src/**')
    assert.equal(of('not-paths:docs/**', 'src/a.ts'), undefined)
    assert.equal(of('not-paths:docs/**', 'docs/x.md'), '`not-paths:docs/**`: the pull request changes docs/**')
  })

  it('are all that a push is held against, and nothing of other events', () => {
    const presets = ['not-draft', 'paths:src/**']
    assert.match(
      unmetPreset(presets, { payload: push, repository, changes: changed('x') }) ?? '',
      /the push does not change/,
    )
    assert.equal(unmetPreset(presets, { payload: push, repository, changes: changed('src/x') }), undefined)
    assert.equal(unmetPreset(presets, { payload: {}, repository }), undefined)
    assert.match(
      unmetPreset(presets, { payload: { issue: { draft: false } }, repository }) ?? '',
      /the event does not say/,
    )
  })

  it('ask what changed of pull requests and pushes alone', () => {
    assert.equal(asksForPaths(['not-paths:x'], { payload: pull, repository }), true)
    assert.equal(asksForPaths(['paths:x'], { payload: push, repository }), true)
    assert.equal(asksForPaths(['paths:x'], { payload: { issue: {} }, repository }), false)
    assert.equal(asksForPaths(['draft', 'label:paths:x'], { payload: pull, repository }), false)
  })
})
