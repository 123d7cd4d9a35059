import type { Command } from './command.ts';
import { type Progress } from './progress.ts';
/**
 * What is to be done now. Consequences come before starts: as long as something has to be recorded, nothing starts, so a
 * start is decided with everything known. What was returned once is not returned again.
 */
export declare function decide(progress: Progress, now: number): Command[];
