import { type RunState } from '../core/run-state.ts';
import type { RunOptions } from './run-options.ts';
import type { RunDirectory } from '../journal/run-directory.ts';
import { type ReportModel } from '../report/report-model.ts';
/** What is left of a run once everything of it has ended. */
export interface RunOutcome {
    readonly state: RunState;
    /** What there is to report, as the reporters were given it. */
    readonly report: ReportModel;
    readonly directory: RunDirectory;
    /** Set when the journal could not be written: the run was stopped, its record is incomplete. */
    readonly journalError: Error | undefined;
}
/**
 * Runs a plan from its first event to its last report. Rejects only for a bug of ours, and before anything has begun with RunDirectoryError, and with
 * ChangesError where the plan asks what changed and git cannot tell.
 */
export declare function executeRun(given: RunOptions): Promise<RunOutcome>;
