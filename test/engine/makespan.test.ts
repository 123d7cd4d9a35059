import assert from 'node:assert/strict'
import { it } from 'node:test'
import { bestKnown } from '../../bench/list-schedule.ts'
import { randomSleepPlan, seededRandom } from '../../bench/sleep-plan.ts'
import { command, plan } from './plans.ts'
import { simulate } from './simulator.ts'

it('thirty random plans with known durations take at most 2 % longer than the best list schedules that a search finds', (t) => {
  const ratios = Array.from({ length: 30 }, (_, seed) => {
    const random = seededRandom(seed + 1)
    const { durations, needs, slots } = randomSleepPlan(random)
    const best = bestKnown({ durations, needs, slots }, random, 4000)
    const run = simulate({
      plan: plan(
        durations.map((_each, at) => command(`n${at}`, { needs: needs[at]?.map((from) => `n${from}`) ?? [] })),
      ),
      engine: {
        random,
        maxParallel: { total: slots, agents: slots, commands: slots },
        durations: new Map(durations.map((ms, at) => [`n${at}`, ms])),
      },
      behave: ({ id }) => ({ durationMs: durations[Number(id.slice(1))] ?? 0 }),
    })
    return (run.now - 1_000_000) / best
  })
  const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length
  t.diagnostic(`worst ${Math.max(...ratios).toFixed(3)}, mean ${mean.toFixed(4)}`)
  assert.ok(Math.max(...ratios) <= 1.02, ratios.join(' '))
})
