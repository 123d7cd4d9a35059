import { type Decision } from './decision.ts';
import type { Node } from './node.ts';
/** Decides what an attempt that ended means for its instance: its end, another attempt, or a fallback. */
export declare function judgeAttempt(decision: Decision, node: Node): void;
