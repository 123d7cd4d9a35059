import type { Task } from '../core/task.ts';
import type { AttemptDirectory, Parser } from './agent.ts';
/** Reads the JSON lines of `codex exec --json`; what they leave out is in the session files below `codexHome`. */
export declare function codexParser(task: Task, directory: AttemptDirectory, codexHome: string): Parser;
