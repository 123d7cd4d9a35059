import type { StopCause } from '../core/failure.ts'

/** What people and signals may ask of a run while it goes on. Every request becomes an event before it has an effect. */
export interface RunControl {
  /** Ends the run: nothing new starts, what runs is asked to stop and killed after `killAfterMs`. `by` names who asked. */
  interrupt(by: string, cause?: StopCause): void
  /** Kills everything that still runs, at once. */
  kill(): void
  /** Nothing of this instance (null: of the run) starts until it is unpaused; what runs goes on. */
  pause(id: string | null): void
  unpause(id: string | null): void
  /** Stops one instance, or keeps it from starting. */
  cancel(id: string, by: string): void
}
