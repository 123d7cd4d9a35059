import type { Stamped } from '../core/event.ts';
import { type Progress } from './progress.ts';
/**
 * Takes one event of the run into account. Each costs what it touches, never the whole plan (but for the few events that
 * concern all of it); work that follows from it is left for `decide`.
 */
export declare function evolve(progress: Progress, event: Stamped): void;
