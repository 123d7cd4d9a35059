import type { RunEvent, Stamped } from '../core/event.ts';
import type { Redactor } from '../core/redactor.ts';
import type { Reporter } from '../core/reporter.ts';
import { type RunState } from '../core/run-state.ts';
import type { JournalFile } from './journal-file.ts';
/** Where every event passes once: stamped, redacted, written, folded, shown. */
export interface Bus<Report = unknown> {
    /** Returns the event as everyone else sees it. Never throws for a journal or a reporter that fails. */
    record(event: RunEvent): Stamped;
    readonly state: RunState;
    /** Set once the journal could not be written: the run must end, for it leaves no true record. */
    readonly failed: Error | undefined;
    /** Lets each reporter deliver the report, all at once, for at most so long; records what came of it. */
    end(deadlineMs: number, report: Report): Promise<void>;
}
/** What a bus is made of; `state` and `nextSeq` go on with an earlier process's run. */
export interface BusOptions<Report = unknown> {
    readonly journal: JournalFile | undefined;
    readonly redactor: Redactor;
    readonly reporters: readonly Reporter<Report>[];
    /** Epoch milliseconds. */
    readonly clock: () => number;
    readonly state?: RunState;
    readonly nextSeq?: number;
}
/** Creates the bus of a run. A reporter that throws is recorded as `report.failed` and not called again. */
export declare function createBus<Report>(options: BusOptions<Report>): Bus<Report>;
