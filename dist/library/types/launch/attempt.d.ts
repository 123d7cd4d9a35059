import type { Task } from '../core/task.ts';
import { type AttemptContext } from './prepare-attempt.ts';
import { type Stopping } from './stopping.ts';
/** Starts a task and sees it to its end, which its `attempt.ended` tells; `number` is unique among the attempts of the run. */
export declare function runAttempt(task: Task, number: number, stopping: Stopping, context: AttemptContext): Promise<void>;
