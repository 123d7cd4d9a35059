import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import type { MergedFinding } from '../../src/core/finding.ts'
import { readFindings } from '../../src/findings/read-findings.ts'
import { renderSarif } from '../../src/report/sarif.ts'

/** The official schema is of draft 4; only its names would trip ajv. */
const {
  $schema: _draft,
  id: _id,
  ...schema
} = JSON.parse(readFileSync(new URL('../fixtures/sarif/schema-2.1.0.json', import.meta.url), 'utf8')) as Record<
  string,
  unknown
>
const ajv = new Ajv({ strict: false, unicodeRegExp: false })
addFormats.default(ajv)
const isValid = ajv.compile(schema)

const finding = (more: Partial<MergedFinding> = {}): MergedFinding => ({
  path: 'src/a b.ts',
  line: 3,
  endLine: 5,
  severity: 'high',
  category: 'security',
  rule: null,
  title: 'Token is logged',
  body: 'It is printed whole.',
  suggestion: null,
  confidence: 0.9,
  state: 'candidate',
  agents: ['claude', 'codex'],
  reports: [],
  ...more,
})

const render = (findings: readonly MergedFinding[]): string =>
  renderSarif(findings, { version: '0.1.0', name: 'review', commit: 'a'.repeat(40) })

describe('SARIF', () => {
  it('is valid by the official schema and read back as it was', () => {
    const text = render([
      finding(),
      finding({
        path: 'ünï/コード.ts',
        line: null,
        endLine: null,
        severity: 'info',
        category: null,
        rule: 'no-x',
        confidence: null,
      }),
      finding({ path: null }),
    ])
    const log: unknown = JSON.parse(text)
    assert.ok(isValid(log), ajv.errorsText(isValid.errors))
    const { findings } = readFindings('sarif', JSON.parse(text), { root: '/repo', directory: '' })
    assert.deepEqual(
      findings.map(({ path, line, endLine, severity, rule }) => [path, line, endLine, severity, rule]),
      [
        ['src/a b.ts', 3, 5, 'high', 'security'],
        ['ünï/コード.ts', null, null, 'low', 'no-x'],
      ],
    )
  })

  it('has no region for removed lines, says which they are, and reads them back', () => {
    const text = render([finding({ side: 'left' })])
    const log = JSON.parse(text)
    assert.ok(isValid(JSON.parse(text)), ajv.errorsText(isValid.errors))
    const [result] = log.runs[0].results
    assert.equal(result.locations[0].physicalLocation.region, undefined)
    assert.match(result.message.text, /^Token is logged \(removed lines 3-5\)\n/)
    const [back] = readFindings('sarif', log, { root: '/repo', directory: '' }).findings
    assert.deepEqual([back?.side, back?.line, back?.endLine], ['left', 3, 5])
  })

  it('is valid without a finding', () => assert.ok(isValid(JSON.parse(render([])))))

  interface Log {
    runs: {
      tool: { extensions: unknown[] }
      results: { ruleIndex: number; partialFingerprints: { primaryLocationLineHash: string } }[]
    }[]
  }
  const fingerprints = (findings: readonly MergedFinding[]): string[] =>
    (JSON.parse(render(findings)) as Log).runs[0]?.results.map(
      ({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash,
    ) ?? []

  it('knows a finding again by its code, wherever and in whatever words, and equal ones apart', () => {
    const evidence = 'log(token)'
    const [one] = fingerprints([finding({ evidence })])
    assert.match(one ?? '', /^[0-9a-f]{16}:1$/)
    const [again] = fingerprints([finding({ evidence: '  log(token)  ', title: 'A secret in the log', line: 40 })])
    assert.equal(again, one)
    for (const other of [{ evidence: 'log(key)' }, { evidence, category: 'style' }, { evidence, path: 'b.ts' }])
      assert.notEqual(fingerprints([finding(other)])[0], one)
    const [first, second] = fingerprints([finding({ evidence }), finding({ evidence, line: 90 })])
    assert.deepEqual([first, second], [one, one?.replace(/1$/, '2')])
    // What linters say is the same each time.
    assert.equal(fingerprints([finding({ line: 7 })])[0], fingerprints([finding({ line: 9 })])[0])
  })

  it('has no more extensions than GitHub takes', () => {
    const agents = Array.from({ length: 150 }, (_, at) => `review.${at}`)
    const log: unknown = JSON.parse(render([finding({ agents })]))
    assert.ok(isValid(log), ajv.errorsText(isValid.errors))
    assert.equal((log as Log).runs[0]?.tool.extensions.length, 100)
  })

  it('keeps the worst of more findings than GitHub takes', () => {
    const many = Array.from({ length: 6000 }, (_, index) =>
      finding({ line: index + 1, endLine: null, severity: index % 10 === 9 ? 'critical' : 'low' }),
    )
    const { runs } = JSON.parse(render(many)) as { runs: { results: { properties: { severity: string } }[] }[] }
    const kept = runs[0]?.results ?? []
    assert.equal(kept.length, 5000)
    assert.equal(kept.filter(({ properties }) => properties.severity === 'critical').length, 600)
  })

  it('cuts a message before GitHub does', () => {
    const { runs } = JSON.parse(render([finding({ body: 'x'.repeat(10_000) })])) as {
      runs: { results: { message: { text: string } }[] }[]
    }
    assert.ok((runs[0]?.results[0]?.message.text.length ?? 0) <= 4000)
  })
})
