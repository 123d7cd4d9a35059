import type { Accounting } from '../core/usage.ts';
/** A duration as people say it: `23ms`, `0.4s`, `12s`, `3m 05s`, `2h 07m`; a dash where there is none. */
export declare function formatDuration(ms: number | null): string;
/** A count with thousands separators: `12,345`. */
export declare function formatCount(count: number): string;
/** A count in at most five characters: `950`, `12.3k`, `1.2M`. */
export declare function formatShortCount(count: number): string;
/** Dollars with as many decimals as they need to be told from nothing: `$1.25`, `$0.0123`. */
export declare function formatDollars(dollars: number): string;
/** `1 instance`, `2 instances`. */
export declare function formatPlural(count: number, noun: string): string;
/** Bytes as people say them: `512 B`, `64 kB`, `1.0 MB`. */
export declare function formatBytes(bytes: number): string;
/** Tokens in, cached (read and written) and out, exact; `≥` where they are a lower bound, `unknown` where nobody knows. */
export declare function formatTokenCells(accounting: Accounting): {
    input: string;
    cached: string;
    output: string;
};
/**
 * A cost: `$0.12`, a dash where no model is involved, `unknown` where nobody vouches for one.
 * `atLeastUsd` is the sum of the parts that are known, shown as `≥ $0.12` when others are not.
 */
export declare function formatCost(accounting: Accounting, atLeastUsd?: number): string;
