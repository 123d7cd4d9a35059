import type { Task } from '../../core/task.ts';
import type { AttemptDirectory, Earlier, Parser } from '../agent.ts';
/** Reads the stream-json output of `claude -p`. `configDirectory` holds the transcripts: the account of a process that runs or was killed. */
export declare function claudeParser(task: Task, directory: AttemptDirectory, configDirectory: string, earlier?: Earlier): Parser;
