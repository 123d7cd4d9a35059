import type { RunEvent, Stamped } from '../../src/core/event.ts'
import type { Failure } from '../../src/core/failure.ts'
import type { Plan } from '../../src/core/plan.ts'
import type { Task } from '../../src/core/task.ts'
import { freeAccounting } from '../../src/core/usage.ts'
import { decide } from '../../src/engine/decide.ts'
import { evolve } from '../../src/engine/evolve.ts'
import { createProgress, isFinished } from '../../src/engine/progress.ts'

/** How a pretended process ends, and after how long. `cancelled` is by a person, while it runs. */
export interface Ending {
  readonly outcome: 'success' | 'failure' | 'cancelled'
  readonly durationMs: number
}

/** Runs a plan through the engine in virtual time from 0; every event of the run, in order. */
export function drivePlan(plan: Plan, endings: ReadonlyMap<string, Ending>): Stamped[] {
  const progress = createProgress({
    timeZone: 'UTC',
    random: () => 0.5,
    maxParallel: { total: Infinity, agents: Infinity, commands: Infinity },
  })
  const journal: Stamped[] = []
  const pending: { readonly at: number; readonly event: RunEvent }[] = []
  const later = (at: number, event: RunEvent): void => void pending.push({ at, event })
  const tasks = new Map<string, Task>()
  let now = 0

  function start(task: Task): void {
    const ending = endings.get(task.id) ?? { outcome: 'success', durationMs: 10 }
    tasks.set(task.id, task)
    later(now, startedEvent(task))
    if (ending.outcome === 'cancelled')
      later(now + ending.durationMs, { type: 'instance.cancelled', id: task.id, by: 'a person' })
    else
      later(now + ending.durationMs, endedEvent(task, ending.outcome === 'failure' ? { kind: 'exit', code: 1 } : null))
  }

  function take(event: RunEvent): void {
    const stamped: Stamped = { ...event, v: 1, seq: journal.length, at: now }
    journal.push(stamped)
    evolve(progress, stamped)
    const records: RunEvent[] = []
    for (const command of decide(progress, now)) {
      if (command.type === 'record') records.push(command.event)
      else if (command.type === 'start') start(command.task)
      else if (command.type === 'wake') later(command.at, { type: 'timer.fired', key: command.key })
      else {
        const task = tasks.get(command.id)
        if (task !== undefined) later(now, endedEvent(task, { kind: 'cancelled', cause: command.cause }))
      }
    }
    // What a decision records comes before everything that waits.
    for (const record of records) take(record)
  }

  take(startEvent(plan))
  while (!isFinished(progress)) {
    let first = 0
    for (const [index, { at }] of pending.entries()) if (at < (pending[first]?.at ?? Infinity)) first = index
    const [next] = pending.splice(first, 1)
    if (next === undefined) throw new Error('the run waits for nothing and does not end')
    now = Math.max(now, next.at)
    take(next.event)
  }
  return journal
}

function startEvent(plan: Plan): RunEvent {
  const context = {
    inputs: { yes: true, no: false },
    env: {},
    github: {},
    runner: {},
    run: { id: 'run', name: plan.name, directory: '/runs/1', simulated: false },
  }
  return { type: 'run.started', runId: 'run', version: '0', simulated: false, plan, context, only: null, commit: null }
}

function startedEvent({ id, attempt, runtime }: Task): RunEvent {
  return { type: 'attempt.started', id, attempt, runtime, model: null, pid: 1, argv: [], envNames: [], cwd: '/' }
}

function endedEvent({ id, attempt, runtime }: Task, failure: Failure | null): RunEvent {
  return {
    type: 'attempt.ended',
    id,
    attempt,
    failure,
    exitCode: failure === null ? 0 : 1,
    signal: null,
    durationMs: 10,
    runtime,
    model: null,
    accounting: freeAccounting,
    text: `text of ${id}`,
    textTruncated: false,
    json: null,
    outputs: { score: '7', level: 'high' },
    tail: '',
    denials: 0,
    session: null,
    stdoutFile: null,
    stderrFile: null,
    patchFile: null,
  }
}
