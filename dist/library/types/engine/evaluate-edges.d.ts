import { type Decision } from './decision.ts';
/** Decides the edges whose `when` is an expression and whose upstream has ended. */
export declare function evaluateEdges(decision: Decision): void;
