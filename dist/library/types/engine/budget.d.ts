import type { BudgetCrossed, EarlierSpending } from '../core/earlier-spending.ts';
import type { Budget } from '../core/instance.ts';
import { type Accounting } from '../core/usage.ts';
import { type Amount, type Flight, type Node, type Reserve, type Scope } from './node.ts';
import type { Progress } from './progress.ts';
/** A budget of which nothing is spent; `id` null is the run's. */
export declare function createScope(id: string | null, budget: Budget): Scope;
/** The flight of an attempt that does not run. */
export declare const grounded: Flight;
/** The budgets a node spends from: its own, those of the groups around it, the run's. */
export declare function scopesOf(progress: Progress, node: Node): Scope[];
/** Sets aside what an attempt that starts is expected to need. */
export declare function reserveFor(progress: Progress, node: Node): void;
/** Books what a running attempt has spent by now; `accounting` is cumulative for the attempt. */
export declare function charge(progress: Progress, node: Node, accounting: Accounting): void;
/** Takes in what others have spent by now of the run's budget of a day or week. */
export declare function carry(progress: Progress, earlier: EarlierSpending): void;
/** Books the last figures of an attempt and gives back what was set aside for it. */
export declare function chargeEnd(progress: Progress, node: Node, accounting: Accounting, isTypical: boolean): void;
/** Whom a part of the budget was kept for has ended: the others may have what is left of it. */
export declare function releaseReserve(progress: Progress, node: Node): void;
/** Keeps aside what the plan reserves for a node, less what it, or all that is in it, has spent of it. */
export declare function holdReserve(progress: Progress, node: Node): void;
/** What is kept for a node, by its own name or by that of a group around it. */
export declare function reserveOf(node: Node): Reserve | undefined;
/** Whether a budget lets a node start: at once, after something in flight has ended, or not at all. */
export declare function admission(progress: Progress, node: Node, scope: Scope): 'now' | 'later' | 'never';
/** The first budget that is used up for a node. */
export declare function exhaustedScope(progress: Progress, node: Node): Scope | undefined;
/** The first budget whose attempts in flight a node has to wait for. */
export declare function awaitedScope(progress: Progress, node: Node): Scope | undefined;
/** What a node that is not named in `reserve` may use of a budget. */
export declare function limitOf(scope: Scope, unit: keyof Amount): number;
/** Remembers that a crossing was recorded. */
export declare function applyCrossing(progress: Progress, event: BudgetCrossed): void;
/** What is left of a node's own budget for its next attempt: it holds for all of its attempts together. */
export declare function remainingBudget({ definition, scope }: Node): Budget | undefined;
