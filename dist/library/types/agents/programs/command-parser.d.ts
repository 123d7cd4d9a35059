import type { Task } from '../../core/task.ts';
import type { AttemptDirectory, Parser } from '../agent.ts';
/** The parser of plain programs: no line is looked at while they run; their answer is their standard output. */
export declare function commandParser(task: Task, directory: AttemptDirectory): Parser;
