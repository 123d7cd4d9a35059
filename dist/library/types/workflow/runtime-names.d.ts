import type { DefaultsEntry } from './schema.ts';
/** Agents that `defaults` can have keys for. */
export declare const runtimeNames: readonly ['claude', 'codex', 'gemini', 'opencode', 'qwen', 'copilot', 'pi'];
/** A map of `defaults` with those it has for single runtimes. */
export declare function allDefaults(values: DefaultsEntry): DefaultsEntry[];
/** What `defaults` say of one runtime. */
export declare function defaultsOf(values: DefaultsEntry, runtime: string): DefaultsEntry | undefined;
