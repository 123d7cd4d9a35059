import assert from 'node:assert/strict'
import { it } from 'node:test'
import { upTo } from './budget-runs.ts'
import { agent, command, group, plan, tokens } from './plans.ts'
import { randomRun } from './random-plan.ts'
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

/** How many lanes the instances of a run are in, and the most entries that a line of them ever had. */
function queueing(instances: Parameters<typeof plan>[0]) {
  let entries = 0
  const watch = ({ simulation: { progress } }: { simulation: Simulation }): void => {
    const { agents, commands } = progress.lines
    entries = Math.max(entries, agents.items.length + commands.items.length)
  }
  const run = simulate({ plan: plan(instances, { budget: tokens(1_000_000) }), engine: eight, watch })
  assert.equal(runEnd(run).result, 'success')
  return { lanes: run.progress.lanes.size, entries }
}

const thousand = <T>(each: (index: number) => T): T[] => Array.from({ length: 1000 }, (_, index) => each(index))

it('1000 that wait for the same stand behind one another: only the first of them is looked at', () => {
  const lane = { lanes: 1, entries: 2 }
  const fallback = [{ runtime: 'claude' }]
  assert.deepEqual(queueing(thousand((index) => command(`i${index}`))), lane)
  assert.deepEqual(queueing(thousand((index) => agent(`i${index}`))), lane)
  assert.deepEqual(queueing(thousand((index) => group(`g${index}`, 'parallel', [command(`g${index}.i`)]))), lane)
  assert.deepEqual(queueing(thousand((index) => agent(`i${index}`, { fallback, process: { prefix: 'p' } }))), lane)
  assert.deepEqual(queueing(thousand((index) => upTo(`i${index}`, 100))), lane)
})

it('1000 in one member of a limited group, each with a lock of its own, have a lane each, and an entry at most', () => {
  const locked = (index: number) =>
    command(`g.m.i${index}`, { concurrency: { group: `lock ${index}`, cancelInProgress: false } })
  const member = group('g.m', 'parallel', thousand(locked))
  const limited = group('g', 'parallel', member, { maxParallel: 1 })
  const { lanes, entries } = queueing([limited])
  assert.ok(lanes === 1000 && entries <= 1000, `${lanes} lanes, ${entries} entries`)
})

it('what a decision has looked at no later one looks at', () => {
  const left = new Set<string>()
  for (let seed = 0; seed < 60; seed++)
    simulate({
      ...randomRun(seed),
      watch({ pending, simulation: { progress } }) {
        if (pending > 0 || progress.runPaused || progress.finished) return
        for (const [name, of] of Object.entries(progress.work)) if ([...of].length > 0) left.add(name)
      },
    })
  assert.deepEqual([...left], [])
})

it('so does one of 20 layers of 25, fully joined', () => {
  const needs = (index: number): string[] =>
    index < 25 ? [] : Array.from({ length: 25 }, (_, upstream) => `i${index - (index % 25) - 25 + upstream}`)
  const made = plan(Array.from({ length: 500 }, (_, index) => command(`i${index}`, { needs: needs(index) })))
  assertNothingTwice(simulate({ plan: made, engine: eight }), 500)
})
