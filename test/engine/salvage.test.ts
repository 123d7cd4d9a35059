import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import type { InstanceEnded, Stamped } from '../../src/core/event.ts'
import { mendEvents } from '../../src/journal/mend-events.ts'
import { createOracle } from './oracle/oracle.ts'
import { randomResume, randomRun, seeded } from './random-plan.ts'
import { simulate } from './simulator.ts'

const runs = Number(process.env['ENGINE_RUNS'] ?? 300)
const wholeEvery = 50

/** What is believed to have succeeded in the end did, unless nothing is left of what it did after that, and does not run again. */
function checkSuccesses(
  journal: readonly Stamped[],
  lost: ReadonlySet<number>,
  mended: readonly Stamped[],
  again: ReadonlyMap<string, string>,
  where: string,
): void {
  const newest = new Map<string, Stamped<InstanceEnded>>()
  for (const event of mended) {
    if (event.type === 'instance.ended') newest.set(event.id, event)
    if (event.type === 'attempt.ended') newest.delete(event.id)
  }
  for (const [id, { outcome, outputs }] of newest) {
    if (outcome !== 'success') continue
    assert.ok(!again.has(id), where)
    const since = journal.findLastIndex(
      (event) =>
        event.type === 'instance.ended' &&
        event.id === id &&
        event.outcome === 'success' &&
        isDeepStrictEqual(event.outputs, outputs),
    )
    assert.notEqual(since, -1, `${where}: ${id} never ended like that`)
    const later = journal.filter(
      (event, index) =>
        index > since &&
        !lost.has(index) &&
        /^(attempt|instance)\.(started|ended|retrying)$/.test(event.type) &&
        'id' in event &&
        event.id === id,
    )
    assert.deepEqual(later, [], `${where}: ${id}`)
  }
}

/** The journal without some of its events, mended and resumed under the eyes of the oracle. */
function resumeWithout(seed: number, journal: readonly Stamped[], lost: ReadonlySet<number>): readonly Stamped[] {
  const whole = journal.filter((_, index) => !lost.has(index))
  const { events, again } = mendEvents(whole)
  const mended = events.map(({ event, at }, seq) => ({ v: 2, seq, at, ...event }) as unknown as Stamped)
  const where = `seed ${seed} without ${[...lost].map((index) => `${index} (${journal[index]?.type})`).join(', ')}`
  checkSuccesses(journal, lost, mended, again, where)
  const options = randomResume(randomRun(seed), seed + journal.length)
  const oracle = createOracle(options)
  for (const event of mended) oracle.recall(event)
  // What an earlier process did cannot be judged by what is left of it.
  oracle.problems.length = 0
  const { journal: resumed } = simulate({ ...options, watch: oracle.watch }, mended)
  if (resumed.at(-1)?.type !== 'run.ended') oracle.problems.push('it does not end')
  assert.deepEqual(oracle.problems, [], `${where}:\n  ${oracle.problems.join('\n  ')}`)
  return mended
}

/** The journal as it is when the run was killed somewhere and gone on with. */
function resumedOnce(seed: number, journal: readonly Stamped[]): readonly Stamped[] {
  const prefix = journal.slice(0, 1 + Math.floor(seeded(seed + 5)() * (journal.length - 1)))
  return simulate(randomResume(randomRun(seed), seed), prefix).journal
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
      const random = seeded(seed + 3)
      const journal = resumedOnce(seed, simulate(randomRun(seed)).journal)
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
      for (const intact of [journal, resumedOnce(seed, journal)]) {
        const { events, again } = mendEvents(intact)
        assert.deepEqual([...again], [], `seed ${seed}`)
        assert.deepEqual(
          events.map(({ event, at }, seq) => ({ v: 1, seq, at, ...event })),
          intact.map((event) => ({ ...event, v: 1 })),
          `seed ${seed}`,
        )
      }
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
