import type { Task } from '../../core/task.ts';
import type { AttemptDirectory, Earlier, Parser } from '../agent.ts';
/** Reads the stream-json output of `claude -p`. `configDirectory` holds the transcript of a process that was killed, and of the one before it. */
export declare function claudeParser(task: Task, directory: AttemptDirectory, configDirectory: string, earlier?: Earlier): Parser;
