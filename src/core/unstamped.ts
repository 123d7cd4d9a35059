import type { RunEvent, Stamped } from './event.ts'

/** An event as it was before the bus stamped it. */
export function unstamped(stamped: Stamped): RunEvent {
  const { v: _, seq: __, at: ___, ...event } = stamped
  return event
}
