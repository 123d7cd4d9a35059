import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type AnswerCount, type CountedApi } from './count-usage.ts';
import type { Connections } from './upstream.ts';
/** Where requests of one attempt go, and by which credentials. */
export interface Destination {
    readonly api: CountedApi;
    /** Base URL of the provider. */
    readonly upstream: URL;
    /** Headers that the provider lets requests in by. */
    readonly headers: Readonly<Record<string, string>>;
    readonly connections: Connections;
    /** Whether answers are kept, to be recorded. */
    readonly keepsAnswers: boolean;
}
/** What became of one request to a model. */
export interface Served {
    readonly path: string;
    /** Null: no answer began. */
    readonly status: number | null;
    /** Undefined: it told nothing. */
    readonly count: AnswerCount | undefined;
    /** The provider was never reached, so that nothing can have been spent. */
    readonly unreached: boolean;
    /** The body of the answer, where answers are kept. */
    readonly answer?: string;
    /** Seconds after which the provider asks to be asked again. */
    readonly retryAfter?: number;
}
/**
 * Sends a request on with the real credentials, and the answer back as it comes, both at the pace of their reader. `path` follows the base URL.
 * `settled` is called once, when nothing more of it will come; only for what asks a model. Answers with what breaks it off.
 */
export declare function forward(message: IncomingMessage, response: ServerResponse, path: string, { api, upstream, headers, connections, keepsAnswers }: Destination, settled: (served: Served) => void): () => void;
/** An error in the shape that the model APIs have in common. */
export declare function refuse(response: ServerResponse, status: number, message: string): void;
