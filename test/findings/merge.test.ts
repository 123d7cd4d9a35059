import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import type { ReportedFinding } from '../../src/core/finding.ts'
import { mergeFindings } from '../../src/findings/merge.ts'

function report(agent: string, title: string, more: Partial<ReportedFinding> = {}): ReportedFinding {
  return {
    agent,
    title,
    path: null,
    line: null,
    endLine: null,
    severity: 'medium',
    category: null,
    rule: null,
    body: '',
    suggestion: null,
    confidence: null,
    ...more,
  }
}

const at = (path: string, line: number, more: Partial<ReportedFinding> = {}): Partial<ReportedFinding> => ({
  path,
  line,
  ...more,
})

describe('findings of several instances', () => {
  it('become one where they say the same of the same place', () => {
    const merged = mergeFindings([
      report('claude', 'SQL injection: the user name is concatenated into the query', at('src/users.ts', 41)),
      report('codex', 'Unsanitized user name in the SQL query allows injection', at('src/users.ts', 42)),
    ])
    assert.equal(merged.length, 1)
    assert.deepEqual(merged[0]?.agents, ['claude', 'codex'])
    assert.equal(merged[0]?.reports.length, 2)
  })

  it('stay apart on one line where their subjects differ', () => {
    const merged = mergeFindings([
      report('claude', 'SQL injection through the user name', at('src/users.ts', 41, { category: 'security' })),
      report(
        'codex',
        'Connection is opened on every call, reuse a pool',
        at('src/users.ts', 41, { category: 'performance' }),
      ),
    ])
    assert.equal(merged.length, 2)
  })

  it('stay apart in different files, whatever they say', () => {
    const title = 'Missing await before the call of save()'
    assert.equal(
      mergeFindings([report('a', title, at('src/a.ts', 3)), report('b', title, at('src/b.ts', 3))]).length,
      2,
    )
  })

  it('are on two places where one is on removed lines, be their numbers equal', () => {
    const words = ['The admin check is gone', 'Rename the helper'] as const
    const place = at('src/users.ts', 41, { category: 'security' })
    const merged = mergeFindings([
      report('claude', words[0], { ...place, side: 'left' }),
      report('codex', words[1], place),
    ])
    assert.deepEqual(
      merged.map(({ side, agents }) => [side, agents]),
      [
        ['left', ['claude']],
        [undefined, ['codex']],
      ],
    )
    const same = 'Missing check that the user is an admin before removing'
    const here = mergeFindings([
      report('claude', `${same} it`, { ...place, side: 'left' }),
      report('codex', `${same} them`, { ...place, side: 'left' }),
    ])
    assert.deepEqual(
      here.map(({ side, agents }) => [side, agents]),
      [['left', ['claude', 'codex']]],
    )
  })

  it('take over what is to stand in place of lines only from a report of the same lines', () => {
    const suggestion = '```suggestion\nreturn query(name)\n```'
    const title = 'SQL injection: the user name is part of the query'
    const of = (line: number): string | null | undefined =>
      mergeFindings([
        report('claude', title, at('src/users.ts', 41, { confidence: 0.9 })),
        report('codex', title, at('src/users.ts', line, { suggestion })),
      ])[0]?.suggestion
    assert.equal(of(41), suggestion)
    assert.equal(of(42), '```\nreturn query(name)\n```')
  })

  it('become one across a file only where a symbol and the words agree', () => {
    const one = report('a', 'parseRange accepts a negative start of the range', at('src/range.ts', 10))
    const same = report('b', 'Negative start passes the check in parseRange', at('src/range.ts', 58))
    const other = report('c', 'The whole module has no tests', at('src/range.ts', 200))
    assert.deepEqual(
      mergeFindings([one, same, other]).map(({ agents }) => agents),
      [['a', 'b'], ['c']],
    )
  })

  it('become one by words alone where no place is known', () => {
    const merged = mergeFindings([
      report('a', "Method name has a typo: 'santizeAnchors' should be 'sanitizeAnchors'"),
      report('b', 'Method name `santizeAnchors` is misspelled'),
      report('b', 'Optional.get() is called without a check and may throw NoSuchElementException'),
      report('c', 'Calling `.get()` on an Optional without isPresent() throws NoSuchElementException'),
    ])
    assert.deepEqual(
      merged.map(({ agents }) => agents.join()).toSorted((a, b) => a.localeCompare(b)),
      ['a,b', 'b,c'],
    )
  })

  it('of one instance are never one, but for the same report twice', () => {
    const title = 'Unused import'
    const twice = report('a', title, at('a.ts', 1))
    assert.equal(mergeFindings([twice, { ...twice }]).length, 1)
    assert.equal(mergeFindings([twice, report('a', 'Unused import', at('a.ts', 2))]).length, 2)
  })

  it('are as severe as two say, or as one that is sure', () => {
    const of = (severities: readonly [ReportedFinding['severity'], number | null][]): string | undefined =>
      mergeFindings(
        severities.map(([severity, confidence], index) =>
          report(
            `agent${index}`,
            'Race between read and write of the counter',
            at('a.ts', 9, { severity, confidence }),
          ),
        ),
      )[0]?.severity
    assert.equal(of([['critical', null]]), 'critical')
    assert.equal(
      of([
        ['critical', null],
        ['low', null],
        ['low', null],
      ]),
      'low',
    )
    assert.equal(
      of([
        ['critical', 0.9],
        ['low', null],
        ['low', null],
      ]),
      'critical',
    )
    assert.equal(
      of([
        ['high', null],
        ['high', null],
        ['info', null],
      ]),
      'high',
    )
  })

  it('come out the same in whatever order they arrive', () => {
    const subjects = [
      'null dereference in parseUser',
      'leaked file handle in readAll',
      'timezone ignored in formatDate',
      'N+1 query in listOrders',
    ]
    const reports = Array.from({ length: 24 }, (_, index) =>
      report(
        `agent${index % 6}`,
        `${subjects[index % 4]} variant ${index % 3}`,
        at(`src/f${index % 2}.ts`, 10 + (index % 5), index % 7 === 0 ? { side: 'left' } : {}),
      ),
    )
    const expected = mergeFindings(reports)
    assert.ok(expected.length < reports.length)
    fc.assert(
      fc.property(fc.shuffledSubarray(reports, { minLength: reports.length }), (shuffled) => {
        assert.deepEqual(mergeFindings(shuffled), expected)
      }),
      { numRuns: 1000 },
    )
  })

  it('are all kept, each in exactly one, when there are thousands', () => {
    const reports = Array.from({ length: 1200 }, (_, index) =>
      report(
        `agent${Math.floor(index / 300)}`,
        `problem ${index % 300} of symbol${index % 300}Name`,
        at(`src/f${index % 30}.ts`, 1 + (index % 300)),
      ),
    )
    const merged = mergeFindings(reports)
    const count = merged.reduce((sum, each) => sum + each.reports.length, 0)
    assert.equal(count, reports.length)
    assert.ok(merged.every(({ agents, reports: own }) => agents.length === own.length))
    assert.equal(merged.length, 300)
  })
})
