import type { StopCause } from '../core/failure.ts';
import type { Task } from '../core/task.ts';
import { type AttemptContext } from './prepare-attempt.ts';
/** One attempt under way. */
export interface Attempt {
    /** Settles after its `attempt.ended` was emitted. */
    readonly ended: Promise<void>;
    stop(cause: StopCause, how: 'term' | 'kill'): void;
}
/** Starts a task and sees it to its end; `number` is unique among the attempts of the run. */
export declare function startAttempt(task: Task, number: number, context: AttemptContext): Attempt;
