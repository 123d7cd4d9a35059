import type { Changes } from '../../src/core/changes.ts'
import type { EarlierSpending } from '../../src/core/earlier-spending.ts'
import type { EarlierReview, PlacedThread, SinceReview } from '../../src/core/review-thread.ts'
import type { RunEvent, Stamped } from '../../src/core/event.ts'
import type { Failure } from '../../src/core/failure.ts'
import type { Finding, Opinion } from '../../src/core/finding.ts'
import type { Json, JsonObject } from '../../src/core/json.ts'
import type { Plan, RunContext } from '../../src/core/plan.ts'
import type { ShardPart } from '../../src/core/shard.ts'
import type { TakenEvent } from '../../src/journal/merge-fragments.ts'
import type { Task } from '../../src/core/task.ts'
import { freeAccounting, zeroUsage, type Accounting } from '../../src/core/usage.ts'
import type { Command } from '../../src/engine/command.ts'
import { decide } from '../../src/engine/decide.ts'
import { evolve } from '../../src/engine/evolve.ts'
import { createProgress, isFinished, type EngineOptions, type Progress } from '../../src/engine/progress.ts'
import { ended, lostAttempts, progressed, restored, started } from './attempt-events.ts'

/** What a pretended process does. */
export interface Behaviour {
  readonly durationMs?: number
  readonly failure?: Failure | null
  readonly accounting?: Accounting
  /** Accountings reported on the way, evenly spread. */
  readonly progress?: readonly Accounting[]
  readonly text?: string
  readonly textTruncated?: boolean
  readonly json?: Json
  readonly findings?: readonly Finding[]
  readonly opinion?: Opinion
  readonly outputs?: Readonly<Record<string, string>>
  readonly session?: string
  /** How long it takes to die when asked to; it then ends as cancelled. */
  readonly stopMs?: number
  /** Ends well although it was asked to stop. */
  readonly ignoresStop?: boolean
  /** It has the outcome of an earlier run. */
  readonly restored?: boolean
  /** Never starts: only its end is told. */
  readonly neverStarts?: boolean
}

export interface SimulationOptions {
  readonly plan: Plan
  readonly behave?: (task: Task, at: number) => Behaviour
  readonly engine?: Partial<EngineOptions>
  readonly context?: {
    readonly inputs?: JsonObject
    readonly env?: JsonObject
    readonly github?: JsonObject
    /** Undefined where nothing is known of them. */
    readonly changes?: Changes | undefined
    readonly links?: RunContext['links']
    readonly earlier?: EarlierReview<PlacedThread>
    readonly since?: SinceReview
  }
  readonly only?: readonly string[]
  /** What others spent of the run's budget. */
  readonly earlier?: EarlierSpending
  /** What other shards left, of a run that is one, or collects. */
  readonly shard?: { readonly part: ShardPart; readonly events: readonly TakenEvent[] }
  /** Of a resumed run: what alone has another chance. */
  readonly again?: readonly string[]
  /** What happens from outside, by milliseconds since the start, or the resume. */
  readonly script?: readonly Happening[]
  readonly startAt?: number
  readonly simulated?: boolean
  /** Called before the first event. */
  readonly prepare?: (simulation: Simulation) => void
  /** Called after each event was decided on. */
  readonly watch?: (moment: Moment) => void
  readonly maxEvents?: number
}

/** An event that someone sends, or processes that are killed behind the engine's back: one instance's, or (null) all, as by us. */
export type Happening =
  | { readonly at: number; readonly event: RunEvent }
  | { readonly at: number; readonly kill: string | null }

export interface Moment {
  readonly event: Stamped
  readonly commands: readonly Command[]
  /** Records of this and earlier decisions that have not come back yet. */
  readonly pending: number
  readonly simulation: Simulation
}

interface Running {
  readonly task: Task
  readonly behaviour: Behaviour
  stopped: boolean
  killed: boolean
}

interface Pending {
  readonly at: number
  readonly order: number
  readonly event: RunEvent | { readonly kill: string | null }
  readonly running?: Running
}

/** A run in virtual time: the loop around the engine, with pretended processes. */
export interface Simulation {
  readonly journal: Stamped[]
  readonly progress: Progress
  readonly commands: Command[]
  readonly tasks: Task[]
  readonly running: Map<string, Running>
  now: number
}

