import type { RunState } from '../core/run-state.ts';
import type { Instance } from '../core/instance.ts';
import { type RunFigures } from '../report/earlier-runs.ts';
/** What was spent: tokens, US dollars, and whether each is only a lower bound (0 or 1). A list, because there are many of them in a file. */
export type Spending = readonly [tokens: number, costUsd: number, tokensAtLeast: 0 | 1, costAtLeast: 0 | 1];
/**
 * What an instance, or a group whose members are known only at run time, took in one run: milliseconds of all its attempts (of a group, from the
 * first start to the last end), whether it succeeded (0 or 1), and, where agents ran, what they spent. 0: it was skipped.
 */
export type Sample = 0 | readonly [ms: number, succeeded: 0 | 1, ...spending: Spending | readonly []];
/** What is remembered of one run. */
export interface RunRecord {
    /** The name of the file's plan: its history is of all runs of this name. */
    readonly name: string;
    readonly id: string;
    /** When it began, epoch milliseconds. */
    readonly at: number;
    readonly simulated: boolean;
    /** Whether it has ended; else it runs, or was killed. */
    readonly ended: boolean;
    /** Milliseconds from its start to its end; absent where it has none, and of runs that earlier versions kept. */
    readonly tookMs?: number;
    /** It ran a part of a plan, which another run collects. */
    readonly isPart?: true;
    /** It collected these runs: what they spent and have on record themselves is not in `days`. */
    readonly parts?: readonly string[];
    /** What it spent, by day (UTC). */
    readonly days: Readonly<Record<string, Spending>>;
    /** By instance id; absent where it has not ended, and of runs long ago. */
    readonly samples?: Readonly<Record<string, Sample>>;
    /** The same of groups whose members are known only at run time, all of these together. */
    readonly groups?: Readonly<Record<string, Sample>>;
}
/** The earlier runs of a name, oldest first. */
export interface History {
    readonly runs: readonly RunRecord[];
    /** Why there may have been more, a clause: the record is damaged, or none is kept here. */
    readonly unknown?: string;
}
/** Where the history of the runs of a repository is kept. */
export interface HistoryStore {
    /** What there is of a name. Never throws: what cannot be read is `unknown`. */
    read(name: string): Promise<History>;
    /** Puts a record there, in place of that of the same run, whoever else does the same meanwhile; returns what is there now. Rejects where it cannot. */
    put(record: RunRecord): Promise<History>;
}
/** A place that keeps nothing, for the reason given. */
export declare function noHistory(unknown: string): HistoryStore;
/** How long each instance took when it last succeeded, in milliseconds by id: the scheduler starts the longest remaining path first. */
export declare function durationsOf({ runs }: History, simulated: boolean): ReadonlyMap<string, number>;
/** What the agents of each instance spent when they last ran, by id; runs of the same kind count before others. */
export declare function spendingOf({ runs }: History, simulated: boolean): ReadonlyMap<string, {
    readonly tokens: number;
    readonly costUsd: number;
}>;
/** What the newest runs took that have ended, of the same kind and without the one named; the newest last. Shards count with the run that collected them. */
export declare function figuresOf({ runs }: History, simulated: boolean, except: string): RunFigures[];
/** What of a run is on record already. */
export interface EarlierRecords {
    /** Of itself, where it goes on or says so while it runs. */
    readonly own?: Pick<RunRecord, 'days'> | undefined;
    /** Ids of the runs that it collects. */
    readonly ids?: ReadonlySet<string>;
}
/** What a run is remembered by. */
export declare function recordOf(state: RunState, now: number, { own: before, ids: known }?: EarlierRecords): RunRecord | undefined;
/** Whether something read from a file is a record. */
export declare function isRunRecord(value: unknown): value is RunRecord;
/** Groups whose members are known only at run time: repeated ones, and matrices that wait for an output. */
export declare function openGroups(instances: readonly Instance[]): Set<string>;
