import type { JsonObject } from '../../core/json.ts';
import { type Accounting, type Usage } from '../../core/usage.ts';
/** Keeps the account of one `claude -p` process from its stream, on top of an earlier one's. */
export interface ClaudeAccounting {
    /** An `assistant` line: one per content block, all of one message with the same usage. True when it told something new. */
    onAssistant(line: JsonObject): boolean;
    /** A `result` line; there may be several. */
    onResult(line: JsonObject): void;
    /** A request broke off midway and was made again: what it cost is in no report. */
    onBrokenRequest(): void;
    /** True once a `result` line was seen. */
    readonly reported: boolean;
    /** What is known now, with what was spent earlier: exact after a result line, a lower bound before. */
    current(): Accounting;
}
/**
 * Usage is the sum over all `result` lines of `model_usage_since_last_result`: the only figures that hold with subagents,
 * resumed sessions and broken streams alike. Versions without that field (2.1.197) have per-run figures in `modelUsage`.
 * A resumed process's `modelUsage` is that of the session, its `model_usage_since_last_result` its own.
 * Until the first result, the `assistant` lines give a lower bound: their output tokens are those of the message's beginning.
 */
export declare function createClaudeAccounting(earlier?: Accounting): ClaudeAccounting;
/** The usage of one message of the Messages API. */
export declare function messageUsage(usage: JsonObject): Usage;
