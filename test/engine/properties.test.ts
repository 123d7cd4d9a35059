import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Stamped } from '../../src/core/event.ts'
import { createOracle } from './oracle/oracle.ts'
import { randomResume, randomRun, seeded } from './random-plan.ts'
import { simulate, type SimulationOptions } from './simulator.ts'

const runs = Number(process.env['ENGINE_RUNS'] ?? 600)
/** Of each run so many prefixes are gone on from; of every so manyth run all of them. */
const prefixesPerRun = 2
const wholeEvery = 50

/** Runs, or goes on from the events of an earlier process, under the eyes of the oracle. */
function observe(options: SimulationOptions, earlier: readonly Stamped[], seed: number): readonly Stamped[] {
  const oracle = createOracle(options)
  for (const event of earlier) oracle.recall(event)
  const { journal } = simulate({ ...options, watch: oracle.watch }, earlier)
  if (journal.at(-1)?.type !== 'run.ended') oracle.problems.push('it does not end')
  const of = earlier.length === 0 ? '' : ` after the first ${earlier.length}`
  assert.deepEqual(
    oracle.problems,
    [],
    `seed ${seed}, ${journal.length} events${of}:\n  ${oracle.problems.join('\n  ')}`,
  )
  return journal
}

describe(`${runs} random runs`, () => {
  it('keep every rule at every event', () => {
    for (let seed = 0; seed < runs; seed++) observe(randomRun(seed), [], seed)
  })

  it('keep every rule when they go on from any prefix of their journal, and of that of the run that went on', () => {
    for (let seed = 0; seed < runs; seed++) {
      const options = randomRun(seed)
      const { journal } = simulate(options)
      const random = seeded(seed + 2)
      const some = Array.from({ length: prefixesPerRun }, () => 1 + Math.floor(random() * journal.length))
      const all = journal.map((_, index) => index + 1)
      for (const length of seed % wholeEvery === 0 ? all : some) {
        const again = randomResume(options, seed + length)
        const longer = observe(again, journal.slice(0, length), seed)
        const cut = length + 1 + Math.floor(random() * (longer.length - length))
        observe(again, longer.slice(0, cut), seed)
      }
    }
  })
})
