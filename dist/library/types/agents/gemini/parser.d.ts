import type { Task } from '../../core/task.ts';
import type { AttemptDirectory, Parser } from '../agent.ts';
/** Reads the stream-json output of Gemini CLI: its only account is that of its last line. */
export declare function geminiParser(task: Task, directory: AttemptDirectory): Parser;
