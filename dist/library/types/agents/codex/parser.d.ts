import type { Task } from '../../core/task.ts';
import type { AttemptDirectory, Earlier, Parser } from '../agent.ts';
/**
 * Reads the JSON lines of `codex exec --json`; what they leave out is in the session files below `codexHome`. Both count a resumed thread from
 * its beginning.
 */
export declare function codexParser(task: Task, directory: AttemptDirectory, codexHome: string, earlier?: Earlier): Parser;
