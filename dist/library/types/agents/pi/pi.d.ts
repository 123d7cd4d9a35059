import type { Agent } from '../agent.ts';
/** The coding agent pi, driven by `pi -p --mode json`. */
export declare const pi: Agent;
