import type { RuntimeFacts } from '../core/runtime.ts';
import type { Agent } from './agent.ts';
/** The runtimes that have an adapter. */
export declare const builtinAgents: readonly Agent[];
/** What validation needs to know of every runtime, by name. */
export declare function runtimeFacts(): ReadonlyMap<string, RuntimeFacts>;
