import { type Decision } from './decision.ts';
import type { Scope } from './node.ts';
import type { Progress } from './progress.ts';
/** Records thresholds and limits that spending has crossed, and stops what a used-up budget is to stop. */
export declare function enforceBudgets(decision: Decision): void;
/** How a budget that was crossed stands at the end: unless it only warns, what it was exceeded by had been in flight. */
export declare function reportOvershoot(decision: Decision): void;
/** Why an instance may spend nothing more, be it for an answer that is to be repaired; undefined when it may. */
export declare function explainExhausted(progress: Progress, id: string): string | undefined;
/** `the budget of the run`, `the budget per day`. */
export declare function nameOf({ id, shard, budget }: Scope): string;
/** Why a used-up budget keeps a node from starting. */
export declare function explainExhaustion(scope: Scope): string;
