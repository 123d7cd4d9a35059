import type { JsonObject } from '../../core/json.ts';
import { type Usage } from '../../core/usage.ts';
import type { ContinuedSession } from '../agent.ts';
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
    /** What the session that is taken up had used by then: Codex counts a thread, and a fork of it, from its beginning. */
    readonly before: Usage;
    /** How many threads there are: agents that Codex starts of its own have one each. */
    readonly threads: number;
    /** A request was answered whose tokens its server did not count. */
    readonly uncounted: boolean;
    /** The first thread's turn is complete and its last word was none: what was said before a tool call is no answer. */
    readonly endedWithoutAnswer: boolean;
}
/**
 * The rollouts below `$CODEX_HOME/sessions`, read as they grow. The home belongs to one attempt, so all of them are its own, but for what stands in those
 * of a session that it takes up.
 */
export declare function openCodexRollouts(codexHome: string, continued?: ContinuedSession): CodexRollouts;
/**
 * Codex's counters in our terms: its input includes what was read from and written to the cache, its output the reasoning.
 */
export declare function codexUsage(usage: JsonObject): Usage;
