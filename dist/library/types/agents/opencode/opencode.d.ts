import type { Agent } from '../agent.ts';
/** OpenCode, driven by `opencode run --format json`. */
export declare const opencode: Agent;
