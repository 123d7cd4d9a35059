import type { ProcessInstance } from '../core/instance.ts';
/** When `start-at` lets an instance start, epoch milliseconds; a time of day that was over when the run began is tomorrow's. */
export declare function startTimeOf(startAt: NonNullable<ProcessInstance['startAt']>, runStartedAt: number): number;
