import type { RunState } from '../core/run-state.ts';
/**
 * How long each instance took when it last succeeded, in milliseconds by id: the scheduler starts the longest remaining
 * path first. A missing or broken file is an empty history.
 */
export declare function readDurations(root: string, runName: string): ReadonlyMap<string, number>;
/**
 * Remembers the durations of the instances that succeeded; keeps those of other runs. Never throws: history is a hint, a run that
 * cannot leave one (a full disk, a `.orchestrator` that is a file) is no worse for it.
 */
export declare function writeDurations(root: string, runName: string, state: RunState): void;
