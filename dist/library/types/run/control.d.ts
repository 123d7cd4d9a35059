import type { RunInterrupted } from '../core/event.ts';
import type { StopCause } from '../core/failure.ts';
/** How long what an interruption stops, and what cleans up after it, may take. */
export type InterruptionLimits = Pick<RunInterrupted, 'cleanupMs' | 'killMs'>;
/** What people and signals may ask of a run while it goes on. Every request becomes an event before it has an effect. */
export interface RunControl {
    /**
     * Ends the run: nothing new starts but what cleans up, what runs is asked to stop and killed after `killAfterMs`. Asked again, it ends what
     * cleans up as well. `by` names who asked.
     */
    interrupt(by: string, limits?: InterruptionLimits, cause?: StopCause): void;
    /** Ends the run and kills everything that still runs, at once. */
    kill(by: string): void;
    /** Kills everything that still runs without an event: for a bug of ours, after which the journal cannot be relied on. */
    abandon(): void;
    /** Nothing of this instance (null: of the run) starts until it is unpaused; what runs goes on. */
    pause(id: string | null): void;
    unpause(id: string | null): void;
    /** Stops one instance, or keeps it from starting. */
    cancel(id: string, by: string): void;
}
