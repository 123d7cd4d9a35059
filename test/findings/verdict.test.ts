import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Finding, VerdictRule } from '../../src/core/finding.ts'
import type { Instance } from '../../src/core/instance.ts'
import { defaultReport } from '../../src/core/plan.ts'
import { createRunState, foldEvent } from '../../src/core/run-state.ts'
import { outputsOf } from '../../src/action/outputs.ts'
import { buildReport } from '../../src/report/report-model.ts'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { agent, command, plan, type ProcessOverrides } from '../engine/plans.ts'
import { changesOf, simulate, type Behaviour } from '../engine/simulator.ts'

const finding = (severity: Finding['severity'], title: string): Finding => ({
  path: 'a.ts',
  line: 1,
  endLine: null,
  severity,
  category: null,
  rule: null,
  title,
  body: '',
  suggestion: null,
  confidence: null,
})

const reviewer = (id: string, overrides: ProcessOverrides = {}): Instance =>
  agent(id, { ...overrides, process: { findings: 'findings' } })

const broken = { failure: { kind: 'exit', code: 1, detail: '' } } as const

function reviewed(
  instances: readonly Instance[],
  behaviours: Readonly<Record<string, Behaviour>>,
  verdict?: VerdictRule,
  events = Number.POSITIVE_INFINITY,
) {
  const run = simulate({
    plan: plan(instances, { report: { ...defaultReport, ...(verdict && { verdict }) } }),
    behave: ({ id }) => behaviours[id] ?? { findings: [] },
    context: { changes: changesOf('src/a.ts') },
  })
  const state = createRunState()
  for (const event of run.journal.slice(0, events)) foldEvent(state, event)
  return { state, report: buildReport(state) }
}

const verdictOf = (...given: Parameters<typeof reviewed>): string => {
  const { verdict } = reviewed(...given).report
  return verdict === null ? 'none' : `${verdict.verdict}: ${verdict.reason}`
}

const both = [reviewer('a'), reviewer('b')]

describe('the verdict of a review', () => {
  it('is clean where everybody looked and nobody found anything', () => {
    assert.equal(verdictOf(both, {}), 'clean: 2 reviewers looked and found nothing')
  })

  it('is findings where there are any that count', () => {
    const found = { a: { findings: [finding('low', 'one thing'), finding('high', 'quite another')] } }
    assert.equal(verdictOf(both, found), 'findings: 2 findings, the worst high')
    assert.equal(
      verdictOf(both, { ...found, b: broken }),
      'findings: 2 findings, the worst high; b (exit:1) did not look',
    )
    assert.equal(
      verdictOf(both, found, { severity: 'critical' }),
      'clean: 2 reviewers looked and found nothing of severity critical or worse',
    )
  })

  it('is never clean where somebody who was asked did not look', () => {
    assert.equal(verdictOf(both, { b: broken }), 'not-reviewed: b (exit:1) did not look')
    assert.equal(
      verdictOf(both, { b: broken }, { reviewers: 'any' }),
      'clean: 1 reviewer looked and found nothing; b (exit:1) did not look',
    )
    assert.equal(verdictOf(both, { a: broken, b: broken }, { reviewers: 'any' }).split(':')[0], 'not-reviewed')
    // Nor where that was forgiven, and the run is green.
    const forgiven = reviewed([reviewer('a', { continueOnError: true })], { a: broken })
    assert.equal(forgiven.report.result, 'success')
    assert.equal(forgiven.report.verdict?.verdict, 'not-reviewed')
    // Nor where what a reviewer needs had failed, through whatever lies between.
    const behind = [command('build'), command('prepare', { needs: ['build'] }), reviewer('a', { needs: ['prepare'] })]
    assert.equal(verdictOf([...behind, reviewer('b')], { build: broken }), 'not-reviewed: a (upstream) did not look')
  })

  it('does not wait for who was not asked', () => {
    const skipped = [
      reviewer('a'),
      reviewer('docs', { paths: { key: 'paths', filters: ['docs/**'] } }),
      reviewer('never', { if: 'false' }),
      reviewer('after', { needs: ['docs'] }),
      reviewer('repair', { needs: [{ from: 'a', when: 'failure' }] }),
    ]
    assert.equal(verdictOf(skipped, {}), 'clean: 1 reviewer looked and found nothing')
    assert.equal(verdictOf(skipped.slice(1, 2), {}), 'not-reviewed: no reviewer was asked to look')
  })

  it('takes a linter that exits with a failure for one that looked', () => {
    const lint = command('lint', { process: { findings: 'eslint' } })
    assert.equal(
      verdictOf([lint], { lint: { ...broken, findings: [finding('info', 'x')] } }),
      'findings: 1 finding, the worst info',
    )
  })

  it('is not there where nothing reviews, nor before the end', () => {
    assert.equal(verdictOf([command('a')], { a: {} }), 'none')
    const { state, report } = reviewed(both, {}, undefined, 3)
    assert.equal(report.verdict, null)
    assert.deepEqual(
      [outputsOf(state).values['verdict'], outputsOf(state).values['verdict-reason']],
      ['not-reviewed', 'the run did not end'],
    )
  })

  it('is in the summary and an output of the action', () => {
    const { state, report } = reviewed(both, { b: broken })
    assert.match(
      renderMarkdown(report, { maxBytes: 10_000 }),
      /^⚠️ \*\*Not reviewed\*\*: b \\\(exit:1\\\) did not look$/m,
    )
    assert.equal(outputsOf(state).values['verdict'], 'not-reviewed')
    const clean = reviewed(both, {})
    assert.match(renderMarkdown(clean.report, { maxBytes: 10_000 }), /^🟢 \*\*Clean\*\*: 2 reviewers looked/m)
    assert.equal(outputsOf(clean.state).values['verdict'], 'clean')
    assert.equal(outputsOf(reviewed([command('a')], { a: {} }).state).values['verdict'], '')
  })
})
