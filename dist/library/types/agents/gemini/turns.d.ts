import type { Turn } from '../agent.ts';
/** The lines of a chat of Gemini CLI: a message is written anew, by the same id, when its tools have run. */
export declare function geminiTurns(): (line: string) => readonly Turn[];