/** Tokens that a model charged for. */
export function spent(output: number, costUsd: number | null = null): Accounting {
  return {
    usage: { ...zeroUsage, output },
    costUsd,
    costSource: costUsd === null ? 'unknown' : 'cli',
    partial: false,
  }
}

export const defaultEngine: EngineOptions = {
  random: () => 0.5,
  timeZone: 'UTC',
  maxParallel: { total: Number.POSITIVE_INFINITY, agents: 4, commands: 4 },
}

/** Runs a plan from the start, or goes on from the events of an earlier run. */
export function simulate(options: SimulationOptions, earlier: readonly Stamped[] = []): Simulation {
  const behave = options.behave ?? ((): Behaviour => ({}))
  const startAt = options.startAt ?? 1_000_000
  const simulation: Simulation = {
    journal: [...earlier],
    progress: createProgress({ ...defaultEngine, ...options.engine }),
    commands: [],
    tasks: [],
    running: new Map(),
    now: earlier.at(-1)?.at ?? startAt,
  }
  const { progress, journal, running } = simulation
  options.prepare?.(simulation)
  const queue: Pending[] = []
  let order = 0
  const later = (at: number, event: Pending['event'], of?: Running): void => {
    queue.push({ at, order: order++, event, ...(of && { running: of }) })
  }

  const carryOut = (command: Command): void => {
    simulation.commands.push(command)
    if (command.type === 'wake') return later(command.at, { type: 'timer.fired', key: command.key })
    if (command.type === 'stop') {
      const process = running.get(command.id)
      if (process === undefined || process.task.attempt !== command.attempt) return
      const isKill = command.how === 'kill'
      if (isKill ? process.killed : process.stopped) return
      process.stopped = true
      process.killed = isKill
      if (process.behaviour.ignoresStop === true && !isKill) return
      drop(process)
      const failure: Failure = { kind: 'cancelled', cause: command.cause }
      later(
        simulation.now + (isKill ? 0 : (process.behaviour.stopMs ?? 1)),
        ended(process.task, { ...process.behaviour, failure }),
        process,
      )
      return
    }
    if (command.type !== 'start') return
    const { task } = command
    const behaviour = behave(task, simulation.now)
    // One that takes up an earlier outcome has no process: stopped before it has, it spent nothing.
    const idle = behaviour.restored === true && { neverStarts: true, accounting: freeAccounting }
    const process: Running = { task, behaviour: { ...behaviour, ...idle }, stopped: false, killed: false }
    simulation.tasks.push(task)
    running.set(task.id, process)
    if (behaviour.restored === true) {
      for (const event of restored(task, behaviour)) later(simulation.now, event, process)
      return
    }
    const duration = behaviour.durationMs ?? 10
    if (behaviour.neverStarts !== true) later(simulation.now, started(task), process)
    for (const [index, accounting] of (behaviour.neverStarts === true ? [] : (behaviour.progress ?? [])).entries()) {
      const share = (index + 1) / ((behaviour.progress?.length ?? 0) + 1)
      later(simulation.now + duration * share, progressed(task, accounting), process)
    }
    later(simulation.now + duration, ended(task, behaviour), process)
  }

  /** What a stopped process would have said is never said; that it started is. */
  const drop = (process: Running): void => {
    for (let index = queue.length - 1; index >= 0; index--)
      if (queue[index]?.running === process && !isStart(queue[index]?.event)) queue.splice(index, 1)
  }

  const kill = (id: string | null): void => {
    const failure: Failure =
      id === null ? { kind: 'cancelled', cause: 'cancelled' } : { kind: 'signal', signal: 'SIGKILL' }
    for (const process of running.values()) {
      if (process.stopped || (id !== null && process.task.id !== id)) continue
      process.stopped = true
      drop(process)
      later(simulation.now, ended(process.task, { ...process.behaviour, failure }), process)
    }
  }

  const note = (event: RunEvent): Stamped => {
    const stamped: Stamped = { ...event, v: 1, seq: journal.length, at: simulation.now }
    if (journal.length > (options.maxEvents ?? 200_000)) throw new Error('the run does not end')
    if (event.type === 'attempt.ended') running.delete(event.id)
    journal.push(stamped)
    evolve(progress, stamped)
    return stamped
  }

  const take = (event: RunEvent): void => {
    const pending = [event]
    for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
      const stamped = note(next)
      const commands = decide(progress, simulation.now)
      for (const command of commands) {
        if (command.type === 'record') {
          simulation.commands.push(command)
          pending.push(command.event)
        } else carryOut(command)
      }
      options.watch?.({ event: stamped, commands, pending: pending.length, simulation })
    }
  }

  const from = earlier.length === 0 ? startAt : simulation.now
  for (const { at, ...happening } of options.script ?? [])
    later(from + at, 'event' in happening ? happening.event : happening)
  if (earlier.length === 0) {
    take(startOf(options))
    const { part, events = [] } = options.shard ?? {}
    for (const { at, load } of events) {
      simulation.now = at
      take(load())
    }
    if (part?.name !== undefined) simulation.now = startAt
    if (part !== undefined) take({ type: 'fragments.taken' })
  } else {
    for (const event of earlier) evolve(progress, event)
    for (const event of lostAttempts(earlier)) {
      const stamped = note(event)
      options.watch?.({ event: stamped, commands: [], pending: 1, simulation })
    }
    take({ type: 'run.resumed', version: '0', changed: [], ...(options.again && { only: options.again }) })
  }
  while (!isFinished(progress) && queue.length > 0) {
    let first = 0
    for (let index = 1; index < queue.length; index++) {
      const [a, b] = [queue[index] as Pending, queue[first] as Pending]
      if (a.at < b.at || (a.at === b.at && a.order < b.order)) first = index
    }
    const [next] = queue.splice(first, 1)
    if (next === undefined) break
    simulation.now = Math.max(simulation.now, next.at)
    if ('kill' in next.event) kill(next.event.kill)
    else take(next.event)
  }
  return simulation
}

