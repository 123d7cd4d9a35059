import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { reasonOf, type Failure } from '../../src/core/failure.ts'

const cases: [Failure, string][] = [
  [{ kind: 'exit', code: 3 }, 'exit:3'],
  [{ kind: 'signal', signal: 'SIGKILL' }, 'signal:SIGKILL'],
  [{ kind: 'limit', limit: 'memory', detail: '' }, 'limit:memory'],
  [{ kind: 'timeout', limit: 'idle', afterMs: 1 }, 'timeout'],
  [{ kind: 'cancelled', cause: 'budget' }, 'budget'],
  [{ kind: 'cancelled', cause: 'run-timeout' }, 'timeout'],
  [{ kind: 'cancelled', cause: 'fail-fast' }, 'cancelled'],
  [{ kind: 'no-output', detail: '' }, 'no-output'],
  [{ kind: 'lost' }, 'lost'],
]

describe('the reason of a failure', () => {
  for (const [failure, reason] of cases)
    it(`is ${reason} for ${JSON.stringify(failure)}`, () => {
      assert.equal(reasonOf(failure), reason)
    })
})
