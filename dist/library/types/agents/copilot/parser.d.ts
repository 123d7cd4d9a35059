import type { Task } from '../../core/task.ts';
import type { AttemptDirectory, Earlier, Parser } from '../agent.ts';
/**
 * Reads the JSON lines of the Copilot CLI, which say what it does; what it used stands in the events of its session, a record for each request, in
 * `sessions`.
 */
export declare function copilotParser(task: Task, directory: AttemptDirectory, sessions: string, earlier?: Earlier): Parser;
