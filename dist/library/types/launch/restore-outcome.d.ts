import type { OutcomeCache } from '../core/outcome-cache.ts';
import type { Task } from '../core/task.ts';
import { type AttemptContext } from './prepare-attempt.ts';
import { type Stopping } from './stopping.ts';
/**
 * Tells the outcome that an earlier run had of this task, and that nothing has to be started for it. Answers whether there is one; where not, the
 * cache says why, and the attempt is made.
 */
export declare function restoreOutcome(task: Task, cache: OutcomeCache, stopping: Stopping, context: AttemptContext): Promise<boolean>;
