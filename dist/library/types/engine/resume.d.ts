import type { RunResumed, Stamped } from '../core/event.ts';
import type { Progress } from './progress.ts';
/**
 * A later process takes over: what failed, was cancelled, or was kept from running is open again, and so is what was skipped
 * for its sake. What succeeded stays as it is, whatever becomes of the rest.
 */
export declare function reopenRun(progress: Progress, event: Stamped<RunResumed>): void;
