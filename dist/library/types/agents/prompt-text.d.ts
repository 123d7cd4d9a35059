import type { Task } from '../core/task.ts';
/**
 * The prompt of a task as text: where its beginning could make an option or a command of the CLI of it, a character without a width stands before
 * that.
 */
export declare function promptText({ action }: Pick<Task, 'action'>, commands?: RegExp): string;
/** The prompt for a CLI that has no option for the schema of its answer: the schema stands at its end. */
export declare function promptWithSchema(task: Pick<Task, 'action' | 'outputSchema'>): string;
