import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Stamped } from '../../src/core/event.ts'
import { mendEvents } from '../../src/journal/mend-events.ts'
import { createOracle } from './oracle/oracle.ts'
import { randomResume, randomRun, seeded } from './random-plan.ts'
import { simulate } from './simulator.ts'

const runs = Number(process.env['ENGINE_RUNS'] ?? 300)
const wholeEvery = 50

/** The journal without some of its events, mended and resumed under the eyes of the oracle. */
function resumeWithout(seed: number, journal: readonly Stamped[], lost: ReadonlySet<number>): readonly Stamped[] {
  const whole = journal.filter((_, index) => !lost.has(index))
  const { events, again } = mendEvents(whole)
  const mended = events.map(({ event, at }, seq) => ({ v: 2, seq, at, ...event }) as unknown as Stamped)
  const where = `seed ${seed} without ${[...lost].map((index) => `${index} (${journal[index]?.type})`).join(', ')}`
  const ends = new Map(
    journal.flatMap((event) => (event.type === 'instance.ended' ? [[event.id, event] as const] : [])),
  )
  for (const event of mended)
    if (event.type === 'instance.ended' && event.outcome === 'success') {
      assert.ok(!again.has(event.id), where)
      const before = ends.get(event.id)
      assert.deepEqual([event.outcome, event.outputs], [before?.outcome, before?.outputs], `${where}: ${event.id}`)
    }
  const options = randomResume(randomRun(seed), seed + journal.length)
  const oracle = createOracle(options)
  for (const event of mended) oracle.recall(event)
  const { journal: resumed } = simulate({ ...options, watch: oracle.watch }, mended)
  if (resumed.at(-1)?.type !== 'run.ended') oracle.problems.push('it does not end')
  assert.deepEqual(oracle.problems, [], `${where}:\n  ${oracle.problems.join('\n  ')}`)
  return mended
}

describe(`${runs} journals with damaged lines`, () => {
  it('go on from what is whole of them and keep every rule', () => {
    for (let seed = 0; seed < runs; seed++) {
      const { journal } = simulate(randomRun(seed))
      const random = seeded(seed + 3)
      const anywhere = (): number => 1 + Math.floor(random() * (journal.length - 1))
      resumeWithout(seed, journal, new Set([anywhere()]))
      resumeWithout(seed, journal, new Set([anywhere(), anywhere(), anywhere()]))
      if (seed % wholeEvery === 0)
        for (let index = 1; index < journal.length; index++) resumeWithout(seed, journal, new Set([index]))
    }
  })

  it('do so after the run was resumed before, also where the line that says so is lost', () => {
    for (let seed = 0; seed < runs; seed++) {
      const { journal: first } = simulate(randomRun(seed))
      const random = seeded(seed + 5)
      const prefix = first.slice(0, 1 + Math.floor(random() * (first.length - 1)))
      const { journal } = simulate(randomResume(randomRun(seed), seed), prefix)
      const resumed = journal.findIndex(({ type }) => type === 'run.resumed')
      const anywhere = (): number => 1 + Math.floor(random() * (journal.length - 1))
      resumeWithout(seed, journal, new Set([resumed]))
      resumeWithout(seed, journal, new Set([anywhere()]))
      resumeWithout(seed, journal, new Set([anywhere(), anywhere(), anywhere()]))
    }
  })

  it('are not changed where nothing was lost', () => {
    for (let seed = 0; seed < runs; seed++) {
      const { journal } = simulate(randomRun(seed))
      const { events, again } = mendEvents(journal)
      assert.deepEqual([...again], [], `seed ${seed}`)
      assert.deepEqual(
        events.map(({ event, at }, seq) => ({ v: 1, seq, at, ...event })),
        journal.map((event) => ({ ...event, v: 1 })),
        `seed ${seed}`,
      )
    }
  })

  it('lose no success with a line that tells of none', () => {
    const idle: ReadonlySet<string> = new Set([
      'notice',
      'attempt.progress',
      'provider.throttled',
      'timer.fired',
      'budget.warned',
    ])
    for (let seed = 0; seed < runs; seed++) {
      const { journal } = simulate(randomRun(seed))
      for (const { type, seq } of journal)
        if (idle.has(type)) assert.deepEqual([...mendEvents(journal.filter((event) => event.seq !== seq)).again], [])
    }
  })
})
