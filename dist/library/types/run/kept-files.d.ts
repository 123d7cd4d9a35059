import { type Entry } from '../cache/entry.ts';
import type { AttemptEnded } from '../core/event.ts';
import type { Task } from '../core/task.ts';
/** The end of an attempt with the files it names, as an entry. Throws where one of them cannot be read, or they are too large. */
export declare function keepOutcome(common: Omit<Entry, 'ended' | 'files'>, ended: AttemptEnded, runDirectory: string): Entry;
/** Puts the files of an entry among the logs of a run; answers the end as an attempt of that run has it. Throws as `node:fs` does. */
export declare function placeOutcome({ ended, files }: Entry, { id, attempt }: Task, runDirectory: string): AttemptEnded;
