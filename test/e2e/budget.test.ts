import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { measureOvershoot } from '../../bench/budget.ts'

/** Tokens of one request, and of all requests of one agent, as `bench/budget.ts` has the model serve them. */
const request = 1200
const agent = 5 * request

describe('eight agents at once whose budget ends in the middle', () => {
  it('with `stop`, overshoot by no more than what those in flight still needed', async () => {
    const { limit, spent, inFlight, startedAfter, result } = await measureOvershoot('stop')
    assert.equal(result, 'failure')
    assert.ok(inFlight >= 1 && inFlight <= 8, `${inFlight} in flight`)
    assert.equal(startedAfter, 0)
    assert.ok(spent > limit, 'the limit was crossed')
    assert.ok(spent - limit <= inFlight * (agent - request), `overshoot ${spent - limit}, ${inFlight} in flight`)
  })

  it('with `cancel`, by no more than the requests that were in flight or asked for before the signal came', async () => {
    const { limit, spent, inFlight, startedAfter, endedAfterMs } = await measureOvershoot('cancel')
    assert.ok(inFlight >= 1 && inFlight <= 8, `${inFlight} in flight`)
    assert.equal(startedAfter, 0)
    assert.ok(spent - limit <= inFlight * 2 * request, `overshoot ${spent - limit}, ${inFlight} in flight`)
    assert.ok(endedAfterMs < 7000, `ended ${endedAfterMs} ms after`)
  })
})
