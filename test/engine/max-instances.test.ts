import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { command, group, plan } from './plans.ts'
import { endOf, results, runEnd, simulate, startOrder } from './simulator.ts'

const gate = { from: 'm..open', when: 'success', delayMs: 0, plain: false } as const

/** A dynamic matrix of so many cells, of which two may run. */
function dynamic(cells: number) {
  const cell = { ...command('m.*', { parent: 'm' }), needs: [gate] }
  const values = Array.from({ length: cells }, (_, index) => `v${index + 1}`)
  return group('m', 'matrix', [], { maxInstances: 2, expansion: { matrix: { v: values }, template: [cell] } })
}

describe('strategy.max-instances', () => {
  it('runs the first cells of a dynamic matrix and reports the others as skipped, by name', () => {
    const run = simulate({ plan: plan([dynamic(4), command('after', { needs: ['m'] })]) })
    assert.deepEqual(results(run), {
      'm.v1': 'success',
      'm.v2': 'success',
      'm.v3': 'skipped (max-instances)',
      'm.v4': 'skipped (max-instances)',
      m: 'success',
      after: 'success',
    })
    assert.equal(endOf(run, 'm.v4').detail, 'beyond the first 2 of its matrix (strategy.max-instances)')
    const notices = run.journal.flatMap((event) => (event.type === 'notice' ? [`${event.id}: ${event.message}`] : []))
    assert.deepEqual(notices, ['m: strategy.max-instances runs the first 2 of 4; skipped: m.v3, m.v4'])
    assert.equal(runEnd(run).result, 'success')
  })

  it('names the first twenty of many that are left out', () => {
    const told = simulate({ plan: plan([dynamic(24)]) }).journal.find((event) => event.type === 'notice')
    assert.match(told?.message ?? '', /; skipped: m\.v3, .*, m\.v22 and 2 more$/)
  })

  it('names one that is left out alone', () => {
    const told = simulate({ plan: plan([dynamic(3)]) }).journal.find((event) => event.type === 'notice')
    assert.equal(told?.message, 'strategy.max-instances runs the first 2 of 3; skipped: m.v3')
  })

  it('says nothing where there are no more cells than may run', () => {
    const run = simulate({ plan: plan([dynamic(2)]) })
    assert.deepEqual(startOrder(run), ['m.v1', 'm.v2'])
    assert.ok(!run.journal.some(({ type }) => type === 'notice'))
  })

  it('holds for a matrix that is known, and leaves out the whole of a cell that is a group', () => {
    const cells = ['a', 'b', 'c'].flatMap((cell) =>
      group(`m.${cell}`, 'sequence', [command(`m.${cell}.x`), command(`m.${cell}.y`, { needs: [`m.${cell}.x`] })]),
    )
    const run = simulate({ plan: plan([group('m', 'matrix', cells, { maxInstances: 2 })]) })
    assert.deepEqual(startOrder(run).toSorted(), ['m.a.x', 'm.a.y', 'm.b.x', 'm.b.y'])
    assert.equal(results(run)['m.c'], 'skipped (max-instances)')
    assert.equal(results(run)['m.c.x'], 'skipped (upstream)')
    const told = run.journal.flatMap((event) => (event.type === 'notice' ? [event.message] : []))
    assert.deepEqual(told, ['strategy.max-instances runs the first 2 of 3; skipped: m.c'])
  })

  it('leaves the same cells out when the run goes on, wherever it was cut', () => {
    const options = { plan: plan([dynamic(5)]) }
    const { journal } = simulate(options)
    for (let length = 1; length < journal.length; length++) {
      const run = simulate(options, journal.slice(0, length))
      assert.deepEqual(
        startOrder(run).filter((id) => !/m\.v[12]/.test(id)),
        [],
        `after the first ${length} events`,
      )
      assert.equal(runEnd(run).result, 'success')
    }
  })
})
