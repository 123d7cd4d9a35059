import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Finding } from '../../src/core/finding.ts'
import { findingAt } from '../rig/finding-at.ts'
import { agent, plan } from './plans.ts'
import { runEnd, simulate } from './simulator.ts'

const finding = (title: string, line: number): Finding => findingAt({ title, line })

/** How a run ends whose gate holds these findings of its only reviewer. */
function endWith(findings: readonly Finding[]): { readonly result: string; readonly reason: string } {
  const report = { summary: false, comment: 'none', annotations: false, failOn: { severity: 'medium' } } as const
  const run = simulate({ plan: plan([agent('reviewer')], { report }), behave: () => ({ findings }) })
  const { result, reason } = runEnd(run)
  return { result, reason }
}

describe('findings that fail a run', () => {
  it('are named by the worst of them, and counted', () => {
    assert.deepEqual(endWith([]), { result: 'success', reason: '' })
    assert.deepEqual(endWith([finding('a leak', 3)]), {
      result: 'failure',
      reason: 'report.fail-on: high finding "a leak" (src/a.ts:3)',
    })
    assert.match(
      endWith([finding('a leak', 3), finding('no lock', 90)]).reason,
      /"a leak" \(src\/a\.ts:3\) and 1 more$/,
    )
  })
})
