import type { AttemptProgress } from '../core/event.ts'
import type { Accounting } from '../core/usage.ts'
import type { AgentEvent } from '../agents/agent.ts'
import { monotonicMs } from '../process/monotonic-time.ts'

/** Shortest time between two reports of one attempt, milliseconds. */
const intervalMs = 200

/** What is reported of an attempt under way. */
export type MeteredEvent = Exclude<AgentEvent, { type: 'refused' | 'said' }>

/** Gathers what an agent's stream says and reports it: the first thing at once, then at most every 200 ms. */
export interface ProgressMeter {
  take(event: MeteredEvent): void
  /** Reports at once. */
  flush(event: MeteredEvent): void
  /** Nothing is reported after this. */
  stop(): void
}

/** A meter for one attempt that starts from these figures. */
export function createProgressMeter(
  attempt: { readonly id: string; readonly attempt: number },
  initial: { readonly accounting: Accounting; readonly model: string | null },
  emit: (event: AttemptProgress) => void,
): ProgressMeter {
  let { accounting, model } = initial
  let activity = ''
  let answered = false
  let lastAt = Number.NEGATIVE_INFINITY
  let timer: NodeJS.Timeout | undefined
  const report = (): void => {
    timer = undefined
    lastAt = monotonicMs()
    emit({ type: 'attempt.progress', ...attempt, accounting, model, activity, ...(answered && { answered }) })
    answered = false
  }
  const flush = (): void => {
    clearTimeout(timer)
    report()
  }
  const note = (event: MeteredEvent): void => {
    if (event.type === 'accounting') accounting = event.accounting
    else if (event.type === 'activity') activity = event.text
    else if (event.type === 'answered') answered = true
    else model = event.model ?? model
  }
  return {
    take(event) {
      note(event)
      if (timer !== undefined) return
      // Others wait for it.
      if (answered) return flush()
      const waitMs = lastAt + intervalMs - monotonicMs()
      if (waitMs <= 0) report()
      else timer = setTimeout(report, waitMs)
    },
    flush(event) {
      note(event)
      flush()
    },
    stop() {
      clearTimeout(timer)
      timer = undefined
    },
  }
}
