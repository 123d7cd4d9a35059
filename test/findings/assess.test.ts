import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { FindingsGate, MergedFinding, ReportedFinding, ReviewRules } from '../../src/core/finding.ts'
import { blockingFindings } from '../../src/findings/gate.ts'
import { assessFindings } from '../../src/findings/assess.ts'

const report = (more: Partial<ReportedFinding>): ReportedFinding => ({
  path: 'src/a.ts',
  line: 1,
  endLine: null,
  severity: 'high',
  category: 'security',
  rule: null,
  title: 'The token is written to the log',
  body: '',
  suggestion: null,
  confidence: 0.9,
  agent: 'claude',
  ...more,
})

const both = [report({}), report({ agent: 'codex', severity: 'medium' })]
const alone = report({ path: 'src/b.ts', severity: 'low', category: 'Style', confidence: 0.4, title: 'A long line' })
const lint = report({
  path: 'src/c.ts',
  category: null,
  confidence: null,
  rule: 'no-undef',
  title: 'undefined name',
  agent: 'lint',
})

describe('a finding counts', () => {
  const rows: [name: string, rules: ReviewRules | undefined, standing: string[], why: string[]][] = [
    ['without rules', undefined, ['src/a.ts', 'src/b.ts', 'src/c.ts'], []],
    ['from so many agents on', { minAgents: 2 }, ['src/a.ts'], ['min-agents: 2', 'min-agents: 2']],
    [
      'when it is sure enough, or does not say',
      { minConfidence: 0.5 },
      ['src/a.ts', 'src/c.ts'],
      ['min-confidence: 0.5'],
    ],
    ['when it is severe enough', { minSeverity: 'medium' }, ['src/a.ts', 'src/c.ts'], ['min-severity: medium']],
    [
      'in a category that counts, or in none',
      { categories: ['style'] },
      ['src/b.ts', 'src/c.ts'],
      ['categories: style'],
    ],
  ]
  for (const [name, rules, standing, why] of rows)
    it(name, () => {
      const judged = assessFindings([...both, alone, lint], { rules })
      assert.deepEqual(
        judged.standing.map(({ path }) => path),
        standing,
      )
      assert.deepEqual(
        judged.setAside.map(({ why: { kind, detail } }) => [kind, detail]),
        why.map((detail) => ['threshold', detail]),
      )
    })

  it('that was there before the change only where nobody says that it is new', () => {
    const old = both.map((each) => ({ ...each, preExisting: true as const }))
    const [first] = both
    const rules: ReviewRules = { newCodeOnly: true }
    assert.equal(assessFindings(old, { rules }).setAside[0]?.why.detail, 'pre-existing: false')
    assert.equal(assessFindings([...old.slice(1), ...(first ? [first] : [])], { rules }).standing.length, 1)
    assert.equal(assessFindings(old, {}).standing.length, 1)
  })
})

describe('the gate', () => {
  const [merged] = assessFindings(both, {}).standing
  const blocks = (gate: Partial<FindingsGate>, more: Partial<MergedFinding>): boolean =>
    merged !== undefined && blockingFindings([{ ...merged, ...more }], { severity: 'high', ...gate }).length === 1

  it('asks what verification came to', () => {
    const states = ['candidate', 'confirmed', 'plausible', 'unverified'] as const
    const blocking = (gate: Partial<FindingsGate>) => states.filter((state) => blocks(gate, { state }))
    assert.deepEqual(blocking({}), [...states])
    assert.deepEqual(blocking({ state: 'confirmed' }), ['confirmed'])
    assert.deepEqual(blocking({ state: 'plausible' }), ['confirmed', 'plausible'])
  })

  it('passes what an earlier review had, where only new findings are to fail', () => {
    assert.equal(blocks({ newOnly: true }, { isNew: false }), false)
    assert.equal(blocks({ newOnly: true }, { isNew: true }), true)
    assert.equal(blocks({ newOnly: true }, {}), true, 'nobody knows: it counts as new')
    assert.equal(blocks({}, { isNew: false }), true)
  })
})
