import type { Agent } from '../agent.ts';
/** Qwen Code, driven by `qwen` in a pipe with its stream-json output. */
export declare const qwen: Agent;
