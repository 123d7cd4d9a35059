import { createLauncher, type Launcher } from '../launch/launcher.ts'
import type { RunEvent, Stamped } from '../core/event.ts'
import { decide } from '../engine/decide.ts'
import { explainExhausted } from '../engine/enforce-budgets.ts'
import { evolve } from '../engine/evolve.ts'
import { isFinished, type Progress } from '../engine/progress.ts'
import type { Bus } from '../journal/bus.ts'
import type { RecoveredRun } from './recovered-run.ts'
import type { RunControl } from './control.ts'

/** Between asking a process to stop and killing it, also when a runner cancels: it leaves 7.5 s before it kills us. */
export const killAfterMs = 5000

/** What the launcher of the run is given. */
export type LoopOptions = Omit<Parameters<typeof createLauncher>[0], 'emit' | 'exhausted'>

/** A run's inbox and what turns its decisions into deeds. */
export interface Loop {
  readonly control: RunControl
  /** Settles when the run has ended and no process of it is known to run. */
  readonly finished: Promise<void>
  send(event: RunEvent): void
  /** Takes in an earlier run; what was running then is recorded as lost, what was being done outside is done. Nothing is decided before all of that is known. */
  replay(run: RecoveredRun, version: string): Promise<void>
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
  const timers = new Set<NodeJS.Timeout>()
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
      launcher.stopAll('kill', 'cancelled')
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
      if (next.type === 'run.interrupted') stopEverything(next.cause)
      for (const command of decide(progress, stamped.at)) {
        if (command.type === 'record') pending.push(command.event)
        else if (command.type === 'start') launcher.start(command.task)
        else if (command.type === 'stop') launcher.stop(command.id, command.attempt, command.cause)
        else later(command.at - stamped.at, () => send({ type: 'timer.fired', key: command.key }))
      }
    }
    if (bus.failed !== undefined && !journalLost) {
      journalLost = true
      inbox.push({ type: 'run.interrupted', cause: 'cancelled', by: `the journal (${bus.failed.message})` })
    }
  }

  function stopEverything(cause: Parameters<Launcher['stopAll']>[1]): void {
    launcher.stopAll('term', cause)
    later(killAfterMs, () => launcher.stopAll('kill', cause))
  }

  function later(delayMs: number, act: () => void): void {
    const timer = setTimeout(
      () => {
        timers.delete(timer)
        act()
      },
      Math.min(Math.max(delayMs, 0), 2 ** 31 - 1),
    )
    timers.add(timer)
  }

  return {
    finished,
    send,
    async replay(run, runningVersion) {
      for (const event of run.events()) evolve(progress, event)
      for (const event of [...run.lost, ...(await launcher.complete(run.unfinished))]) note(event)
      send({ type: 'run.resumed', version: runningVersion, changed: run.changed })
    },
    async close() {
      for (const timer of timers) clearTimeout(timer)
      await launcher.close()
    },
    control: {
      interrupt: (by, cause = 'cancelled') => send({ type: 'run.interrupted', cause, by }),
      kill: () => launcher.stopAll('kill', 'cancelled'),
      pause: (id) => send({ type: 'run.paused', id }),
      unpause: (id) => send({ type: 'run.unpaused', id }),
      cancel: (id, by) => send({ type: 'instance.cancelled', id, by }),
    },
  }
}
