import type { Turn } from '../agent.ts';
/** A line of a rollout of Codex: the items of the conversation, without what Codex adds to it. */
export declare function codexTurns(line: string): readonly Turn[];
