import type { Agent } from '../agent.ts';
/** Runs scripts by a shell and argv lists by none. */
export declare const shell: Agent;
