import type { RunState } from '../core/run-state.ts';
import type { RunOptions } from './run-options.ts';
import type { SharedBudget } from './shared-budget.ts';
/** What a run knows of those before it, and leaves to those after it. */
export interface RunPast {
    /** Milliseconds by instance id. */
    readonly durations: ReadonlyMap<string, number>;
    /** Where the run's budget holds for a day or week. */
    readonly shared: SharedBudget | undefined;
    /** A line on what the runs before it took; undefined where none is known. */
    readonly earlier: string | undefined;
    /** Puts the run on record. Never rejects: history is a hint, and a run that cannot leave one (a full disk) is no worse for it. */
    remember(state: RunState): Promise<void>;
}
/** Reads the history of a plan's runs. `root` is the folder that keeps it where no store is given. */
export declare function openPast({ plan, simulation, history: store, shard }: RunOptions, root: string, runId: string, now: () => number): Promise<RunPast>;
