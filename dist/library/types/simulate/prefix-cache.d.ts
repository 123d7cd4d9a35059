import type { ModelRequest } from './model-request.ts';
import type { ServedUsage } from './reply.ts';
/** What a model API remembers of the starts of prompts. */
export interface PrefixCache {
    /** What a request that begins now is served, with what was marked in it counted as read or written. */
    count(request: ModelRequest, usage: ServedUsage): ServedUsage;
    /** The answer has begun: from now on what the request marked can be read. */
    keep(request: ModelRequest): void;
}
/** An empty cache. `now` is milliseconds on any steady clock. */
export declare function createPrefixCache(now: () => number): PrefixCache;
