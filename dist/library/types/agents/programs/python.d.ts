import type { Agent } from '../agent.ts';
/** Runs `run` as Python 3 and `command` as `python3` with these arguments. */
export declare const python: Agent;
