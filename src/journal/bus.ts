import type { RunEvent, Stamped } from '../core/event.ts'
import type { Redactor } from '../core/redactor.ts'
import type { Delivery, Reporter } from '../core/reporter.ts'
import { createRunState, foldEvent, type RunState } from '../core/run-state.ts'
import { messageOf } from '../core/message-of.ts'
import type { JournalFile } from './journal-file.ts'
import { redactEvent } from './redact-event.ts'

/** Where every event passes once: stamped, redacted, written, folded, shown. */
export interface Bus<Report = unknown> {
  /** Returns the event as everyone else sees it. Never throws for a journal or a reporter that fails. */
  record(event: RunEvent): Stamped
  readonly state: RunState
  /** Set once the journal could not be written: the run must end, for it leaves no true record. */
  readonly failed: Error | undefined
  /** Lets each reporter deliver the report, all at once, for at most so long; records what came of it. */
  end(deadlineMs: number, report: Report): Promise<void>
}

/** How long a reporter whose time is up may take to say why it was not done. */
const lastWordMs = 200

/** What a bus is made of; `state` and `nextSeq` go on with an earlier process's run. */
export interface BusOptions<Report = unknown> {
  readonly journal: JournalFile | undefined
  readonly redactor: Redactor
  readonly reporters: readonly Reporter<Report>[]
  /** Epoch milliseconds. */
  readonly clock: () => number
  readonly state?: RunState
  readonly nextSeq?: number
}

/** Creates the bus of a run. A reporter that throws is recorded as `report.failed` and not called again. */
export function createBus<Report>(options: BusOptions<Report>): Bus<Report> {
  const { journal, redactor, clock } = options
  const state = options.state ?? createRunState()
  const active = new Set(options.reporters)
  let seq = options.nextSeq ?? 0

  const record = (event: RunEvent): Stamped => {
    const { event: stamped, line } = redactEvent({ v: 2, seq: seq++, at: clock(), ...event }, redactor)
    journal?.append(line)
    foldEvent(state, stamped)
    const broken: RunEvent[] = []
    for (const reporter of active)
      try {
        reporter.onEvent?.(stamped, state)
      } catch (error) {
        active.delete(reporter)
        broken.push({ type: 'report.failed', reporter: reporter.name, detail: messageOf(error) })
      }
    for (const failure of broken) record(failure)
    return stamped
  }

  const deliver = async (
    reporter: Reporter<Report>,
    signal: AbortSignal,
    late: Promise<never>,
    report: Report,
    deadlineMs: number,
  ): Promise<void> => {
    if (deadlineMs < (reporter.leastMs ?? 0)) {
      record({ type: 'report.failed', reporter: reporter.name, detail: `not begun: ${deadlineMs} ms were left` })
      return
    }
    try {
      const delivery: Delivery = await Promise.race([reporter.onEnd?.(state, signal, report), late])
      if (delivery === undefined && signal.aborted) await late
      if (delivery !== undefined) record({ type: 'report.delivered', reporter: reporter.name, ...delivery })
    } catch (error) {
      record({ type: 'report.failed', reporter: reporter.name, detail: messageOf(error) })
    }
  }

  return {
    record,
    state,
    get failed() {
      return journal?.failed
    },
    async end(deadlineMs, report) {
      const controller = new AbortController()
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => {
          controller.abort()
          // A reporter that stops at once says what it was waiting for.
          timer = setTimeout(() => reject(new Error(`not delivered within ${deadlineMs} ms`)), lastWordMs)
        }, deadlineMs)
      })
      late.catch(() => {})
      await Promise.all(
        [...active].map((reporter) => deliver(reporter, controller.signal, late, report, Math.round(deadlineMs))),
      )
      clearTimeout(timer)
    },
  }
}
