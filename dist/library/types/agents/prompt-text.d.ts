import type { Task } from '../core/task.ts';
/**
 * The prompt of a task as text: where its beginning could make an option or a command of the CLI of it, a character without a width stands before
 * that.
 */
export declare function promptText({ action }: Task, commands?: RegExp): string;
