import type { StopCause } from '../core/failure.ts';
import type { Task } from '../core/task.ts';
import type { Exit } from '../process/spawn.ts';
import type { Conclusion } from '../agents/agent.ts';
import type { AttemptContext, Prepared, PreparedProcess } from './prepare-attempt.ts';
/** The processes of one attempt: one that does the work, and sometimes one that is asked to repair its answer. */
export interface Processes {
    readonly ended: Promise<Ended>;
    /** Stops the one that runs; no other is started. */
    stop(cause: StopCause, how: 'term' | 'kill'): void;
}
/** What an attempt's processes came to; `exit` and `files` are those of the last one, its duration counts from the start of the first. */
export interface Ended {
    readonly exit: Exit;
    readonly files: PreparedProcess['files'];
    readonly conclusion: Conclusion;
}
/** Starts what was prepared; `mark` is what all its processes carry. */
export declare function startProcesses(prepared: Prepared, task: Task, mark: string, context: AttemptContext): Processes;
