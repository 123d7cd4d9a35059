import type { Turn } from '../agent.ts';
/** A line of a session's events: of the same form as those that the Copilot CLI prints. */
export declare function copilotTurns(line: string): readonly Turn[];
