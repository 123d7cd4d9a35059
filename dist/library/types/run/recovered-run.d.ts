import type { AttemptEnded, Stamped } from '../core/event.ts';
import type { RunState } from '../core/run-state.ts';
import type { UnfinishedEffect } from '../journal/recover.ts';
import type { RunDirectory } from '../journal/run-directory.ts';
/** An earlier run as its journal tells it, ready to go on. */
export interface RecoveredRun {
    readonly runId: string;
    readonly directory: RunDirectory;
    readonly state: RunState;
    readonly nextSeq: number;
    /** All its events, in order; read anew at each call. */
    events(): Iterable<Stamped>;
    /** The ends of the attempts that were running when the orchestrator died. */
    readonly lost: readonly AttemptEnded[];
    /** What was being done outside the run directory. */
    readonly unfinished: readonly UnfinishedEffect[];
    /** What differs from then and was accepted. */
    readonly changed: readonly string[];
    /** Ids that have another chance, where somebody named some. */
    readonly only?: readonly string[];
}
