import type { Task } from '../../core/task.ts';
import type { AttemptDirectory, Earlier, Parser } from '../agent.ts';
/** Reads the stream-json output of Qwen Code: lines in the shape of Claude Code's, with figures of their own meaning. */
export declare function qwenParser(task: Task, directory: AttemptDirectory, earlier?: Earlier): Parser;
