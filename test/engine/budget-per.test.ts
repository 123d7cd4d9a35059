import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { EarlierSpending } from '../../src/core/earlier-spending.ts'
import { eight, ofRun, startTimes, upTo } from './budget-runs.ts'
import { agent, plan } from './plans.ts'
import { endOf, results, simulate, spent } from './simulator.ts'

const perDay = { warnAt: 1, onExceeded: 'stop', per: 'day' } as const
const nobody: EarlierSpending = {
  since: Date.UTC(2026, 10, 29),
  runs: 0,
  tokens: 0,
  costUsd: 0,
  atLeast: { tokens: false, costUsd: false },
}

/** Why an agent may not start in a run before which others spent this of 1000 tokens and $1. */
function refusal(earlier: Partial<EarlierSpending>): string {
  const run = simulate({
    plan: plan([agent('a')], { budget: { ...perDay, tokens: 1000, costUsd: 1 } }),
    earlier: { ...nobody, ...earlier },
  })
  assert.deepEqual(results(run), { a: 'skipped (budget)' })
  return endOf(run, 'a').detail
}

describe('a budget per day', () => {
  it('is used up by what other runs spent, and says by how many', () => {
    const of = (more: string): string =>
      `the budget per day is used up (1000 of 1000 tokens spent, $0.0000 of $1 spent${more})`
    assert.equal(refusal({ tokens: 1000, runs: 2 }), of(', with 2 other runs since 2026-11-29'))
    assert.equal(refusal({ tokens: 1000, runs: 1 }), of(', with another run since 2026-11-29'))
    assert.equal(refusal({ tokens: 1000 }), of(''), 'of an earlier part of this run')
  })

  it('says of which figures others did not tell all', () => {
    const of = (earlier: Partial<EarlierSpending>): string[] =>
      refusal({ costUsd: 1, ...earlier }).match(/(?:at least )?\$?[\d.]+ of/g) ?? []
    assert.deepEqual(of({}), ['0 of', '$1.0000 of'])
    assert.deepEqual(of({ atLeast: { tokens: true, costUsd: false } }), ['at least 0 of', '$1.0000 of'])
    assert.deepEqual(of({ atLeast: { tokens: false, costUsd: true } }), ['0 of', 'at least $1.0000 of'])
    assert.deepEqual(of({ unknown: 'one could not be read' }), ['at least 0 of', 'at least $1.0000 of'])
  })

  it('is what is left of it when others turn out to have spent more, or less', () => {
    const carried = (tokens: number) =>
      simulate({
        plan: plan([upTo('a', 500), upTo('b', 500)], { budget: { ...perDay, tokens: 1000 } }),
        engine: eight,
        behave: () => ({ durationMs: 100, accounting: spent(400) }),
        earlier: { ...nobody, tokens: 300 },
        script: [{ at: 50, event: { type: 'budget.carried', earlier: { ...nobody, tokens } } }],
      })
    assert.deepEqual(startTimes(carried(300)), { a: 0, b: 100 })
    assert.deepEqual(startTimes(carried(0)), { a: 0, b: 50 })
    const over = carried(1000)
    assert.deepEqual(startTimes(over), { a: 0 })
    assert.deepEqual(ofRun(over)[0], 'budget.warned 1000 $0')
  })
})
