import type { Agent } from '../agent.ts';
/** GitHub Copilot CLI, driven by `copilot` in a pipe with its JSON lines. */
export declare const copilot: Agent;
