/**
 * Which processes may have been born since a child was started, without reading all of /proc: the kernel hands out process
 * ids upwards and tells the newest in `/proc/loadavg`, so the candidates are the ids between the child's and that one.
 * A program that never forked (most short commands) leaves no candidate at all and costs one read of some 5 µs.
 *
 * Sound as long as the ids have not wrapped around in between. Readings are counted as one epoch while they follow each other
 * within half a second, too short for a wrap to pass unseen; over a gap, a wrap or a suspicious reading (an emulated
 * /proc/loadavg) the candidates are all processes there are.
 */
export interface Birth {
    /** Descendants have greater ids than this. */
    readonly pid: number;
    readonly epoch: number;
}
/** A birth before all others. */
export declare const longAgo: Birth;
/** Call right after starting a child; or, for a process that is there already, right before it becomes the child (`earlier`). */
export declare function noteBirth(pid: number, process?: 'new' | 'earlier'): Birth;
/**
 * Processes that may be descendants of the child, beside those that were there before it. Each is to be looked at before the next is asked for:
 * they come upwards by their ids, until no more have been handed out meanwhile, so that a process which starts another and ends is followed
 * to the one that is there. None at all means that there is none. What is not there is looked at again by every child that may be its ancestor: an
 * id is handed out a moment before its process can be seen.
 */
export declare function newcomersSince(birth: Birth): Generator<number, void>;
/** Announces a birth; call the answer as soon as it is noted, or will never be. */
export declare function expectBirth(): () => void;
/** Resolves once the births announced so far are noted: what is looked for before would take those for newcomers. Undefined when there is none. */
export declare function birthsNoted(): Promise<unknown> | undefined;
/** Remembers that a process has nothing to do with any child of ours: within an epoch no other gets its id. */
export declare function noteStranger(pid: number): void;
