import type { Agent } from '../agent.ts';
/** Gemini CLI, driven by `gemini` in a pipe with its stream-json output. */
export declare const gemini: Agent;
