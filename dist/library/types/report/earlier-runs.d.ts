/** What an earlier run took; null where it is not known, or only in part. */
export interface RunFigures {
    readonly durationMs: number | null;
    readonly tokens: number | null;
    readonly usd: number | null;
}
/** As many runs as a median is made of. */
export declare const mostEarlierRuns = 10;
/** `Median of the 3 runs before: 2m 10s · 9,800 tokens · $0.10`; undefined where there was none. */
export declare function describeEarlierRuns(runs: readonly RunFigures[]): string | undefined;
