import assert from 'node:assert/strict'
import { it } from 'node:test'
import { command, plan } from './plans.ts'
import { runEnd, simulate, type Simulation } from './simulator.ts'

const eight = { maxParallel: { total: 8, agents: 8, commands: 8 } }

/** How often each type occurs, in the order of their first. */
const count = (of: readonly { readonly type: string }[]) =>
  Object.fromEntries([...Map.groupBy(of, ({ type }) => type)].map(([type, all]) => [type, all.length]))

function assertNothingTwice(run: Simulation, instances: number): void {
  assert.equal(runEnd(run).result, 'success')
  assert.deepEqual(count(run.journal), {
    'run.started': 1,
    'attempt.started': instances,
    'attempt.ended': instances,
    'instance.ended': instances,
    'run.ended': 1,
  })
  assert.deepEqual(count(run.commands), { start: instances, record: instances + 1 })
}

it('a run of 10,000 side by side takes as many events and commands as it has work, and never more than eight at once', () => {
  let most = 0
  const watch = ({ simulation }: { simulation: Simulation }) => (most = Math.max(most, simulation.running.size))
  const made = plan(Array.from({ length: 10_000 }, (_, index) => command(`i${index}`)))
  assertNothingTwice(simulate({ plan: made, engine: eight, watch }), 10_000)
  assert.equal(most, 8)
})

it('so does one of 20 layers of 25, fully joined', () => {
  const needs = (index: number): string[] =>
    index < 25 ? [] : Array.from({ length: 25 }, (_, upstream) => `i${index - (index % 25) - 25 + upstream}`)
  const made = plan(Array.from({ length: 500 }, (_, index) => command(`i${index}`, { needs: needs(index) })))
  assertNothingTwice(simulate({ plan: made, engine: eight }), 500)
})
