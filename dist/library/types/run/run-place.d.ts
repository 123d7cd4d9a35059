import { RefusalError } from '../core/refusal.ts';
import { type RunDirectory } from '../journal/run-directory.ts';
import { type Hold } from '../process/hold.ts';
import type { RunOptions } from './run-options.ts';
/** The run has no place to keep its record. */
export declare class RunDirectoryError extends RefusalError {
    readonly name = "RunDirectoryError";
    constructor(why: string);
}
/** A run directory that nobody else works in. */
export interface RunPlace {
    readonly directory: RunDirectory;
    readonly hold: Hold;
}
/** The folder that the runs of a repository share. */
export declare function rootOf({ workspace, root }: Pick<RunOptions, 'workspace' | 'root'>): string;
/**
 * Makes the directory of a run, or takes that of one which goes on. What collects has the same id whenever it collects the same, also at the same time
 * as another one: then its directory has another name. Throws RunDirectoryError.
 */
export declare function openRunPlace(options: RunOptions, startedAt: Date, createRunId: () => string): RunPlace;
/** What the file system has against a run directory is the user's to solve. */
export declare function orRefuse<T>(make: () => T): T;
