import type { AttemptProgress } from '../core/event.ts'
import type { Accounting } from '../core/usage.ts'
import type { AgentEvent } from './agent.ts'

/** Shortest time between two reports of one attempt, milliseconds. */
const intervalMs = 200

/** Gathers what an agent's stream says and reports it: the first thing at once, then at most every 200 ms. */
export interface ProgressMeter {
  take(event: Exclude<AgentEvent, { type: 'refused' }>): void
  /** Nothing is reported after this. */
  stop(): void
  readonly model: string | null
}

/** A meter for one attempt that starts from these figures. */
export function createProgressMeter(
  attempt: { readonly id: string; readonly attempt: number },
  initial: { readonly accounting: Accounting; readonly model: string | null },
  emit: (event: AttemptProgress) => void,
): ProgressMeter {
  let { accounting, model } = initial
  let activity = ''
  let lastAt = Number.NEGATIVE_INFINITY
  let timer: NodeJS.Timeout | undefined
  const report = (): void => {
    timer = undefined
    lastAt = performance.now()
    emit({ type: 'attempt.progress', ...attempt, accounting, model, activity })
  }
  return {
    take(event) {
      if (event.type === 'accounting') accounting = event.accounting
      else if (event.type === 'activity') activity = event.text
      else model = event.model ?? model
      if (timer !== undefined) return
      const waitMs = lastAt + intervalMs - performance.now()
      if (waitMs <= 0) report()
      else timer = setTimeout(report, waitMs)
    },
    stop() {
      clearTimeout(timer)
      timer = undefined
    },
    get model() {
      return model
    },
  }
}
