import type { FindRun } from './linked-runs.ts';
/** Looks for a link among the runs of a folder. A workflow file means the orchestration of its name; branches are not told apart. A simulated run counts where `simulated`. */
export declare function findLocally(root: string, simulated: boolean): FindRun;
