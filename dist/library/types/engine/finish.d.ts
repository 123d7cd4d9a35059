import { type Decision } from './decision.ts';
/** Records the end of the run when everything in it has ended. */
export declare function finishRun(decision: Decision): void;
