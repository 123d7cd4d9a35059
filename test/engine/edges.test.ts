import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { command, plan } from './plans.ts'
import { endOf, results, runEnd, simulate } from './simulator.ts'

const fail = { failure: { kind: 'exit', code: 1 } } as const

describe('edges', () => {
  it('skip along what was not taken and keep the reason', () => {
    const run = simulate({
      plan: plan([
        command('tests'),
        command('fix', { needs: [{ from: 'tests', when: 'failure' }] }),
        command('after', { needs: ['fix'] }),
      ]),
    })
    assert.deepEqual(results(run), { tests: 'success', fix: 'skipped (upstream)', after: 'skipped (upstream)' })
    assert.equal(endOf(run, 'fix').detail, 'edge from tests not taken (tests succeeded, edge wants failure)')
    assert.equal(runEnd(run).result, 'success')
  })

  it('of a failure are taken also when the run goes on over it', () => {
    const run = simulate({
      plan: plan([
        command('tests', { continueOnError: true }),
        command('fix', { needs: [{ from: 'tests', when: 'failure' }] }),
        command('after', { needs: ['tests'] }),
      ]),
      behave: (task) => (task.id === 'tests' ? fail : {}),
    })
    assert.deepEqual(results(run), { tests: 'success (exit:1)', fix: 'success', after: 'success' })
    assert.equal(endOf(run, 'tests').outcome, 'failure')
  })
})
