import type { Usage } from '../../core/usage.ts';
/** Dollars per million tokens: input, read from and written to the cache, output. */
type Price = readonly [input: number, cacheRead: number, cacheWrite: number, output: number];
/**
 * The list prices by which Claude Code itself counts, by the model's exact id. They only serve while a process runs and where it was
 * killed: what it reports at its end replaces them. A model that is not here costs what nobody knows.
 */
export declare const claudePrices: Readonly<Record<string, Price>>;
/** What these tokens cost by the list; undefined where the model is not on it. */
export declare function listPriceUsd(model: string, usage: Usage): number | undefined;
export {};
