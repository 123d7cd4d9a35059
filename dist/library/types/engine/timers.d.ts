import { type Decision } from './decision.ts';
/** Acts on all that is due. */
export declare function fireTimers(decision: Decision): void;
/** Asks to be woken for the next thing that becomes due, unless a wake as early is out already. */
export declare function wakeNext({ progress, now, commands }: Decision): void;
