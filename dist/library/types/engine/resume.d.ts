import type { RunResumed, Stamped } from '../core/event.ts';
import { type Progress } from './progress.ts';
/**
 * A later process takes over: what failed, was stopped, or was kept from running is open again, and so is what was skipped
 * for its sake. What succeeded stays as it is, whatever becomes of the rest, but for what only cleaned up after it; so does all of a round after which
 * another one came. What decisions alone change is as it was at first: reading a journal decides nothing.
 */
export declare function reopenRun(progress: Progress, event: Stamped<RunResumed>): void;
/** The time limit of the whole run, counted from its start or resume. */
export declare function startTimeout(progress: Progress, at: number): void;
