import type { Stamped } from '../core/event.ts';
import type { JsonObject } from '../core/json.ts';
import type { Plan } from '../core/plan.ts';
import type { Reporter } from '../core/reporter.ts';
import type { RunState } from '../core/run-state.ts';
import type { ReportModel } from '../report/report-model.ts';
import type { RunControl } from './control.ts';
import { type RunOutcome } from './execute-run.ts';
/** What a program may say of a run; all of it may be left out. */
export interface RunSettings {
    /** Values of the plan's inputs, typed as they are declared. Default: their own defaults. */
    readonly inputs?: Readonly<Record<string, string | number | boolean>>;
    /** Plays the models: `true` makes every answer up, a text is a file of rules (`docs/simulation.md`). Default: the real models. */
    readonly simulate?: boolean | string;
    /** Where instances run: a folder, best a git repository. Default: the working directory. */
    readonly workspace?: string;
    /** What children's environments are built from, with the credentials of agents. Default: that of this process. */
    readonly environment?: Readonly<Record<string, string | undefined>>;
    /** Ids to run, with what they need. Default: all. */
    readonly only?: readonly string[];
    /** Overrides `limits.max-parallel`. */
    readonly maxParallel?: number;
    /** Where the record of the run is made; must not hold another run. Default: a new folder in `.orchestrator` of the workspace. */
    readonly runDirectory?: string;
    /** What to tell changes against, a branch or commit. Default: the default branch. */
    readonly base?: string;
    /** What expressions read as `github`, as a workflow has it. Default: nothing. */
    readonly github?: JsonObject;
    /** Values that must appear nowhere, besides the secrets and keys that the plan names. */
    readonly secrets?: readonly string[];
    /** Called for each event, after the state has it; must not wait. If it throws, it is not called again and the report says so. */
    readonly onEvent?: (event: Stamped, state: RunState) => void;
    /** Told all that `onEvent` is, and of the end with the whole report. Default: none; nothing is written to the console. */
    readonly reporters?: readonly Reporter<ReportModel>[];
    /** Interrupts the run when it aborts: what runs is stopped, what cleans up still runs. */
    readonly signal?: AbortSignal;
    /** Given the controls of the run before anything starts: pause, cancel one instance, kill. Undefined once the run is over. */
    readonly connect?: (control: RunControl | undefined) => void;
}
/** A run cannot be begun as it was asked for. `problems` are all there are, a sentence each. */
export declare class RunSettingsError extends Error {
    readonly name = "RunSettingsError";
    readonly problems: readonly string[];
    constructor(problems: readonly string[]);
}
/** What a run with defaults is given: settings whose inputs have been read, with what is wrong with them. */
export interface SettledRun extends Omit<RunSettings, 'inputs'> {
    readonly inputs: JsonObject;
    readonly problems: readonly string[];
    readonly workspace: string;
    readonly environment: NonNullable<RunSettings['environment']>;
}
/** Runs a plan at a desk's terms: everything not said has its default, nothing is written to the console. */
export declare function runWithDefaults(plan: Plan, settings: SettledRun): Promise<RunOutcome>;
