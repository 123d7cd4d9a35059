import type { Agent } from '../agent.ts';
/** Runs `run` as JavaScript (CommonJS or a module, as Node detects it) and `command` as `node` with these arguments. */
export declare const node: Agent;
