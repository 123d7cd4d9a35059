import type { JsonObject } from '../core/json.ts';
/** What a request to a model API asks, whatever API it is. */
export interface ModelRequest {
    readonly instance: string;
    readonly attempt: number;
    /** Counts from 1 within the attempt. */
    readonly number: number;
    readonly model: string;
    /** Everything said in the role of the user, without tool results and without what the CLI itself put there. */
    readonly prompt: string;
    /** Characters of the conversation: prompt, answers, tool calls and their results. */
    readonly size: number;
    /** Names of the tools that may be called. */
    readonly tools: readonly string[];
    /** The schema asked for, and the tool by which it is to be answered (undefined: as the text). */
    readonly schema?: {
        readonly schema: JsonObject;
        readonly tool?: string;
    };
    readonly stream: boolean;
}
type Address = Pick<ModelRequest, 'instance' | 'attempt' | 'number'>;
/** Reads a body of Anthropic's `POST /v1/messages`. */
export declare function readMessagesRequest(body: JsonObject, address: Address): ModelRequest;
/** Reads a body of OpenAI's `POST /v1/responses`. */
export declare function readResponsesRequest(body: JsonObject, address: Address): ModelRequest;
export {};
