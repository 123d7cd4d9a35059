import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { command, group, plan } from './plans.ts'
import { endOf, results, runEnd, simulate, startOrder } from './simulator.ts'

describe('what this version cannot run', () => {
  const cannot = { unsupported: ['approval'] }

  it('fails the run, whatever continue-on-error says', () => {
    const run = simulate({
      plan: plan([command('a', { ...cannot, continueOnError: true }), command('b', { needs: ['a'] })]),
    })
    assert.deepEqual(results(run), { a: 'failure (unsupported)', b: 'skipped (upstream)' })
    assert.equal(runEnd(run).result, 'failure')
  })

  it('or what the file does not let run here, keeps to its reason', () => {
    const run = simulate({
      plan: plan([
        command('a', { barred: 'needs Linux' }),
        command('b', { withheld: 'its pull request is from a fork' }),
      ]),
    })
    assert.deepEqual(results(run), { a: 'failure (unsupported)', b: 'skipped (untrusted)' })
    assert.deepEqual(
      ['a', 'b'].map((id) => endOf(run, id).detail),
      ['needs Linux', 'its pull request is from a fork'],
    )
    assert.deepEqual(startOrder(run), [])
  })

  it('is not forgiven by a group around it either, whatever else failed in there', () => {
    const exit = { failure: { kind: 'exit', code: 1 } } as const
    const members = [command('g.bad'), group('g.in', 'parallel', [command('g.in.a', cannot)], { parent: 'g' })].flat()
    const run = simulate({
      plan: plan([group('g', 'parallel', members, { continueOnError: true })]),
      behave: () => exit,
    })
    assert.equal(results(run)['g'], 'failure (unsupported)')
    assert.deepEqual([runEnd(run).result, runEnd(run).reason], ['failure', '2 instances failed: g.bad, g.in.a'])
  })
})
