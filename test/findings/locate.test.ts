import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { array, assert as holds, constantFrom, integer, option, property } from 'fast-check'
import type { Finding } from '../../src/core/finding.ts'
import { locateFinding } from '../../src/findings/locate.ts'
import { findingAt } from '../rig/finding-at.ts'

const lines = [
  'export function find(name: string) {',
  '  const query = `select * from users where name = ${name}`',
  '  return db.all(query)',
  '}',
  '',
  'export function count() {',
  '  return db.all(query)',
  '}',
]

const placeOf = (more: Partial<Finding>): (number | null)[] => {
  const { line, endLine } = locateFinding(findingAt(more), lines)
  return [line, endLine]
}

describe('a finding that quotes its code', () => {
  const rows: [name: string, more: Partial<Finding>, place: (number | null)[]][] = [
    ['stays where the quote is', { line: 2, evidence: '  const query = `select' }, [2, null]],
    ['stays where its lines hold the quote', { line: 1, endLine: 4, evidence: 'return db.all(query)' }, [1, 4]],
    ['moves to the quote', { line: 7, evidence: 'const query = `select * from users' }, [2, null]],
    ['moves to the nearest of two', { line: 8, evidence: 'return db.all(query)' }, [7, null]],
    ['moves to the upper of two as near', { line: 5, evidence: 'return db.all(query)' }, [3, null]],
    ['moves to several lines', { line: 1, evidence: '\nexport function count() {\n\treturn  db.all(query)\n' }, [6, 7]],
    ['gets a place where it had none', { line: null, evidence: 'export function count()' }, [6, null]],
    [
      'is found by what its diff adds',
      { line: 1, evidence: '-  return db.get(query)\n+  return db.all(query)' },
      [3, null],
    ],
    ['stays where the quote stands nowhere', { line: 4, evidence: 'return nothing.like(this)' }, [4, null]],
    ['does not move for what stands anywhere', { line: 1, evidence: '  }' }, [1, null]],
    ['comes back into the file', { line: 7, endLine: 40 }, [7, 8]],
    ['is about the whole file where its lines are none of it', { line: 40, endLine: 44 }, [null, null]],
    ['moves from beyond the end to the quote', { line: 400, evidence: 'export function count()' }, [6, null]],
  ]
  for (const [name, more, place] of rows) it(name, () => assert.deepEqual(placeOf(more), place))

  it('keeps a replacement for as many lines, and offers none for more or fewer', () => {
    const suggestion = 'Like this:\n```suggestion\n  return one(query)\n```'
    const same = locateFinding(findingAt({ line: 8, evidence: 'return db.all(query)', suggestion }), lines)
    assert.equal(same.suggestion, suggestion)
    const other = locateFinding(findingAt({ line: 7, endLine: 8, evidence: 'const query = `sel', suggestion }), lines)
    assert.equal(other.suggestion, 'Like this:\n```\n  return one(query)\n```')
  })

  it('is always within its file, whatever it says', () => {
    const line = option(integer({ min: 1, max: 40 }), { nil: null })
    const text = array(constantFrom('alpha', 'beta', 'gamma', '', ' alpha', '+beta', '-beta'), { maxLength: 12 })
    holds(
      property(text, line, line, text, (file, start, end, quote) => {
        const given = { line: start, endLine: start !== null && end !== null && end > start ? end : null }
        const { line: at, endLine } = locateFinding(findingAt({ ...given, evidence: quote.join('\n') }), file)
        assert.ok(
          at === null ? endLine === null : at >= 1 && (endLine ?? at) <= file.length && (endLine ?? at + 1) > at,
        )
      }),
    )
  })
})
