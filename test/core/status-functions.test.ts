import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { completeEvent } from '../../src/core/complete-event.ts'
import { statusFunctionsOf } from '../../src/core/status-functions.ts'
import { parseExpression, roleOf } from '../../src/expression/program.ts'
import { command, group, plan } from '../engine/plans.ts'
import { seeded } from '../engine/random-plan.ts'
import { startOf } from '../engine/simulator.ts'
import { expression } from '../rig/conditions.ts'

describe('the status functions that an expression calls', () => {
  it('are found in any case, whatever stands between the name and its parenthesis', () => {
    assert.deepEqual(statusFunctionsOf("needs.a.result == 'x' && Always()"), ['always'])
    assert.deepEqual(statusFunctionsOf('!CANCELLED ( ) || failure()'), ['failure', 'cancelled'])
  })

  it('are not seen in strings, names and fields', () => {
    assert.deepEqual(statusFunctionsOf("inputs.x == 'failure('"), [])
    assert.deepEqual(statusFunctionsOf("contains('it''s always()', env.always)"), [])
    assert.deepEqual(statusFunctionsOf("env.success && inputs.not-failure == 'x'"), [])
  })

  it('are those that the parser of the language finds', () => {
    const pieces = [
      'success',
      'failure()',
      ' ( ',
      ')',
      "'",
      "''",
      'needs.a',
      '.always',
      '-',
      '&&',
      ' ',
      'contains(',
      ',',
    ]
    const random = seeded(7)
    let compared = 0
    for (let round = 0; round < 40_000; round++) {
      const source = Array.from({ length: 1 + Math.floor(random() * 7) }, () => pick(pieces, random)).join('')
      const { program } = parseExpression(source)
      if (program === undefined) continue
      const { tokens } = program
      const calls = tokens.filter((_, index) => roleOf(tokens, index) === 'function')
      const called = new Set(calls.map(({ token }) => token.lexeme))
      const found = statusFunctionsOf(source)
      assert.deepEqual(
        found,
        ['success', 'failure'].filter((name) => called.has(name)),
        source,
      )
      compared++
    }
    assert.ok(compared > 1000, `${compared} expressions`)
  })
})

it('a plan of an earlier version gets what it does not say of its conditions, in the cells of a matrix as well', () => {
  const cell = command('m.*', { if: 'failure()', needs: [{ from: 'a', when: expression('always()') }] })
  const whole = startOf({
    plan: plan([
      command('a', { if: 'inputs.x' }),
      group('m', 'matrix', [], { if: 'always()', expansion: { matrix: '${{ inputs.list }}', template: [cell] } }),
    ]),
  })
  const earlier = JSON.parse(
    JSON.stringify(whole, (key, value) => (key === 'ifCalls' || key === 'calls' ? undefined : value)),
  )
  assert.notDeepEqual(earlier, whole)
  assert.deepEqual(completeEvent(earlier), whole)
})

function pick<T>(items: readonly T[], random: () => number): T {
  return items[Math.floor(random() * items.length)] as T
}
