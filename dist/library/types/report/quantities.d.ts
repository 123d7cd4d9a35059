import { type Accounting, type Usage } from '../core/usage.ts';
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
/**
 * Tokens in (all of the prompts), how many of these the cache gave, and tokens out, exact; `≥` where they are a lower bound, `unknown` where
 * nobody knows.
 */
export declare function formatTokenCells(accounting: Accounting): {
    input: string;
    cached: string;
    output: string;
};
/** All tokens of the prompts: the cache gave or took a part of them. */
export declare function promptTokens({ input, cacheRead, cacheWrite }: Usage): number;
/** `≥ 46,907 tokens (28,144 from the cache, 300 reasoning)`; empty where no model is called. */
export declare function describeTokens(accounting: Accounting): string;
/** Whether no model was called, as far as anyone declared. */
export declare function isFree({ costSource, partial }: Accounting): boolean;
/**
 * A cost: `$0.12`, a dash where no model is involved, `≥ $0.12` where only a part of it is known, `≈ $0.12` where a price is only much like the
 * model's, `unknown` where nothing is; of a subscription what the API would take.
 */
export declare function formatCost(accounting: Accounting): string;
/** The same in a sentence: `cost unknown`; empty where no model is called. */
export declare function describeCost(accounting: Accounting): string;
/** `3 tool calls denied`. */
export declare function describeDenials(count: number): string;
