import type { RunEvent } from '../core/event.ts';
import type { OutcomeCache } from '../core/outcome-cache.ts';
import type { Plan } from '../core/plan.ts';
import type { Reporter } from '../core/reporter.ts';
import type { RunState } from '../core/run-state.ts';
import type { RunTrust } from '../core/run-trust.ts';
import type { ReportModel } from '../report/report-model.ts';
import type { SimulationRules } from '../simulate/rules.ts';
/** Where outcomes are kept. */
export interface OutcomePlace {
    readonly directory: string;
    readonly maxBytes: number;
    /** What they are sealed with. */
    readonly seal: string;
    /** Tells those of this run apart from those of others that have the same in all else. */
    readonly cell?: string;
    /** Told of each outcome that is put there: its file and the SHA-256 of that. */
    readonly kept?: (path: string, digest: string) => void;
    /** Once all of a run are there, before its reports are made; `note` is for what should be said. */
    readonly finish?: (runDirectory: string, note: (message: string) => void) => Promise<void>;
}
/** What a cache is told of its run. */
export interface OutcomeCacheOptions {
    readonly place: OutcomePlace;
    readonly runId: string;
    readonly runDirectory: string;
    readonly workspace: string;
    /** What the runs of the repository share: no part of the work. */
    readonly root: string;
    readonly plan: Plan;
    readonly trust: RunTrust;
    readonly simulation: SimulationRules | undefined;
    /** What git and the programs that tell their version are given. */
    readonly env: Readonly<Record<string, string>>;
    readonly state: () => RunState;
    readonly note: (event: RunEvent) => void;
    readonly now: () => number;
}
/** The outcomes of earlier runs, and what keeps those of this one. */
export interface RunOutcomes extends OutcomeCache {
    /** Keeps what succeeds. */
    readonly reporter: Reporter<ReportModel>;
    /** Settles when all is kept, and what is too much is gone. */
    close(): Promise<void>;
}
/** Opens the cache of a run (see `docs/guide/caching.md`). */
export declare function openOutcomes(options: OutcomeCacheOptions): RunOutcomes;
