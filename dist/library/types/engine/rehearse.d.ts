import type { Plan } from '../core/plan.ts';
import { type EngineOptions, type Progress } from './progress.ts';
/**
 * Runs the plan in thought with the durations of earlier runs: forwards by the longest way to the end, then backwards from the order of its
 * ends, which says how far from the end each node starts when slots are short too. That is the better measure of the way where
 * running forwards by it takes less time; small plans are tried again with these figures a little disturbed. Knows the limits of the
 * pools, not those of groups, providers and budgets.
 */
export declare function rehearse(progress: Progress): void;
/**
 * Tells how long a plan takes, in milliseconds, when its nodes take these by id: what is not named takes none. By the plan's edges and the limits
 * of the pools alone.
 */
export declare function createMakespan(plan: Plan, options: EngineOptions): (durations: ReadonlyMap<string, number>) => number;
