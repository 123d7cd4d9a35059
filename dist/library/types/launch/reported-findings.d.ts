import type { Finding } from '../core/finding.ts';
import type { Failure } from '../core/failure.ts';
import type { Json } from '../core/json.ts';
import type { Task } from '../core/task.ts';
import type { ReadChangedHunks, ReviewedChanges } from './changed-hunks.ts';
/** What an attempt reported. */
export interface ReportedFindings {
    readonly findings?: readonly Finding[];
    /** Set when its output is no report at all: that nothing was found is then not known. */
    readonly failure?: Failure;
    /** What is said about entries that could not be read. */
    readonly remarks: readonly string[];
}
/** Where an attempt worked, and on what. */
export interface ReporterWork {
    /** The root of the repository, or of its worktree, and the directory below it that the attempt ran in. */
    readonly root: string;
    readonly cwd: string;
    readonly changedHunks: ReadChangedHunks;
    /** What changed, where the run knows. */
    readonly reviewed?: ReviewedChanges | undefined;
}
/**
 * Reads the findings of an attempt, and holds their lines against the files where it worked, and against what the change removed; nothing where its
 * definition reports none or it gave no answer.
 */
export declare function reportedFindings(task: Task, json: Json, work: ReporterWork): Promise<ReportedFindings>;
