import { type Birth } from './newcomers.ts';
/**
 * Whose a process is that carries no mark: left behind by the program that is asked about (`ours`), by that or by another that still runs
 * (`unsure`), or nobody's of ours (`stranger`).
 */
export type Kinship = 'ours' | 'unsure' | 'stranger';
/**
 * Kills every process that carries the mark or one below it (a run's mark finds all its attempts) and resolves, once none is
 * left, with how many there were. Linux reads the marks from /proc; elsewhere there is nothing to read them from
 * and the answer is 0 (see docs/limits.md). A process that replaced its whole environment is not found,
 * but in a control group, which goes as well.
 */
export declare function sweepMarked(mark: string): Promise<number>;
/**
 * As `sweepMarked` for what was born since then; in a short run that spares reading all of /proc. Looks again until there is none that is marked,
 * and none that is new and unmarked: it may have been marked, and have started another before it ended, which had not been listed yet. One that
 * has no mark is killed as well when `kinshipOf` knows it for ours.
 */
export declare function sweepMarkedSince(birth: Birth, mark: string, kinshipOf?: (pid: number) => Kinship): Promise<number>;
/** Sends a signal; a process (or with a negative id a group) that is gone or not ours is no error. True when it was there. */
export declare function signalProcess(pid: number, signal: NodeJS.Signals | 0): boolean;
