import { type Usage } from '../../core/usage.ts';
import type { Served } from './forward.ts';
/** What one model was asked by an attempt. */
export interface ModelShare {
    readonly requests: number;
    readonly usage: Usage;
    /** Of `usage.cacheWrite`, what is kept for an hour. */
    readonly cacheWrite1h: number;
}
/** What went through the proxy for one attempt: an account beside its CLI's own. */
export interface RequestLedger {
    readonly usage: Usage;
    /** By the model's id, as the provider says it. */
    readonly models: ReadonlyMap<string, ModelShare>;
    /** Requests that a model answered, at least in part. */
    readonly requests: number;
    /** Requests of which the cost is not known, or not all of it: they broke off, or their answer does not tell. */
    readonly uncounted: number;
}
/** A ledger with nothing in it. */
export declare const emptyLedger: RequestLedger;
/** The ledger with one more request: a refused one, and one that never reached its provider, cost nothing. */
export declare function enter(ledger: RequestLedger, { status, count, unreached }: Served): RequestLedger;
