import type { RunEvent } from '../src/core/event.ts'
import type { Plan } from '../src/core/plan.ts'
import { decide } from '../src/engine/decide.ts'
import { evolve } from '../src/engine/evolve.ts'
import { createProgress, isFinished } from '../src/engine/progress.ts'
import { ended, started } from '../test/engine/attempt-events.ts'
import { command, plan } from '../test/engine/plans.ts'
import { startOf } from '../test/engine/simulator.ts'
import { medians } from './time-command.ts'

const ids = (count: number, from = 0): string[] => Array.from({ length: count }, (_, at) => `i${from + at}`)

const wide = plan(ids(10_000).map((id) => command(id)))
const chain = plan(ids(500).map((id, at) => command(id, { needs: at === 0 ? [] : [`i${at - 1}`] })))
const layers = plan(
  ids(500).map((id, at) => {
    const above = at - (at % 25) - 25
    return command(id, { needs: above < 0 ? [] : ids(25, above) })
  }),
)
const fan = (count: number): Plan =>
  plan([command('first'), ids(count).map((id, at) => command(id, { needs: ['first'], priority: at % 7 }))])

/** What the engine itself takes: milliseconds an instance by the shape of the plan, and a plan of eight times the size over the smaller one. */
export async function measureDeciding() {
  const plans = [wide, chain, layers, fan(2000), fan(16_000)]
  const found = await medians(
    5,
    plans.map((each) => async () => timeDeciding(each) / each.instances.length),
  )
  const [ofWide = 0, ofChain = 0, ofLayers = 0, small = 0, large = 0] = found
  return { each: { wide: ofWide, chain: ofChain, layers: ofLayers }, growth: large / small }
}

/** Milliseconds that evolve and decide take together for a run whose processes end at once, eight at a time. */
function timeDeciding(of: Plan): number {
  const progress = createProgress({
    random: () => 0,
    timeZone: 'UTC',
    maxParallel: { total: 8, agents: 8, commands: 8 },
  })
  const inbox: RunEvent[] = [startOf({ plan: of })]
  let ms = 0
  let seq = 0
  for (const first of inbox) {
    const records = [first]
    for (const event of records) {
      const stamped = { ...event, v: 1, seq, at: 1000 + seq++ } as const
      const before = performance.now()
      evolve(progress, stamped)
      const commands = decide(progress, stamped.at)
      ms += performance.now() - before
      for (const given of commands) {
        if (given.type === 'record') records.push(given.event)
        else if (given.type === 'start') inbox.push(started(given.task), ended(given.task, {}))
      }
    }
  }
  if (!isFinished(progress)) throw new Error('the run does not end')
  return ms
}
