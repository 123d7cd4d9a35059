import { agent, plan, tokens } from './plans.ts'
import { simulate, type Simulation, type SimulationOptions } from './simulator.ts'

const start = 1_000_000

/** Room for all that a test with budgets starts at once. */
export const eight = { maxParallel: { total: 8, agents: 8, commands: 8 } }

/** A budget in dollars. */
export const dollars = (costUsd: number, onExceeded: 'stop' | 'cancel' | 'warn' = 'stop') => ({
  costUsd,
  warnAt: 1,
  onExceeded,
})

/** What the run had to tell. */
export const notices = (run: Simulation) =>
  run.journal.flatMap((event) => (event.type === 'notice' ? [event.message] : []))

/** What was recorded of the budget of the run. */
export const ofRun = (run: Simulation) =>
  run.journal.flatMap((event) =>
    (event.type === 'budget.warned' || event.type === 'budget.exceeded') && event.scope === null
      ? [`${event.type} ${event.tokens} $${event.costUsd}`]
      : [],
  )

/** Virtual milliseconds from the start of the run to each start of an attempt. */
export function startTimes(run: Simulation): Record<string, number> {
  const times: Record<string, number> = {}
  for (const event of run.journal)
    if (event.type === 'attempt.started')
      times[event.attempt === 1 ? event.id : `${event.id}#${event.attempt}`] = event.at - start
  return times
}

/** When each starts under a budget of the run; each declares what it may spend and says what it has spent when it ends. */
export function admitted(
  options: Partial<Parameters<typeof plan>[1]>,
  instances: Parameters<typeof plan>[0],
  behave: SimulationOptions['behave'],
  script: SimulationOptions['script'] = [],
) {
  return startTimes(simulate({ plan: plan(instances, options), engine: eight, behave, script }))
}

/** An agent that declares what it may spend; over it, it is only told. */
export const upTo = (id: string, limit: number, overrides: Parameters<typeof agent>[1] = {}) =>
  agent(id, { process: { budget: tokens(limit, 'warn') }, ...overrides })

/** The same in dollars. */
export const upToDollars = (id: string, limit: number, overrides: Parameters<typeof agent>[1] = {}) =>
  agent(id, { process: { budget: dollars(limit, 'warn') }, ...overrides })
