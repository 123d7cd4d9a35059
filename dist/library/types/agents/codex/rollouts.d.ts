import type { JsonObject } from '../../core/json.ts';
import { type Usage } from '../../core/usage.ts';
/** The session files that Codex writes beside its stream: the only place that names the model, and the usage of a killed turn. */
export interface CodexRollouts {
    /** Reads what was added since the last call. */
    refresh(): void;
    /** Of the first thread. */
    readonly model: string | null;
    /** What each model was asked. */
    readonly models: ReadonlyMap<string, Usage>;
    /** Total of all threads so far; undefined before the first answer. */
    readonly usage: Usage | undefined;
    /** How many threads there are: agents that Codex starts of its own have one each. */
    readonly threads: number;
    /** A request was answered whose tokens its server did not count. */
    readonly uncounted: boolean;
    /** The first thread's turn is complete and its last word was none: what was said before a tool call is no answer. */
    readonly endedWithoutAnswer: boolean;
}
/** The rollouts below `$CODEX_HOME/sessions`, read as they grow. The home belongs to one attempt, so all of them are its own. */
export declare function openCodexRollouts(codexHome: string): CodexRollouts;
/**
 * Codex's counters in our terms: its input includes what was read from and written to the cache, its output the reasoning.
 */
export declare function codexUsage(usage: JsonObject): Usage;
