import { type RuntimeFacts } from '../core/runtime.ts';
import type { Compiling } from './compiling.ts';
import type { Draft } from './draft.ts';
import type { Plain } from './origins.ts';
import type { AgentEntry } from './schema.ts';
import { type Settings } from './settings.ts';
/** An entry of `agents:` with its name. */
export interface NamedAgent {
    readonly name: string;
    readonly entry: AgentEntry;
}
/** Whether an entry asks a model (or is to be asked, where its kind is broken). */
export declare function isPrompt(draft: Draft): boolean;
/** The agent of an instance: named by `agent`, wanted by `requires`, or of `defaults`; undefined where there is none. */
export declare function chooseAgent(draft: Draft, compiling: Compiling): NamedAgent | undefined;
/** The name when there is such an agent; else reports it. */
export declare function findAgent(name: string, owner: Plain, key: string, { file, diagnostics }: Compiling): string | undefined;
/** The runtime of an instance, with its facts; undefined when it is unknown or does not fit, which is reported. */
export declare function chooseRuntime(draft: Draft, settings: Settings, compiling: Compiling): RuntimeFacts | undefined;
