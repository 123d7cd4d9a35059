import type { Changes } from '../core/changes.ts';
import type { Task } from '../core/task.ts';
import { type HunkSides } from '../findings/diff-lines.ts';
/** What a run is about: the whole change, and what agents that read changes are given of it. */
export interface ReviewedChanges {
    readonly changes?: Changes;
    readonly since?: {
        readonly changes: Changes;
    };
}
/** What a change did to the file of a path, before or after it; undefined where it did nothing. */
export type HunksOf = (path: string) => FileHunks | undefined;
/** A file that was changed, by its path after that. */
export interface FileHunks {
    readonly path: string;
    readonly isGone: boolean;
    readonly hunks: readonly HunkSides[];
}
/** Where findings are held against a change; neither is there where no diff is. */
export interface ChangedHunks {
    /** The whole change. */
    readonly ofPull?: HunksOf;
    /** What the task was given, where that is not the whole. */
    readonly ofTask?: HunksOf;
}
/** Finds what findings of a task are held against. */
export type ReadChangedHunks = (reviewed: ReviewedChanges | undefined, task: Pick<Task, 'changes'>) => ChangedHunks;
/** Reads the diffs of a run, the parts of those files alone that are asked for; which part is whose is found out once for all its tasks. */
export declare function createChangedHunks(runDirectory: string): ReadChangedHunks;
