/** Milliseconds on a clock that is never set; `performance.now()` tells the same, but loading it costs every start a millisecond or two. */
export declare function monotonicMs(): number;
/**
 * A clock that tells the time of day it was made at and goes on evenly from there: nobody sets it, forwards or back. It never tells less than
 * `least`, what an earlier process had told last.
 */
export declare function createSteadyClock(now: () => number, least?: number): () => number;
