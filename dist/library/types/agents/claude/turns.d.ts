import type { Turn } from '../agent.ts';
/** A line of a session file of Claude Code: what is neither said nor done (snapshots of prompts, requests, costs) says nothing. */
export declare function claudeTurns(line: string): readonly Turn[];
