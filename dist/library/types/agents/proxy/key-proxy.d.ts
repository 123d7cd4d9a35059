import type { KeyLogin } from '../agent.ts';
import type { CountedApi } from './count-usage.ts';
import { type Served } from './forward.ts';
import { type RequestLedger } from './request-ledger.ts';
import type { Way } from './ways.ts';
/** Whom a lease leads to. */
export interface LeaseOptions {
    /** How the agent's CLI asks. */
    readonly key: Way;
    readonly login: KeyLogin;
    /** Where proxies and certificates for the way to the provider are named. */
    readonly environment: Readonly<Record<string, string | undefined>>;
    /** Whether the answers are kept, to be recorded. */
    readonly keepsAnswers?: boolean;
}
/** What one attempt holds instead of a key. */
export interface Lease {
    /** Address and token for its CLI; they are good for nothing once the lease is closed. */
    readonly endpoint: {
        readonly baseUrl: string;
        readonly apiKey: string;
    };
    /** The variables that the key came from. */
    readonly variables: readonly string[];
    readonly api: CountedApi;
    /** What has gone through so far. */
    readonly ledger: RequestLedger;
    /** Every request to a model that has gone through, in order. */
    readonly served: readonly Served[];
    /** Called after each request to a model. */
    onServed: (() => void) | undefined;
    /** Ends what is under way at once; what it cost is not known. */
    close(): void;
}
/** The key proxy of a run: requests come with the token of an attempt and leave with the provider's key, which no child of ours ever has. */
export interface KeyProxy {
    /** Throws where a file of certificates that the environment names cannot be read. */
    lease(options: LeaseOptions): Promise<Lease>;
    close(): Promise<void>;
}
/** Starts it on a free port of 127.0.0.1. */
export declare function openKeyProxy(): Promise<KeyProxy>;
