import type { ProcessInstance } from './instance.ts';
/** A `start-at`: a time after the start of the run, or a time of day. */
export type StartAt = NonNullable<ProcessInstance['startAt']>;
/** A time of day that was reached no longer ago than this is one that a late start has missed: it is now, not tomorrow. */
export declare const missedMs = 3600000;
/**
 * When `start-at` lets an instance start, epoch milliseconds. A time of day is that of the time zone (an IANA name); one that had passed more than an
 * hour before the run started is tomorrow's.
 */
export declare function startTimeOf(startAt: StartAt, runStartedAt: number, timeZone: string): number;
/** `22:00 (Europe/Berlin)`, `30m after the start of the run`. */
export declare function describeStartAt(startAt: StartAt, timeZone: string, formatMs: (ms: number) => string): string;
