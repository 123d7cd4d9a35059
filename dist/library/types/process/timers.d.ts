/** Longest delay a timer takes; a longer one would fire at once. */
export declare const longestTimerMs = 2147483647;
/** The timers of one process, cleared together. */
export interface Timers {
    /** A delay longer than a timer can wait (24 days) is never over. */
    after(ms: number, act: () => void): void;
    clear(): void;
}
/** Creates an empty set of timers. */
export declare function createTimers(): Timers;