/** The first event of a run. */
export function startOf(
  options: Pick<SimulationOptions, 'plan' | 'context' | 'only' | 'simulated' | 'shard' | 'earlier'>,
): RunEvent {
  return {
    type: 'run.started',
    runId: 'run',
    version: '0',
    simulated: options.simulated ?? false,
    plan: options.plan,
    context: {
      inputs: {},
      env: {},
      github: {},
      changes: changesOf('src/a.ts', 'docs/b.md'),
      ...options.context,
      runner: {},
      run: { id: 'run', name: 'test', directory: '/runs/1', simulated: false },
    },
    only: options.only ?? null,
    commit: null,
    ...(options.earlier && { earlier: options.earlier }),
    ...(options.shard && { shard: options.shard.part }),
  }
}

function isStart(event: Pending['event'] | undefined): boolean {
  return event !== undefined && 'type' in event && event.type === 'attempt.started'
}

/** The terminal event of an instance, by its id: the last one. */
export function endOf(simulation: Simulation, id: string) {
  const found = simulation.journal.findLast((event) => event.type === 'instance.ended' && event.id === id)
  if (found?.type !== 'instance.ended') throw new Error(`${id} has not ended`)
  return found
}

/** `id: result (reason)` of all that ended, gates left out. */
export function results(simulation: Simulation): Record<string, string> {
  const found: Record<string, string> = {}
  for (const event of simulation.journal)
    if (event.type === 'instance.ended' && !event.id.endsWith('..open'))
      found[event.id] = event.reason === '' ? event.result : `${event.result} (${event.reason})`
  return found
}

/** How the run ended. */
export function runEnd(simulation: Simulation) {
  const last = simulation.journal.at(-1)
  if (last?.type !== 'run.ended') throw new Error('the run has not ended')
  return last
}

/** Ids in the order their attempts were asked to start. */
export function startOrder(simulation: Simulation): string[] {
  return simulation.tasks.map((task) => task.id)
}

/** A change of these files, ten bytes of diff each. */
export function changesOf(...paths: readonly string[]): Changes {
  return {
    base: 'b'.repeat(40),
    head: 'a'.repeat(40),
    diffFile: 'changes.diff',
    files: paths.map((path) => ({
      path,
      status: 'modified',
      additions: 1,
      deletions: 0,
      generated: false,
      binary: path.endsWith('.png'),
      bytes: 10,
    })),
  }
}
