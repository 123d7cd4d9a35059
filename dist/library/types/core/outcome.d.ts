/** GitHub Actions' four words for how something ended. */
export type Result = 'success' | 'failure' | 'cancelled' | 'skipped';
/**
 * Why an instance did not run. `condition`: its `if` was false; `upstream`: an edge was not taken;
 * the others say what kept it from starting.
 */
export type SkipReason = 'condition' | 'upstream' | 'quota' | 'budget' | 'approval' | 'cancelled' | 'unsupported' | 'not-selected';
/** Whether something failed and its own `continue-on-error` made a success of that. */
export declare function hasForgiven(of: {
    readonly result: Result | undefined;
    readonly outcome: Result | undefined;
}): boolean;
