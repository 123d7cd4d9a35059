import type { Finding } from '../core/finding.ts';
import type { Failure } from '../core/failure.ts';
import type { Json } from '../core/json.ts';
import type { Task } from '../core/task.ts';
/** What an attempt reported. */
export interface ReportedFindings {
    readonly findings?: readonly Finding[];
    /** Set when its output is no report at all: that nothing was found is then not known. */
    readonly failure?: Failure;
    /** What is said about entries that could not be read. */
    readonly remarks: readonly string[];
}
/**
 * Reads the findings of an attempt that ran in `cwd` below `root`, and holds their lines against the files there; nothing where its definition reports
 * none or it gave no answer.
 */
export declare function reportedFindings(task: Task, json: Json, root: string, cwd: string): Promise<ReportedFindings>;
