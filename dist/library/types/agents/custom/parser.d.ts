import type { CustomRuntime } from '../../core/custom-runtime.ts';
import type { Task } from '../../core/task.ts';
import type { AttemptDirectory, Parser } from '../agent.ts';
/** Reads a declared CLI: its tool calls line by line where it prints lines, all else when it has ended. */
export declare function customParser(task: Task, directory: AttemptDirectory, { parse }: CustomRuntime): Parser;
