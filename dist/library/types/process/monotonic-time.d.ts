/** Milliseconds on a clock that is never set; `performance.now()` tells the same, but loading it costs every start a millisecond or two. */
export declare function monotonicMs(): number;
