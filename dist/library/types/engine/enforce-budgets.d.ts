import { type Decision } from './decision.ts';
import type { Scope } from './node.ts';
/** Records thresholds and limits that spending has crossed, and stops what a used-up budget is to stop. */
export declare function enforceBudgets(decision: Decision): void;
/** How a budget that was crossed stands at the end: what it was exceeded by had been in flight. */
export declare function reportOvershoot(decision: Decision): void;
/** `the budget of the run`. */
export declare function nameOf(scope: Scope): string;
/** Why a used-up budget keeps a node from starting. */
export declare function explainExhaustion(scope: Scope): string;
