import { type AttemptEnded } from '../core/event.ts';
import type { Json } from '../core/json.ts';
import type { Task } from '../core/task.ts';
import type { Agent } from '../agents/agent.ts';
import type { Exit } from '../process/spawn.ts';
import type { LauncherOptions } from './launcher-options.ts';
import type { LogPath } from './prepare-attempt.ts';
type Carried = Pick<AttemptEnded, 'text' | 'textFile' | 'textTruncated'>;
/** The text of an attempt, redacted before, as its event carries it: a long one in a file, so that neither the journal nor our memory grows with it. */
export declare function carriedText(said: string, exit: Exit, agent: Agent, { name }: LogPath, { redactor, runDirectory }: Pick<LauncherOptions, 'redactor' | 'runDirectory'>): Carried;
/** What was parsed, as its event carries it. What a schema asked for becomes outputs, which events carry. */
export declare function carriedJson(json: Json, task: Task, { name }: LogPath, { redactor, runDirectory }: Pick<LauncherOptions, 'redactor' | 'runDirectory'>): Pick<AttemptEnded, 'json' | 'jsonFile'>;
export {};
