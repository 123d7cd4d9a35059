import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Finding, Opinion } from '../../src/core/finding.ts'
import type { Severity } from '../../src/core/findings-schema.ts'
import { findingAt } from '../rig/finding-at.ts'
import { agent, command, group, plan } from './plans.ts'
import { endOf, results, runEnd, simulate, startOrder, type Simulation } from './simulator.ts'

const finding = (title: string, line: number, severity: Severity = 'high'): Finding =>
  findingAt({ title, line, severity })

const says = (verdict: Opinion['verdict']): Opinion => ({ verdict, reason: 'so it is', evidence: [] })

/** A reviewer with these findings, then an instance for each vote on each of the worst of them; `vote` says what it answers. */
function verified(
  findings: readonly Finding[],
  vote: (id: string) => Opinion | undefined,
  candidates: { readonly max: number; readonly votes: number } = { max: 2, votes: 1 },
): Simulation {
  const gate = { from: 'v..open', when: 'success', delayMs: 0, plain: false } as const
  const template = [{ ...agent('v.*', { parent: 'v' }), needs: [gate] }]
  const report = { summary: false, comment: 'none', annotations: false, failOn: { severity: 'medium' } } as const
  const members = group('v', 'matrix', [], { needs: ['reviewer'], expansion: { matrix: {}, candidates, template } })
  return simulate({
    plan: plan([command('before'), agent('reviewer'), members, ...group('other', 'parallel', [command('other.a')])], {
      report,
    }),
    behave: ({ id }) => {
      const opinion = id.startsWith('v.') ? vote(id) : undefined
      return { ...(id === 'reviewer' && { findings }), ...(opinion !== undefined && { opinion }) }
    },
  })
}

const notices = (run: Simulation): string[] =>
  run.journal.flatMap((event) => (event.type === 'notice' ? [`${event.level} ${event.id}: ${event.message}`] : []))

describe('a finding that is verified', () => {
  it('fails the run unless it is refuted', () => {
    const of = (...verdicts: Opinion['verdict'][]): string => {
      const findings = verdicts.map((verdict, index) => finding(`it is ${verdict}`, 100 * (index + 1)))
      const run = verified(findings, (id) => says(verdicts[Number(id.slice(2)) - 1] ?? 'plausible'))
      return `${runEnd(run).result} ${runEnd(run).reason}`.trim()
    }
    assert.equal(of('refuted', 'refuted'), 'success')
    assert.match(of('refuted', 'confirmed'), /^failure .*"it is confirmed" \(src\/a\.ts:200\)$/)
    assert.match(of('plausible', 'refuted'), /^failure .*"it is plausible" \(src\/a\.ts:100\)$/)
  })

  it('counts where nobody has voted on it', () => {
    const run = verified([finding('a leak', 3)], () => undefined)
    assert.deepEqual(
      startOrder(run).filter((id) => id.startsWith('v.')),
      ['v.1'],
    )
    assert.equal(runEnd(run).result, 'failure')
  })

  it('has as many votes as it is to have, of which the most decide', () => {
    const run = verified([finding('a leak', 3)], (id) => says(id === 'v.1-2' ? 'confirmed' : 'refuted'), {
      max: 1,
      votes: 3,
    })
    assert.deepEqual(
      startOrder(run).filter((id) => id.startsWith('v.')),
      ['v.1-1', 'v.1-2', 'v.1-3'],
    )
    assert.equal(runEnd(run).result, 'success')
  })

  it('is one of the worst; those that are not are named', () => {
    const findings = [finding('a typo', 10, 'low'), finding('a leak', 90), finding('no lock', 200, 'critical')]
    const run = verified(findings, () => says('refuted'))
    assert.deepEqual(notices(run), [
      'warning v: review.verify verifies the worst 2 of 3 findings; unverified: src/a.ts:10 a typo',
    ])
    assert.deepEqual(notices(verified(findings.slice(1), () => says('refuted'))), [])
    const many = Array.from({ length: 24 }, (_, index) => finding('a leak', 100 * (index + 1)))
    assert.match(notices(verified(many, () => says('refuted')))[0] ?? '', /src\/a\.ts:2200 a leak and 2 more$/)
  })
})

it('a run without findings verifies none', () => {
  const run = verified([], () => says('refuted'))
  assert.equal(results(run)['v'], 'skipped (condition)')
  assert.equal(endOf(run, 'v').detail, 'there is no finding to verify')
  assert.equal(runEnd(run).result, 'success')
})
