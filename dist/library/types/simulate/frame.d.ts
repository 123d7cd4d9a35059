import type { ServedUsage } from './reply.ts';
/**
 * One piece of an answer on the wire. Once it is sent, `usage` (when present) is what the request has cost so far;
 * `pauseMs` is waited before it.
 */
export interface Frame {
    readonly body: string;
    readonly usage?: ServedUsage;
    readonly pauseMs?: number;
}
/** A whole answer: the frames in order, and how the connection ends after them. */
export interface Answer {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly frames: readonly Frame[];
    readonly ending: 'end' | 'hang' | 'cut';
}
/** A server-sent event. */
export declare const serverSentEvent: (type: string, fields: object) => string;
/** The text in at most `count` pieces, never splitting a surrogate pair. */
export declare function piecesOf(text: string, count: number): string[];
/** Headers of an event stream. */
export declare const streamHeaders: {
    readonly 'content-type': 'text/event-stream';
    readonly 'cache-control': 'no-cache';
};
/** Headers of a JSON answer. */
export declare const jsonHeaders: {
    readonly 'content-type': 'application/json';
};
