import type { Agent } from '../agent.ts';
/** Codex, driven by `codex exec --json`. */
export declare const codex: Agent;
