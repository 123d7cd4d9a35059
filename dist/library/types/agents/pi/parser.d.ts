import type { Task } from '../../core/task.ts';
import type { AttemptDirectory, Earlier, Parser } from '../agent.ts';
/** Reads pi's JSON events: the end of each message of the model has its usage, which later lines repeat. */
export declare function piParser(task: Task, directory: AttemptDirectory, earlier?: Earlier): Parser;
