/**
 * Tokens of one attempt, instance or run, the same meaning for every CLI: `input` excludes cached tokens,
 * `cacheRead` and `cacheWrite` are the cached parts of the prompt, `output` includes `reasoning`.
 */
export interface Usage {
    readonly input: number;
    readonly cacheRead: number;
    readonly cacheWrite: number;
    readonly output: number;
    readonly reasoning: number;
}
/** Tokens of one model. */
export interface ModelUsage extends Usage {
    /** Of `cacheWrite`, what is kept for an hour; absent: nobody says. */
    readonly cacheWrite1h?: number;
}
/**
 * Who vouches for a cost: the prices of the orchestration file (`prices`), the agent CLI (`cli`), the list prices of the tokens that are known
 * (`list-price`: the CLI says no cost, or did not come to), a list that has the model or the tier only roughly (`approximate`), nobody because no
 * model is involved (`none`), or nobody at all (`unknown`).
 */
export type CostSource = 'prices' | 'cli' | 'list-price' | 'approximate' | 'none' | 'unknown';
/**
 * What an attempt consumed. `usage` and `costUsd` are null when nothing honest can be said;
 * `partial` says the figures are a lower bound (the process was killed before its CLI reported everything).
 */
export interface Accounting {
    readonly usage: Usage | null;
    readonly costUsd: number | null;
    readonly costSource: CostSource;
    readonly partial: boolean;
    /** Where the cost of a sum is unknown: what is known of it, a lower bound. */
    readonly atLeastUsd?: number;
    /** What the CLI says it cost, where that is not the cost that counts. */
    readonly reportedUsd?: number;
    /** The login is a subscription, which pays for it: the cost is what the same tokens cost by the API. */
    readonly subscription?: true;
}
/** What one model was asked in an attempt. */
export interface ModelAccount {
    /** Its id, as its provider says it. */
    readonly model: string;
    readonly usage: Usage;
    /** Null where nobody says. */
    readonly requests: number | null;
    readonly costUsd: number | null;
    readonly costSource: CostSource;
}
/** No tokens. */
export declare const zeroUsage: Usage;
/** The accounting of a process that calls no model as far as anyone declared: shells, scripts, commands. */
export declare const freeAccounting: Accounting;
/** The accounting of an agent that said nothing about itself. */
export declare const unknownAccounting: Accounting;
/** The sum of two usages. */
export declare function addUsage(a: Usage, b: Usage): Usage;
/** What a usage has more than one that is a part of it. */
export declare function subtractUsage(a: Usage, b: Usage): Usage;
/** What is known of a cost, and whether it may have been more; the one figure that every report shows. */
export declare function knownCost({ costUsd, atLeastUsd, partial }: Accounting): {
    usd: number | null;
    atLeast: boolean;
};
/** Dollars to a hundredth of a cent: what stands beyond that is noise of the addition. */
export declare function roundUsd(usd: number | null): number | null;
/** All tokens of a usage; `reasoning` is part of `output` and not added again. */
export declare function totalTokens(usage: Usage): number;
/**
 * The sum of two accountings. An unknown part makes the sum partial, an unknown cost makes the cost unknown:
 * a sum never looks more certain than its least certain part.
 */
export declare function addAccounting(a: Accounting, b: Accounting): Accounting;
/**
 * The sum over attempts, as `addAccounting` has it, but what calls no model is left out: an agent that said nothing of
 * itself stays unknown beside any number of commands, instead of becoming "at least 0".
 */
export declare function sumAccounting(parts: Iterable<Accounting>): Accounting;
