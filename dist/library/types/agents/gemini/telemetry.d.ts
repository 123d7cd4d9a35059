import type { AttemptDirectory } from '../agent.ts';
/** Where the CLI keeps its own telemetry for us. It goes with the attempt's home. */
export declare const telemetryFile: ({ home }: AttemptDirectory) => string;
/** What the stream of the CLI hides about its requests. */
export interface GeminiRequests {
    /** Whether one broke off after it had been taken, and was asked for again without a word, or its answer told nothing of its tokens. */
    readonly lost: boolean;
    /** Whether the last answer to the user came to the limit of its length. */
    readonly cutOff: boolean;
}
/** Reads the telemetry; undefined where there is none, or more than can be read. */
export declare function readRequests(directory: AttemptDirectory): GeminiRequests | undefined;
