import type { Failure } from '../core/failure.ts';
/** Why nothing was started, as a failure. `code` is an errno name or one of ours. */
export declare const cannotStart: (code: string, detail: string) => {
    failure: Failure;
};
