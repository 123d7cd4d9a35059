import type { Json, JsonObject } from '../core/json.ts';
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
    /**
     * What its sender marked for the cache, with all that stands before it: a name for these very bytes, and how many characters of the conversation
     * they are. The breakpoints that a CLI sets for itself are not it.
     */
    readonly marked?: {
        readonly name: string;
        readonly size: number;
    };
    /** The CLI asks for itself, not for its user: which model to take, what to call the session. No rule answers that. */
    readonly own?: true;
}
/** Whose request it is, and which one. */
export type Address = Pick<ModelRequest, 'instance' | 'attempt' | 'number'>;
/** Recognises the blocks that a CLI adds to what the user says: reminders, attribution, the working directory. */
export type OwnBlock = RegExp;
/** The objects in a list. */
export declare const objectsOf: (value: Json | undefined) => readonly JsonObject[];
/** A text, empty where there is none. */
export declare const textOf: (value: Json | undefined) => string;
/** The text of a message's content, which is a string or a list of blocks; those that `isOwn` knows as the CLI's are left out. */
export declare const contentText: (content: Json | undefined, isOwn: OwnBlock) => string;
/** Characters of what is not text in a message: tool calls and results, as JSON. */
export declare const otherSize: (content: Json | undefined) => number;
/** The parts of a conversation, system and developer messages left out. */
export declare const spoken: (messages: readonly JsonObject[]) => readonly JsonObject[];
/** What the user said. */
export declare const promptOf: (messages: readonly JsonObject[], isOwn: OwnBlock) => string;
