import type { CustomRuntime } from '../core/custom-runtime.ts';
import type { ProcessDefinition } from '../core/instance.ts';
import type { RuntimeFacts } from '../core/runtime.ts';
import type { SimulatedModel } from '../simulate/model-api.ts';
import type { Agent } from './agent.ts';
/** The runtimes that have an adapter; the first of each kind is the one of instances that name none. */
export declare const builtinAgents: readonly Agent[];
/** The runtimes that a file declares. What they need is loaded where there are any. */
export declare function customAgents(runtimes: Readonly<Record<string, CustomRuntime>>): Promise<Agent[]>;
/** The account that a process asks and that its provider may throttle: where the CLI cannot tell, its own name. */
export declare function providerName(definition: ProcessDefinition, environment: Readonly<Record<string, string | undefined>>): string;
/** How `--simulate` plays the models of all agents. */
export declare function simulatedModels(): Promise<SimulatedModel[]>;
/** What validation needs to know of every runtime, by name. */
export declare function runtimeFacts(): ReadonlyMap<string, RuntimeFacts>;
