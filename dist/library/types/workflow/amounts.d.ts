import type { Budget, ProcessLimits, RetryPolicy } from '../core/instance.ts';
import type { BudgetEntry, DefaultsEntry, RetryEntry } from './schema.ts';
/** Milliseconds of a duration such as `1h30m`; its form has been validated. */
export declare function durationMs(text: string): number;
/** Milliseconds of `12h`, `7d` or `2w`; its form has been validated. */
export declare function ageMs(text: string): number;
/** Bytes of an amount such as `2GB` or `512MiB`; its form has been validated. */
export declare function byteCount(text: string): number;
/** Milliseconds of a number of minutes. */
export declare function minutesMs(minutes: number): number;
/** A budget with its defaults; undefined where neither tokens nor dollars are limited. */
export declare function readBudget(entry: BudgetEntry & {
    readonly per?: 'run' | 'day' | 'week';
}): Budget | undefined;
/**
 * The retry policy of an instance. A number counts retries and covers every class of failure; without `retry` there are
 * two retries after what says nothing about the work itself.
 */
export declare function readRetry(entry: RetryEntry | undefined): RetryPolicy;
/** The limits of a process tree. */
export declare function readLimits(limits: DefaultsEntry['limits']): ProcessLimits;
