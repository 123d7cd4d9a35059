import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { agent, command, plan } from './plans.ts'
import { randomResume, randomRun, seeded } from './random-plan.ts'
import { simulate, type Simulation, type SimulationOptions } from './simulator.ts'

/** What is rare among the random runs: an account that is paused, and an interruption of one that waits for its time. */
const rare: readonly SimulationOptions[] = [
  {
    plan: plan(Array.from({ length: 4 }, (_, index) => agent(`a${index}`, { fallback: [{ runtime: 'codex' }] }))),
    engine: { maxParallel: { total: Infinity, agents: 1, commands: 1 } },
    behave: ({ runtime }) => (runtime === 'claude' ? { failure: { kind: 'auth', detail: 'no' } } : {}),
  },
  {
    plan: plan([command('late', { if: 'always()', startAt: { afterMs: 60_000 } })]),
    script: [{ at: 50, event: { type: 'run.interrupted', cause: 'cancelled', by: 'SIGINT' } }],
  },
]
const runs = [...rare, ...Array.from({ length: 200 }, (_, seed) => randomRun(seed))]
const document = readFileSync(join(import.meta.dirname, '../../docs/architecture.md'), 'utf8')
const drawn = new Set(
  [...document.matchAll(/^ {2}(\w+) --> (\w+): /gm)].map(([, from = '', to = '']) => `${from} --> ${to}`),
)
/** States that no event of the journal speaks of. */
const unspoken = ['due', 'ready', 'starting']

/** Tells each change of the state of a node. */
function watchStates({ progress }: Simulation, tell: (from: string, to: string) => void): void {
  const { nodes } = progress
  nodes.push = (...added) => {
    for (const node of added) {
      let { state } = node
      assert.equal(state.status, 'waiting')
      Object.defineProperty(node, 'state', {
        get: () => state,
        set(next: typeof state) {
          if (next.status !== state.status) tell(state.status, next.status)
          state = next
        },
      })
    }
    return Array.prototype.push.apply(nodes, added)
  }
}

/** Whether the drawing leads from one state to another, over none but unspoken ones. */
function isLed(from: string, to: string): boolean {
  return drawn.has(`${from} --> ${to}`) || unspoken.some((by) => drawn.has(`${from} --> ${by}`) && isLed(by, to))
}

describe('the states of a node', () => {
  const seen = new Set<string>()
  const recalled = new Set<string>()
  for (const [seed, options] of runs.entries()) {
    const watched = (earlier: number) => (simulation: Simulation) =>
      watchStates(simulation, (from, to) => {
        const ways = earlier > 0 && simulation.journal.length === earlier ? recalled : seen
        ways.add(`${from} --> ${to}`)
      })
    const { journal } = simulate({ ...options, prepare: watched(0) })
    const length = 1 + Math.floor(seeded(seed + 2)() * journal.length)
    simulate({ ...randomResume(options, seed + length), prepare: watched(length) }, journal.slice(0, length))
  }

  it('follow each other as they are drawn, each way of the drawing somewhere', () => {
    assert.deepEqual([...seen].toSorted(), [...drawn].toSorted())
  })

  it('follow each other as they are drawn, or over what no event speaks of, while a journal is read', () => {
    assert.ok(recalled.has('waiting --> running'))
    const others = [...recalled].filter((way) => {
      const [from = '', to = ''] = way.split(' --> ')
      return unspoken.includes(to) || !isLed(from, to)
    })
    assert.deepEqual(others, [])
  })
})
