import { type AttachedDiff } from '../core/changes.ts';
import type { JsonObject } from '../core/json.ts';
import type { Progress } from './progress.ts';
/** What agents are given of the diff, in chunks where a size is given; split once, however many cells have a chunk of it. */
export declare function diffsOf({ started, changes }: Progress, splitBytes: number | undefined): readonly AttachedDiff[];
/** The `changes` context of the run's expressions. */
export declare function changesContextOf({ started, changes }: Progress): JsonObject | undefined;
