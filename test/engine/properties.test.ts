import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Stamped } from '../../src/core/event.ts'
import { createOracle } from './oracle.ts'
import { randomRun, seeded } from './random-plan.ts'
import { simulate, type Simulation, type SimulationOptions } from './simulator.ts'

const runs = Number(process.env['ENGINE_RUNS'] ?? 600)
const prefixesPerRun = 2

/** What is wrong with going on from the first events of a run. */
function resumeProblems(options: SimulationOptions, prefix: readonly Stamped[]): string[] {
  const problems: string[] = []
  const done = new Set<string>()
  const attempts = new Map<string, number>()
  for (const event of prefix) {
    if (event.type === 'instance.ended' && event.result === 'success') done.add(event.id)
    if (event.type === 'attempt.started') attempts.set(event.id, event.attempt)
  }
  const resumed = simulate({ ...options, script: [] }, prefix)
  if (resumed.journal.at(-1)?.type !== 'run.ended') problems.push('does not end')
  const groups = new Set(
    resumed.progress.nodes.filter(({ instance }) => instance.kind === 'group').map((node) => node.instance.id),
  )
  const ended = new Set<string>()
  for (const event of resumed.journal.slice(prefix.length)) {
    if (event.type === 'run.resumed') ended.clear()
    if (event.type !== 'instance.ended') continue
    if (ended.has(event.id)) problems.push(`${event.id} ended twice after the resume`)
    if (done.has(event.id) && !groups.has(event.id)) problems.push(`${event.id} ended again after its success`)
    ended.add(event.id)
  }
  for (const { id, attempt } of resumed.tasks) {
    if (done.has(id)) problems.push(`${id} ran again after its success`)
    const expected = (attempts.get(id) ?? 0) + 1
    if (attempt < expected) problems.push(`${id} ran as attempt ${attempt} again`)
    attempts.set(id, attempt)
  }
  if (resumed.progress.nodes.some((node) => node.result === undefined)) problems.push('something has no end')
  return problems
}

function explain(seed: number, run: Simulation, problems: readonly string[]): string {
  return `seed ${seed}, ${run.journal.length} events:\n  ${problems.join('\n  ')}`
}

describe(`${runs} random runs`, () => {
  it('keep every rule at every event', () => {
    for (let seed = 0; seed < runs; seed++) {
      const options = randomRun(seed)
      const oracle = createOracle(options)
      const run = simulate({ ...options, watch: oracle.watch })
      if (run.journal.at(-1)?.type !== 'run.ended') oracle.problems.push('it does not end')
      assert.deepEqual(oracle.problems, [], explain(seed, run, oracle.problems))
    }
  })

  it('go on from any prefix of their journal without repeating a success', () => {
    for (let seed = 0; seed < runs; seed++) {
      const options = randomRun(seed)
      const { journal } = simulate(options)
      const random = seeded(seed + 2)
      for (let index = 0; index < prefixesPerRun; index++) {
        const length = 1 + Math.floor(random() * journal.length)
        const problems = resumeProblems(options, journal.slice(0, length))
        assert.deepEqual(problems, [], `seed ${seed}, first ${length} of ${journal.length} events`)
      }
    }
  })
})
