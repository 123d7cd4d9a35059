import type { Reply } from '../../simulate/reply.ts';
import type { CountedApi } from './count-usage.ts';
/** What a model said and which tools it called, as a rule of the simulation has it. */
export type RecordedReply = Pick<Reply, 'tools'> & {
    readonly text: string;
};
/** Reads a whole answer; undefined where it is none of the API's. */
export declare function readReply(api: CountedApi, body: string): RecordedReply | undefined;
/** The message of an error, by any of the APIs. */
export declare function readErrorMessage(body: string): string;
