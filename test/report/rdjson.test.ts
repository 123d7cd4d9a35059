import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { MergedFinding } from '../../src/core/finding.ts'
import { readFindings } from '../../src/findings/read-findings.ts'
import { annotateFinding } from '../../src/report/annotations.ts'
import { placeOf, renderFindingLines } from '../../src/report/findings-text.ts'
import { renderRdjson } from '../../src/report/rdjson.ts'

const finding = (more: Partial<MergedFinding>): MergedFinding => ({
  path: 'src/a.ts',
  line: 4,
  endLine: 6,
  severity: 'high',
  category: 'security',
  rule: null,
  title: 'A problem',
  body: 'Because.',
  suggestion: null,
  confidence: null,
  state: 'candidate',
  agents: ['lint', 'security'],
  reports: [],
  ...more,
})

const findings = [
  finding({ severity: 'low', line: null, endLine: null, category: null, suggestion: 'Remove it.' }),
  finding({ suggestion: 'Like this:\n```suggestion\nsafe()\n```' }),
  finding({ severity: 'medium', path: null, line: null, endLine: null, rule: 'no-plan', body: '' }),
]

describe('findings as rdjson', () => {
  const text = renderRdjson(findings)

  it('are as reviewdog reads them', () => {
    assert.deepEqual(JSON.parse(text).diagnostics[0], {
      message: 'A problem\n\nBecause.\n\nLike this:',
      location: { path: 'src/a.ts', range: { start: { line: 4 }, end: { line: 6 } } },
      severity: 'ERROR',
      source: { name: 'lint, security' },
      code: { value: 'security' },
      suggestions: [{ range: { start: { line: 4 }, end: { line: 6 } }, text: 'safe()' }],
    })
  })

  it('come back as they were', () => {
    const { findings: read, unread } = readFindings('rdjson', JSON.parse(text), { root: '/repo', directory: '' })
    assert.equal(unread, 0)
    assert.deepEqual(
      read.map(({ path, line, endLine, severity, rule, title, suggestion }) => [
        path,
        line,
        endLine,
        severity,
        rule,
        title,
        suggestion,
      ]),
      [
        ['src/a.ts', 4, 6, 'high', 'security', 'A problem', '```suggestion\nsafe()\n```'],
        [null, null, null, 'medium', 'no-plan', 'A problem', null],
        ['src/a.ts', null, null, 'low', null, 'A problem', null],
      ],
    )
  })
})

describe('findings as lines', () => {
  /** `$gcc` of VS Code's C/C++ extension, and what a matcher of one's own would be. */
  const matcher = /^(.*?):(\d+):(\d*):?\s+(?:fatal\s+)?(error|warning|note):\s+(.*)$/

  it('are read by problem matchers for compilers', () => {
    assert.deepEqual(
      [...renderFindingLines(findings)].map((line) => matcher.exec(line.trimEnd())?.slice(1)),
      [
        ['src/a.ts', '1', '1', 'note', 'A problem [low] (lint, security)'],
        ['src/a.ts', '4', '1', 'error', 'A problem [high, security] (lint, security)'],
        undefined,
      ],
    )
  })

  it('are one line each, whatever is said', () => {
    const [line, ...more] = [...renderFindingLines([finding({ title: 'a\nb: error: c', path: 'x\ny.ts' })])]
    assert.equal(line?.split('\n').length, 2)
    assert.deepEqual(more, [])
  })
})

describe('a finding on removed lines', () => {
  const left = finding({ side: 'left', suggestion: 'Like this:\n```suggestion\nsafe()\n```' })

  it('has no range in rdjson, which only knows the file as it is, and says which lines it means', () => {
    const [first] = JSON.parse(renderRdjson([left])).diagnostics
    assert.deepEqual(first.location, { path: 'src/a.ts' })
    assert.match(first.message, /^A problem \(removed lines 4-6\)\n/)
    assert.equal(first.suggestions, undefined)
  })

  it('is at the first line of its file for an editor', () => {
    assert.deepEqual(
      [...renderFindingLines([left])],
      ['src/a.ts:1:1: error: A problem [high, security, removed lines 4-6] (lint, security)\n'],
    )
  })

  it('is an annotation of the file, not of lines that say something else', () => {
    const { file, line, endLine, message } = annotateFinding(left)
    assert.deepEqual([file, line, endLine], ['src/a.ts', undefined, undefined])
    assert.match(message, /\(lint, security, removed lines 4-6\)$/)
  })

  it('is told from the same lines of the file as it is', () => {
    assert.equal(placeOf(left), 'src/a.ts:4-6 (removed)')
    assert.equal(placeOf(finding({})), 'src/a.ts:4-6')
  })
})
