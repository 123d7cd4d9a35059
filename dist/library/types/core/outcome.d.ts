import type { FailureReason } from './failure.ts';
/** GitHub Actions' four words for how something ended. */
export type Result = 'success' | 'failure' | 'cancelled' | 'skipped';
/**
 * Why an instance did not run: an edge was not taken, nothing of its `paths` changed, its `if` was false, `--only` left it out, it needs what an event that is not
 * trusted lacks, it is beyond the first of its matrix, another variant of it was chosen, no run counts that it is a link to.
 */
export type SkipReason = 'max-instances' | 'variant' | 'upstream' | 'paths' | 'condition' | 'not-selected' | 'untrusted' | 'no-run';
/** Why an instance or group ended as it did, as `needs.<id>.reason` and every report show it; empty on success. */
export type Reason = '' | SkipReason | FailureReason | 'unsupported' | 'exhausted' | 'linked-run';
/** Whether something was cancelled because enough others like it have ended: nobody misses it. */
export declare function isUnneeded(ended: {
    readonly result: Result;
    readonly reason: Reason;
} | undefined): boolean;
/** Whether a resumed run opens it again: what failed, was stopped, or was kept from running. */
export declare function isReopened({ result, reason }: {
    readonly result: Result;
    readonly reason: Reason;
}): boolean;
/** Whether `continue-on-error` may make a success of a failure for this reason: not where nothing was even tried, or nobody knows what came of it. */
export declare function isForgivable(reason: Reason): boolean;
/** Whether something failed and its own `continue-on-error` made a success of that. */
export declare function hasForgiven(of: {
    readonly result: Result | undefined;
    readonly outcome: Result | undefined;
} | undefined): boolean;
