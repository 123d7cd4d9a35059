import type { RunTrust } from '../core/run-trust.ts';
import type { EffectPerformer } from '../core/effect.ts';
import type { JsonObject } from '../core/json.ts';
import type { MemoryStore } from '../core/memory.ts';
import type { PackageStore } from '../core/package-store.ts';
import type { Plan } from '../core/plan.ts';
import type { EarlierReview } from '../core/review-thread.ts';
import type { Reporter } from '../core/reporter.ts';
import type { Seal } from '../journal/seal.ts';
import type { RunDirectory } from '../journal/run-directory.ts';
import type { ReportModel } from '../report/report-model.ts';
import type { HistoryStore } from './history.ts';
import type { FindRun } from './linked-runs.ts';
import type { OutcomePlace } from './outcome-cache.ts';
import type { RecoveredRun } from './recovered-run.ts';
import type { RunControl } from './control.ts';
import type { RunShard } from './run-shard.ts';
import type { SimulationRules } from '../simulate/rules.ts';
/** Everything a run is given. */
export interface RunOptions {
    readonly plan: Plan;
    readonly inputs: JsonObject;
    /** Ids to run, with what they need; null runs all. */
    readonly only: readonly string[] | null;
    /** Overrides the file's `limits.max-parallel`. */
    readonly maxParallel?: number;
    /** Where instances run: the repository. */
    readonly workspace: string;
    /** Default: `<start>-<id>` in `root`. */
    readonly runDirectory?: string;
    /** What the runs of a repository share, and where their directories are made. Default: `.orchestrator` in the workspace. */
    readonly root?: string;
    /** Remembers earlier runs. Default: a file in `root`. */
    readonly history?: HistoryStore;
    /** The orchestrator's own environment, from which the children's are built. */
    readonly environment: Readonly<Record<string, string | undefined>>;
    /** Values that must appear nowhere, besides those of the named secrets and provider keys. */
    readonly secrets?: readonly string[];
    /** Rules of the embedded model server; undefined uses the real models. */
    readonly simulation?: SimulationRules;
    /** Where the answers of its models are written as rules of a simulation, once it has ended; an absolute path. */
    readonly record?: string;
    /** Made once the run directory is known. */
    readonly reporters: (directory: RunDirectory) => readonly Reporter<ReportModel>[] | Promise<readonly Reporter<ReportModel>[]>;
    /** Handed the controls of the run before anything starts, and undefined once nothing of it can be asked any more. */
    readonly connect?: (control: RunControl | undefined) => void;
    readonly trust: RunTrust;
    /** Does what instances ask for on GitHub, with what masks secrets; absent where it is only shown. */
    readonly effects?: (redact: (text: string) => string) => EffectPerformer;
    /** Keeps what instances remember from one run to the next; default: below `root`. */
    readonly memory?: MemoryStore;
    /** Where outcomes are kept of instances that have a cache; absent: none is kept, and none is taken again. Asked for where there is such an instance. */
    readonly outcomes?: () => Promise<OutcomePlace | undefined>;
    /** What is to be said of the run before it begins. */
    readonly notes?: readonly string[];
    readonly github?: JsonObject;
    /** Of the job in the matrix of its workflow: see `RunContext`. */
    readonly cell?: string;
    readonly runner?: JsonObject;
    /** The text of a file as the repository has it, on events of strangers at the base commit: for the lock file of CLIs. */
    readonly readCommitted?: (path: string) => Promise<string | undefined>;
    /** Keeps packages of CLIs between machines. */
    readonly packageStore?: PackageStore;
    /** What to tell changes against: a branch or commit; default: what the event says, else the default branch. */
    readonly base?: string;
    /** Asks GitHub what earlier reviews of the pull request said; absent where there is none. */
    readonly earlier?: (signal: AbortSignal) => Promise<EarlierReview>;
    /** Looks for the runs that links name. Default: among those in `root`. */
    readonly findRun?: FindRun;
    /** Ends the search for what changed and for linked runs, which comes before the run. */
    readonly before?: AbortSignal;
    /** Seals the journal, so that a later process can tell what of it is ours. */
    readonly seal?: (path: string) => Seal;
    /** A run to go on with instead of beginning a new one. */
    readonly resume?: RecoveredRun;
    /** That it runs a part of the plan alone, or collects what other runs ran. */
    readonly shard?: RunShard;
    /** The environment of GitHub that this job was let into, as its workflow says: what asks for another one, or where there is none for any, fails instead of starting. */
    readonly jobEnvironment?: string;
    /** Longest wait for reporters, asked for when the run has ended. */
    readonly reportDeadline?: () => number;
}
