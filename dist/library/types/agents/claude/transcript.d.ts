import { type Accounting } from '../../core/usage.ts';
/**
 * What a process that was killed before its `result` line had consumed, from the transcripts in its own configuration directory:
 * each message once, by its id, with the last usage written for it. Undefined when there is none; always partial,
 * since the request under way is not in it.
 */
export declare function readClaudeTranscript(configDirectory: string): Accounting | undefined;
