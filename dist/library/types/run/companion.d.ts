import type { Redactor } from '../core/redactor.ts';
import type { Task } from '../core/task.ts';
import type { RunDirectory } from '../journal/run-directory.ts';
import type { AttemptProvision } from '../launch/launcher-options.ts';
import type { SimulationRules } from '../simulate/rules.ts';
/** What a companion may know about the run it accompanies. */
export interface AccompaniedRun {
    readonly directory: RunDirectory;
    readonly redactor: Redactor;
    readonly simulation: SimulationRules | undefined;
}
/** Something that runs beside a run and that its instances reach: a model server, a shared memory. */
export interface Companion {
    /** What an attempt is given of it. */
    environmentFor(task: Task): AttemptProvision;
    close(): Promise<void>;
}
/** How a companion comes into a run: a line of the registry. */
export interface CompanionEntry {
    readonly name: string;
    /** Loads and starts it, and nothing of the run starts before; undefined where the run has no use for it. */
    open(run: AccompaniedRun): Promise<Companion | undefined>;
}
