import type { AttemptEnded, EffectStarted, Stamped } from '../core/event.ts';
import { type RunState } from '../core/run-state.ts';
/** A run as its journal tells it, whatever ended the orchestrator that wrote it. */
export interface Recovery {
    readonly state: RunState;
    /** Undefined when the journal ends before its first event: there is no run to go on with. */
    readonly runId: string | undefined;
    readonly nextSeq: number;
    /** The ends that the attempts which were running need: what they did is not known, what they cost is at least what they last said. */
    readonly lost: readonly AttemptEnded[];
    /** What was being done outside the run directory: how much of it was done is to be seen there. */
    readonly unfinished: readonly UnfinishedEffect[];
    /** All its events in order, read anew at each call. */
    events(): Iterable<Stamped>;
}
/** An effect whose attempt has not ended. */
export type UnfinishedEffect = Pick<EffectStarted, 'effect' | 'ended'>;
/**
 * Reads a run back. Every prefix of a journal recovers to a consistent state: an event is there whole or not at all. Throws as
 * `readJournal` does.
 */
export declare function recoverRun(journalPath: string): Recovery;
