import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { agent, plan } from './plans.ts'
import { simulate, type SimulationOptions } from './simulator.ts'

const options: SimulationOptions = {
  plan: plan([
    agent('first', { retry: { attempts: 2, on: ['failure'], backoffMs: 1 } }),
    agent('next', {
      needs: [{ from: 'first', when: 'always' }],
      process: { session: { from: 'first', fork: true } },
    }),
  ]),
}

const sessionOfNext = (run: SimulationOptions, earlier: Parameters<typeof simulate>[1] = []) =>
  simulate(run, earlier).tasks.find(({ id }) => id === 'next')?.session

describe('an agent that takes up the conversation of another', () => {
  it('is told the session of its last attempt', () => {
    const behave: SimulationOptions['behave'] = ({ id, attempt }) => ({
      session: `${id} ${attempt}`,
      ...(id === 'first' && attempt === 1 && { failure: { kind: 'exit', code: 1 } }),
    })
    assert.deepEqual(sessionOfNext({ ...options, behave }), {
      from: 'first',
      fork: true,
      of: { session: 'first 2', attempt: 2, runtime: 'claude' },
    })
  })

  it('is told none where there was none, or where it was skipped this time', () => {
    assert.deepEqual(sessionOfNext(options), { from: 'first', fork: true })
    const missing = { ...options, plan: plan([agent('next', { process: { session: { from: 'gone', fork: false } } })]) }
    assert.deepEqual(sessionOfNext(missing), { from: 'gone', fork: false })
    const [first, next] = options.plan.instances
    assert.ok(first && next)
    const skipped = { ...options, plan: plan([{ ...first, paths: { key: 'paths', filters: ['elsewhere'] } }, next]) }
    assert.deepEqual(sessionOfNext({ ...skipped, behave: () => ({ session: 's' }) }), { from: 'first', fork: true })
  })
})
