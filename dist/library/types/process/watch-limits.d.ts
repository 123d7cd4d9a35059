import type { ProcessLimits } from '../core/instance.ts';
import type { Termination } from './spawn.ts';
/** Watches what a process tree uses. */
export interface LimitWatch {
    stop(): void;
}
/** The limits that this system cannot enforce (see docs/limits.md), so that a user can be told: none is silently dropped. */
export declare function unenforceableLimits(limits: ProcessLimits): (keyof ProcessLimits)[];
/**
 * Looks ten times a second at a process and all that carry its mark and calls `terminate` once when they are over a limit together. Memory and
 * number of processes are ended at once, without a grace: a tree that is taking the machine down would use it to go on.
 */
export declare function watchLimits({ pid, mark }: {
    readonly pid: number;
    readonly mark: string;
}, limits: ProcessLimits, terminate: (why: Termination, how: 'term' | 'kill') => void): LimitWatch | undefined;
/** A size as messages tell it. */
export declare function mebibytes(bytes: number): string;
