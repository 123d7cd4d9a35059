import type { JsonObject } from '../../core/json.ts';
import { type Accounting, type ModelUsage } from '../../core/usage.ts';
/** Keeps the account of one `claude -p` process from its stream and its transcripts, on top of an earlier one's. */
export interface ClaudeAccounting {
    /** An `assistant` line: one per content block, all of one message with the same usage. True when it told something new. */
    onAssistant(line: JsonObject): boolean;
    /** A message as the transcript has it, with its final usage. True when it told something new. */
    onTranscript(message: JsonObject): boolean;
    /** A message of before this process: a fork writes it down once more. */
    passOver(message: JsonObject): void;
    /** A `result` line; there may be several. */
    onResult(line: JsonObject): void;
    /** What a request cost is in no report: it broke off midway and was made again, or it was under way when the process was ended. */
    onLostRequest(): void;
    /** What each model was asked by this process, once a `result` line was seen. */
    readonly models: ReadonlyMap<string, ModelUsage>;
    /** True once a `result` line was seen. */
    readonly reported: boolean;
    /** Messages of a model that were seen; none means that none was asked. */
    readonly messages: number;
    /** What is known now, with what was spent earlier: exact after a result line, a lower bound before. */
    current(): Accounting;
}
/**
 * Usage is the sum over all `result` lines of `model_usage_since_last_result`: the only figures that hold with subagents,
 * resumed sessions and broken streams alike. Versions without that field (2.1.197) have per-run figures in `modelUsage`, which leave out
 * requests: theirs are lower bounds. A resumed process's `modelUsage` is that of the session, its `model_usage_since_last_result` its own.
 * Until the first result, the messages give a lower bound: in the stream their output tokens are those of the beginning, in the transcript
 * those of the end. A message without any tokens is one that its server did not count.
 */
export declare function createClaudeAccounting(earlier?: Accounting): ClaudeAccounting;
