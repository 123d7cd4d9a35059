import { createLauncher, type Launcher } from '../launch/launcher.ts'
import type { LauncherOptions } from '../launch/launcher-options.ts'
import type { RunEvent, Stamped } from '../core/event.ts'
import { messageOf } from '../core/message-of.ts'
import { JournalError } from '../journal/journal-error.ts'
import { decide } from '../engine/decide.ts'
import { explainExhausted } from '../engine/enforce-budgets.ts'
import { evolve } from '../engine/evolve.ts'
import { isFinished, type Progress } from '../engine/progress.ts'
import type { Bus } from '../journal/bus.ts'
import { createTimers, longestTimerMs } from '../process/timers.ts'
import type { RecoveredRun } from './recovered-run.ts'
import type { RunControl } from './control.ts'

/** Between asking a process to stop and killing it. */
export const killAfterMs = 5000

/** What the launcher of the run is given. */
export type LoopOptions = Omit<LauncherOptions, 'emit' | 'exhausted'>

/** A run's inbox and what turns its decisions into deeds. */
export interface Loop {
  readonly control: RunControl
  /** Settles when the run has ended and no process of it is known to run. */
  readonly finished: Promise<void>
  send(event: RunEvent): void
  /** Takes in an earlier run; what was running then is recorded as lost, what was being done outside is done. Nothing is decided before all of that is known. */
  replay(run: RecoveredRun, version: string, notices: readonly RunEvent[]): Promise<void>
  /** Kills what is left of the run and removes its temporary files. */
  close(): Promise<void>
}

/** The inbox: an event is recorded, then evolved, then decided on, one at a time and never re-entrantly. */
export function createLoop(bus: Bus, progress: Progress, launcherOptions: LoopOptions): Loop {
  const launcher: Launcher = createLauncher({
    ...launcherOptions,
    emit: (event) => send(event),
    exhausted: (id) => explainExhausted(progress, id),
  })
  let finish = (): void => {}
  let fail = (_error: unknown): void => {}
  const finished = new Promise<void>((resolve, reject) => {
    finish = resolve
    fail = reject
  })
  const timers = createTimers()
  let inbox: RunEvent[] = []
  let draining = false
  let done = false
  let journalLost = false

  function send(event: RunEvent): void {
    if (done) return
    inbox.push(event)
    if (draining) return
    draining = true
    try {
      drain()
    } catch (error) {
      done = true
      launcher.killAll()
      fail(error)
    } finally {
      draining = false
    }
  }

  function drain(): void {
    while (inbox.length > 0) {
      const batch = inbox
      inbox = []
      for (const event of batch) take(event)
    }
    if (!isFinished(progress)) return
    done = true
    finish()
  }

  function note(event: RunEvent): Stamped {
    const stamped = bus.record(event)
    evolve(progress, stamped)
    return stamped
  }

  /** Decisions are recorded before anything else in the inbox, so that the journal reads cause, then effect. */
  function take(event: RunEvent): void {
    const pending = [event]
    for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
      const stamped = note(next)
      for (const command of decide(progress, stamped.at)) {
        if (command.type === 'record') pending.push(command.event)
        else if (command.type === 'start') launcher.start(command.task)
        else if (command.type === 'stop') launcher.stop(command.id, command.attempt, command.cause, command.how)
        else wake(command.key, command.at - stamped.at)
      }
    }
    if (bus.failed !== undefined && !journalLost) {
      journalLost = true
      inbox.push({
        type: 'run.interrupted',
        cause: 'cancelled',
        by: `the journal (${bus.failed.message})`,
        how: 'stop',
      })
    }
  }

  /** One that comes early, because no timer can wait as long, is asked for again. */
  function wake(key: string, afterMs: number): void {
    timers.after(Math.min(Math.max(afterMs, 0), longestTimerMs), () => send({ type: 'timer.fired', key }))
  }

  return {
    finished,
    send,
    async replay(run, runningVersion, notices) {
      for (const event of run.events())
        try {
          evolve(progress, event)
        } catch (error) {
          const why = `this event does not fit those before it (${messageOf(error)})`
          throw new JournalError(run.directory.journalPath, event.seq + 1, why)
        }
      for (const event of [...notices, ...run.lost, ...(await launcher.complete(run.unfinished))]) note(event)
      send({
        type: 'run.resumed',
        version: runningVersion,
        changed: run.changed,
        ...(run.only !== undefined && { only: run.only }),
      })
    },
    async close() {
      timers.clear()
      await launcher.close()
    },
    control: {
      interrupt: (by, limits = {}, cause = 'cancelled') => send({ type: 'run.interrupted', cause, by, ...limits }),
      kill: (by) => send({ type: 'run.interrupted', cause: 'cancelled', by, how: 'kill' }),
      abandon: () => launcher.killAll(),
      pause: (id) => send({ type: 'run.paused', id }),
      unpause: (id) => send({ type: 'run.unpaused', id }),
      cancel: (id, by) => send({ type: 'instance.cancelled', id, by }),
    },
  }
}
