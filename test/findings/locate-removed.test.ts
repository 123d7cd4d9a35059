import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Finding } from '../../src/core/finding.ts'
import { readHunks } from '../../src/findings/diff-lines.ts'
import { locateInChange, withQuoteOf } from '../../src/findings/locate-removed.ts'
import { findingAt } from '../rig/finding-at.ts'

const lines = [
  'export function remove(user: User) {',
  '  const id = user.id',
  '  log(id)',
  '  return db.remove(id)',
  '}',
  'const one = 1',
  'const two = 2',
  'const three = 3',
  'const four = 4',
  'export const end = five',
]

/** Lines 2 and 3, and line 10, of the old file are removed; the new line 3 came. */
const diff = `diff --git a/src/a.ts b/src/a.ts
--- a/src/a.ts
+++ b/src/a.ts
@@ -1,5 +1,4 @@
 export function remove(user: User) {
-  if (!user.isAdmin) return
-  audit(user)
   const id = user.id
+  log(id)
   return db.remove(id)
@@ -7,5 +6,4 @@ }
 const one = 1
 const two = 2
 const three = 3
-assertLimits(three)
 const four = 4
`

const hunks = readHunks(diff)

const placeOf = (more: Partial<Finding>): unknown[] => {
  const { line, endLine, side = 'right' } = locateInChange(findingAt(more), { lines, hunks })
  return [side, line, endLine]
}

describe('a finding in a file that was changed', () => {
  const rows: [name: string, more: Partial<Finding>, place: unknown[]][] = [
    [
      'moves to the left where its quote was removed',
      { line: 2, evidence: 'if (!user.isAdmin) return' },
      ['left', 2, null],
    ],
    ['moves to the removed line that it quotes', { line: 3, evidence: 'assertLimits(three)' }, ['left', 10, null]],
    ['quotes a diff', { line: 2, evidence: '-  if (!user.isAdmin) return\n-  audit(user)' }, ['left', 2, 3]],
    [
      'stays on the right where its quote is in the file, too',
      { line: 2, evidence: 'const id = user.id' },
      ['right', 2, null],
    ],
    [
      'is about what came in the place of what it quotes',
      { line: 1, evidence: '-  audit(user)\n+  log(id)' },
      ['right', 3, null],
    ],
    ['is on the left as it says', { line: 2, endLine: 3, side: 'left' }, ['left', 2, 3]],
    ['is on the removed lines among those it names', { line: 1, endLine: 5, side: 'left' }, ['left', 2, 3]],
    ['moves on its side', { line: 2, side: 'left', evidence: 'assertLimits(three)' }, ['left', 10, null]],
    ['is on the right where its lines were not removed', { line: 4, side: 'left' }, ['right', 2, null]],
    ['is on the right after what was removed in its hunk', { line: 11, side: 'left' }, ['right', 9, null]],
    ['is on the right between two hunks', { line: 6, side: 'left' }, ['right', 5, null]],
    ['is on the right behind the last hunk', { line: 12, side: 'left' }, ['right', 10, null]],
    ['is about the whole file beyond its end', { line: 400, side: 'left' }, ['right', null, null]],
    ['is where its quote is now', { line: 2, side: 'left', evidence: 'return db.remove(id)' }, ['right', 4, null]],
    ['stays where its quote stands nowhere', { line: 3, evidence: 'nothing.like(this)' }, ['right', 3, null]],
  ]
  for (const [name, more, place] of rows) it(name, () => assert.deepEqual(placeOf(more), place))

  it('is about removed lines where the file is gone, whatever it says', () => {
    const gone = readHunks('@@ -1,3 +0,0 @@\n-alpha()\n-beta()\n-gamma()\n')
    const located = locateInChange(findingAt({ line: 3 }), { lines: undefined, hunks: gone })
    assert.deepEqual([located.side, located.line, located.evidence], ['left', 3, 'gamma()'])
    const beyond = locateInChange(findingAt({ line: 4 }), { lines: undefined, hunks: gone })
    assert.deepEqual([beyond.side, beyond.line], [undefined, null])
  })

  it('quotes the removed lines and offers no replacement for them', () => {
    const suggestion = 'Keep it:\n```suggestion\n  if (!user.isAdmin) throw new Error()\n```'
    const located = locateInChange(findingAt({ side: 'left', suggestion }), { lines, hunks })
    assert.equal(located.suggestion, 'Keep it:\n```\n  if (!user.isAdmin) throw new Error()\n```')
    assert.equal(located.evidence, '  if (!user.isAdmin) return')
  })

  it('of another diff is known by what it says, not by its number there', () => {
    const since = readHunks('@@ -40,2 +40,1 @@\n const x = 1\n-  audit(user)\n')
    const quoted = withQuoteOf(findingAt({ line: 41, side: 'left' }), since)
    const located = locateInChange(quoted, { lines, hunks })
    assert.deepEqual([located.side, located.line], ['left', 3])
    // What came with the pull request and went again is in no diff of it.
    const own = readHunks('@@ -40,1 +39,0 @@\n-  added.and.removed()\n')
    const lost = locateInChange(withQuoteOf(findingAt({ line: 40, side: 'left' }), own), { lines, hunks })
    assert.deepEqual([lost.side, lost.line], [undefined, null])
  })

  it('without lines of its own has no side', () => {
    assert.deepEqual(placeOf({ line: null, side: 'left' }), ['right', null, null])
  })
})
