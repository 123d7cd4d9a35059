import type { Json, JsonObject } from '../core/json.ts';
/** Tokens one request is said to cost, as the ledger keeps them: `input` excludes the cached parts. */
export interface ServedUsage {
    readonly input: number;
    readonly cacheRead: number;
    readonly cacheWrite: number;
    readonly output: number;
}
/** A tool the simulated model calls; its input is a text where the tool takes no JSON. `run` is a shell command, sent through whatever shell tool the request offers. */
export type ToolCall = {
    readonly name: string;
    readonly input: JsonObject | string;
} | {
    readonly run: string;
};
/** What the simulated model does with one request. Times are milliseconds. */
export interface Reply {
    /** Undefined means the default text; an empty string is an empty answer. */
    readonly text?: string;
    /** The structured answer, given the way the request asks for one. */
    readonly json?: Json;
    readonly tools: readonly ToolCall[];
    /** Fields left out follow from the size of the request and of the answer. */
    readonly usage: Partial<ServedUsage>;
    /** Before the first byte. */
    readonly delayMs: number;
    /** In how many pieces text is streamed, and the pause after each. */
    readonly chunks: number;
    readonly chunkDelayMs: number;
    readonly error?: ReplyError;
    /** `hang`: the stream stops after half of the text and stays open. `cut`: the connection is reset there. `error`: an error event is sent there. */
    readonly breakOff?: 'hang' | 'cut' | 'error';
}
/** An HTTP error instead of an answer. */
export interface ReplyError {
    readonly status: number;
    readonly message: string;
    /** Seconds, as in the `retry-after` header. */
    readonly retryAfter?: number;
}
/** The reply of a rule that says nothing about how to answer. */
export declare const plainReply: Reply;
/** No tokens at all. */
export declare const noUsage: ServedUsage;
