import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { addAccounting, freeAccounting, totalTokens, unknownAccounting, type Accounting } from '../../src/core/usage.ts'

const known: Accounting = {
  usage: { input: 1000, cacheRead: 400, cacheWrite: 200, output: 50, reasoning: 20 },
  costUsd: 0.5,
  costSource: 'cli',
  partial: false,
}

describe('accounting', () => {
  it('counts reasoning as part of output, not beside it', () => {
    assert.equal(known.usage && totalTokens(known.usage), 1650)
  })

  it('adds tokens kind by kind and dollars', () => {
    const sum = addAccounting(known, known)
    assert.deepEqual(sum.usage, { input: 2000, cacheRead: 800, cacheWrite: 400, output: 100, reasoning: 40 })
    assert.equal(sum.costUsd, 1)
    assert.equal(sum.costSource, 'cli')
    assert.equal(sum.partial, false)
  })

  it('keeps what is known beside a free command, and says who vouches for it', () => {
    assert.deepEqual(addAccounting(freeAccounting, known), known)
    assert.deepEqual(addAccounting(known, freeAccounting), known)
  })

  it('never looks more certain than its least certain part', () => {
    const sum = addAccounting(known, unknownAccounting)
    assert.deepEqual(sum.usage, known.usage)
    assert.equal(sum.partial, true)
    assert.equal(sum.costUsd, null)
    assert.equal(sum.costSource, 'unknown')
  })
})
