import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { FindingsFormat } from '../../src/core/finding.ts'
import type { Json, JsonObject } from '../../src/core/json.ts'
import { normalPath } from '../../src/findings/normal-path.ts'
import { readFindings } from '../../src/findings/read-findings.ts'

const read = (format: FindingsFormat, value: Json) => readFindings(format, value, { root: '/repo', directory: '' })

describe('findings are read', () => {
  it('from the answer of an agent', () => {
    const { findings, unread } = read('findings', {
      findings: [
        {
          path: './src/a.ts',
          line: 4,
          endLine: 6,
          severity: 'high',
          category: 'security',
          title: 'Token is logged',
          body: 'Line 5 prints it.',
          suggestion: null,
          confidence: 0.9,
        },
        { severity: 'high' },
        'no finding',
      ],
      summary: '',
    })
    assert.equal(unread, 2)
    assert.deepEqual(findings, [
      {
        path: 'src/a.ts',
        line: 4,
        endLine: 6,
        severity: 'high',
        category: 'security',
        rule: null,
        title: 'Token is logged',
        body: 'Line 5 prints it.',
        suggestion: null,
        confidence: 0.9,
      },
    ])
  })

  it('on removed lines, for which there is no replacement', () => {
    const one = { path: 'src/a.ts', line: 4, endLine: 6, severity: 'high', title: 'The check went' }
    const suggestion = '```suggestion\ncheck()\n```'
    const { findings } = read('findings', {
      findings: [
        { ...one, side: 'left', suggestion },
        { ...one, side: 'LEFT', line: null },
        { ...one, side: 'right', suggestion },
        { ...one, side: 'middle' },
      ],
    })
    assert.deepEqual(
      findings.map(({ side, line, suggestion: said }) => [side, line, said]),
      [
        ['left', 4, '```\ncheck()\n```'],
        [undefined, null, null],
        [undefined, 4, suggestion],
        [undefined, 4, null],
      ],
    )
  })

  it('from SARIF, with the severity of the rule, without what is suppressed', () => {
    const { findings } = read('sarif', {
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { name: 'lint', rules: [{ id: 'js/xss', properties: { 'security-severity': '9.1' } }] } },
          results: [
            {
              ruleIndex: 0,
              level: 'warning',
              message: { text: 'Unescaped output\nof a parameter' },
              locations: [
                {
                  physicalLocation: { artifactLocation: { uri: 'src/a%20b.ts' }, region: { startLine: 3, endLine: 3 } },
                },
              ],
            },
            { ruleId: 'x', message: { text: 'old' }, suppressions: [{ kind: 'inSource' }] },
            { ruleId: 'y', message: { text: 'a note' }, level: 'note' },
          ],
        },
      ],
    })
    assert.deepEqual(
      findings.map(({ path, line, endLine, severity, rule, title, body }) => [
        path,
        line,
        endLine,
        severity,
        rule,
        title,
        body,
      ]),
      [
        ['src/a b.ts', 3, null, 'critical', 'js/xss', 'Unescaped output', 'of a parameter'],
        [null, null, null, 'low', 'y', 'a note', ''],
      ],
    )
  })

  it('from rdjson and from ESLint, whose paths are absolute', () => {
    const rdjson = read('rdjson', {
      diagnostics: [
        {
          message: 'Missing semicolon',
          location: { path: 'src/a.js', range: { start: { line: 7 }, end: { line: 9 } } },
          severity: 'ERROR',
          code: { value: 'semi' },
          suggestions: [{ text: ';' }],
        },
      ],
    })
    assert.deepEqual(
      [rdjson.findings[0]?.endLine, rdjson.findings[0]?.severity, rdjson.findings[0]?.suggestion],
      [9, 'high', ';'],
    )
    const eslint = read('eslint', [
      {
        filePath: '/repo/src/b.js',
        messages: [{ ruleId: 'no-undef', severity: 2, message: "'x' is not defined.", line: 2 }],
      },
      { filePath: '/elsewhere/c.js', messages: [{ ruleId: null, severity: 1, message: 'Parsing error', line: 1 }] },
    ])
    assert.deepEqual(
      eslint.findings.map(({ path, line, severity, rule }) => [path, line, severity, rule]),
      [
        ['src/b.js', 2, 'high', 'no-undef'],
        [null, null, 'medium', null],
      ],
    )
  })

  it('with the new code in a fence where an rdjson suggestion is for whole lines', () => {
    const suggestionOf = (range: JsonObject | undefined, code: string): string | null | undefined =>
      read('rdjson', {
        diagnostics: [
          {
            message: 'm',
            location: { path: 'a.js', range: { start: { line: 7 }, end: { line: 8 } } },
            suggestions: [{ ...(range && { range }), text: code }],
          },
        ],
      }).findings[0]?.suggestion
    const rows: [range: JsonObject | undefined, isFence: boolean][] = [
      [{ start: { line: 7 }, end: { line: 8 } }, true],
      [{ start: { line: 7, column: 1 }, end: { line: 9, column: 1 } }, true],
      [{ start: { line: 7, column: 3 }, end: { line: 8 } }, false],
      [{ start: { line: 7, column: 1 }, end: { line: 8, column: 4 } }, false],
      [{ start: { line: 6 }, end: { line: 8 } }, false],
      [{ start: { line: 7 } }, false],
      [undefined, false],
    ]
    for (const [range, isFence] of rows)
      assert.equal(suggestionOf(range, 'x()'), isFence ? '```suggestion\nx()\n```' : 'x()', JSON.stringify(range))
    assert.equal(suggestionOf(rows[0]?.[0], 'a ``` b\n'), '````suggestion\na ``` b\n````')
    assert.equal(suggestionOf(rows[0]?.[0], ''), '```suggestion\n```')
  })

  it('as none, and said so, from what has another form', () => {
    for (const format of ['findings', 'sarif', 'rdjson', 'eslint', 'checkstyle'] as const)
      assert.deepEqual(read(format, 'text'), { findings: [], unread: 0, isWhole: false })
  })
})

describe('paths of findings', () => {
  it('are taken from where the linter ran', () => {
    const place = { root: '/repo', directory: 'packages/web' }
    assert.equal(normalPath('src/a.ts', place), 'packages/web/src/a.ts')
    assert.equal(normalPath('../api/a.ts', place), 'packages/api/a.ts')
    assert.equal(normalPath('/repo/a.ts', place), 'a.ts')
  })

  const rows: [string, string | null][] = [
    ['src/a.ts', 'src/a.ts'],
    ['./src//a.ts', 'src/a.ts'],
    ['src\\win\\a.ts', 'src/win/a.ts'],
    ['/repo/src/a.ts', 'src/a.ts'],
    ['file:///repo/src/a%20b.ts', 'src/a b.ts'],
    ['src/../lib/a.ts', 'lib/a.ts'],
    ['../outside.ts', null],
    ['/etc/passwd', null],
    ['', null],
  ]
  for (const [given, expected] of rows)
    it(`${JSON.stringify(given)} is ${expected ?? 'none of the repository'}`, () =>
      assert.equal(normalPath(given, { root: '/repo', directory: '' }), expected))
})
