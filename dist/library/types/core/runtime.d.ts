import type { WarningKind } from './expectation.ts';
/** Instance keys that not every runtime has a spelling for. */
export declare const runtimeKeys: readonly ['model', 'args', 'max-turns', 'allowed-tools', 'disallowed-tools', 'instructions', 'mcp', 'output-schema', 'budget.cost-usd', 'expect.denials', 'safety', 'permissions', 'credentials', 'transcript'];
/** One of these keys. */
export type RuntimeKey = (typeof runtimeKeys)[number];
/** The tiers of `safety`, the freest first. */
export declare const safetyTiers: readonly ['autonomous', 'supervised', 'read-only', 'manual'];
/** What validation needs to know of a runtime without knowing its adapter. */
export interface RuntimeFacts {
    readonly name: string;
    /** `agent` calls a model and counts in the agents' pool; `command` is a plain program. */
    readonly kind: 'agent' | 'command';
    /** Keys it can honour; any other of `RuntimeKey` on its instance is a diagnostic, never silently dropped. */
    readonly supports: ReadonlySet<RuntimeKey>;
    /** Tiers of `safety` it can keep to; any other is a diagnostic. Absent: all that the language has. */
    readonly safety?: ReadonlySet<string>;
    /** Its agents can leave what several of them begin with at the provider, and say when it is there. */
    readonly sharesPrefix?: true;
    /** It can take up the session of another attempt (`session`). */
    readonly continues?: true;
    /** Warnings that its agents tell, or fail for by themselves; absent: none. */
    readonly tells?: ReadonlySet<WarningKind>;
    /** False for a runtime the language knows but this version has no adapter for. */
    readonly available: boolean;
}
/** The runtime of an instance that names none: the first of its kind. */
export declare function defaultRuntime(runtimes: ReadonlyMap<string, RuntimeFacts>, kind: RuntimeFacts['kind']): RuntimeFacts | undefined;
