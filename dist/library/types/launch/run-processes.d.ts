import type { Task } from '../core/task.ts';
import type { Exit } from '../process/spawn.ts';
import type { Conclusion } from '../agents/agent.ts';
import type { AttemptContext, Prepared, PreparedProcess } from './prepare-attempt.ts';
import { type Stopping } from './stopping.ts';
/** What an attempt's processes came to; `exit` and `files` are those of the last one, its duration counts from the start of the first. */
export interface Ended {
    readonly exit: Exit;
    readonly files: PreparedProcess['files'];
    readonly conclusion: Conclusion;
}
/**
 * Runs the processes of one attempt to their end: one that does the work, and sometimes one that was asked to repair its answer. `mark` is what
 * they all carry. The one that runs is stopped when `stopping` says so, and no other is started.
 */
export declare function runProcesses(prepared: Prepared, task: Task, mark: string, stopping: Stopping, context: AttemptContext): Promise<Ended>;
