import type { Usage } from './usage.ts';
/** Dollars per million tokens. What is left out costs what its ancestor does: the cache what input does, an hour in it what the cache does. */
export interface Rates {
    readonly input: number;
    readonly output: number;
    readonly cacheRead?: number;
    readonly cacheWrite?: number;
    /** Written to a cache that keeps it for an hour. */
    readonly cacheWrite1h?: number;
}
/** Rates by those that are known, in the order of their keys; undefined without those of input and output. */
export declare function ratesOf([input, output, cacheRead, cacheWrite, cacheWrite1h]: readonly (number | undefined)[]): Rates | undefined;
/** What a model costs. */
export interface ModelPrice extends Rates {
    /** Rates of requests whose prompt is longer than so many tokens, ascending; they hold for the whole request. */
    readonly tiers?: readonly (Rates & {
        readonly above: number;
    })[];
}
/** Tokens to be priced: of one request, or the sum of several. */
export interface Share {
    readonly usage: Usage;
    /** Of `usage.cacheWrite`, what is kept for an hour; undefined: nobody says. */
    readonly cacheWrite1h?: number;
    /** Whether it is one request: only then is it known which tier it falls into. */
    readonly single: boolean;
}
/** What a share costs by a price, and whether that is certain: of a sum it may be open which tier its requests fell into. */
export declare function costOf(price: ModelPrice, { usage, cacheWrite1h, single }: Share): {
    usd: number;
    exact: boolean;
};
