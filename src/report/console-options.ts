import type { OutputFollower } from '../core/output-follower.ts'

/** How progress is shown. Sizes are asked for at each paint: a terminal may be resized. */
export interface ConsoleOptions {
  readonly write: (text: string) => void
  /** A terminal that can be painted over; else plain lines. */
  readonly interactive: boolean
  readonly columns: () => number
  /** Nothing but the end. */
  readonly quiet: boolean
  /** Whether the final answers of agents are shown at the end; default true. */
  readonly answers?: boolean
  /** Lines of the terminal; default 24. */
  readonly rows?: () => number
  readonly colour?: boolean
  /** Reads along what instances print, where that is to be shown. */
  readonly follower?: OutputFollower
  /** Epoch milliseconds, for elapsed times between events; default: the time of the newest event. */
  readonly now?: () => number
}
