import type { Task } from '../../core/task.ts';
import type { AttemptDirectory, Earlier, Parser } from '../agent.ts';
/** Reads the JSON events of `opencode run`: each step of its model ends with its usage, and no line ends the whole. */
export declare function opencodeParser(task: Task, directory: AttemptDirectory, earlier?: Earlier): Parser;
