import type { InstanceMissed, InstanceRestored } from './kept-outcome.ts';
import type { Effect } from './effect.ts';
import type { AttemptEnded, AttemptStarted, EffectStarted, ReportDelivered, ReportFailed, RunStarted, Stamped } from './event.ts';
import type { StopCause } from './failure.ts';
import type { GateInstance, Instance } from './instance.ts';
import type { JsonObject } from './json.ts';
import type { ReadKeptText } from './kept-text.ts';
import { type Reason, type Result } from './outcome.ts';
import { type Accounting } from './usage.ts';
/** One attempt as the journal knows it. `ended` is undefined while it runs. */
export interface AttemptState {
    /** What reports need of its start: the whole event, with argv and environment, stays in the journal. */
    readonly started: Pick<Stamped<AttemptStarted>, 'at' | 'attempt' | 'runtime'> | undefined;
    ended: Stamped<AttemptEnded> | undefined;
    /** Newest known accounting; that of `ended` once there is one. */
    accounting: Accounting;
    model: string | null;
    activity: string;
    /** What the schema had against an answer that the agent was asked to repair. */
    repaired: string | undefined;
    /** Nothing was started: its end is that of an earlier run. */
    restored?: Pick<InstanceRestored, 'from' | 'saved'>;
    /** What it was about to do outside when its process was over; `ended` is left out once the attempt has ended. */
    effect?: {
        readonly effect: Effect;
        readonly ended?: EffectStarted['ended'];
    };
}
/** One instance or group as the journal knows it. Times are epoch milliseconds. */
export interface InstanceState {
    readonly instance: Instance;
    status: 'waiting' | 'running' | 'retrying' | 'ended';
    result: Result | undefined;
    outcome: Result | undefined;
    reason: Reason;
    detail: string;
    outputs: JsonObject;
    attempts: readonly AttemptState[];
    startedAt: number | undefined;
    endedAt: number | undefined;
    /** What its cache has said last. */
    cached?: InstanceRestored | InstanceMissed;
    /** Of a repeated group that has come to it: its newest round, from 2. */
    round?: number;
    /** Another shard ran it: what it came to is known here, and what it cost is not of this run. */
    readonly elsewhere?: true;
}
/** The whole run as a fold of its events; what every report is made of. */
export interface RunState {
    started: Stamped<RunStarted> | undefined;
    /** In plan order; the cells of a dynamic matrix after what was there. Gates are left out: they are in `gates`. */
    readonly instances: Map<string, InstanceState>;
    /** The gates of all groups: they carry the groups' edges. */
    readonly gates: Map<string, GateInstance>;
    /** Edges decided by expression, by `from → to`. */
    readonly edges: Map<string, boolean>;
    /** The first interruption; `cause` is `run-timeout` when the run reached its own time limit. */
    interrupted: {
        readonly cause: StopCause;
        readonly by: string;
        readonly at: number;
    } | undefined;
    ended: {
        readonly result: Result;
        readonly reason: string;
        readonly at: number;
    } | undefined;
    readonly delivered: Map<string, Stamped<ReportDelivered>>;
    readonly failedReports: Map<string, Stamped<ReportFailed>>;
    readonly notices: {
        readonly level: 'warning' | 'notice';
        readonly id?: string;
        readonly message: string;
    }[];
    /** What other shards left is being taken in, and not all of it is known yet. */
    taking: boolean;
    /** Time of the newest event. */
    at: number;
    running: number;
    /** Reads the texts that events only name; undefined: there are their excerpts alone. */
    readonly readText: ReadKeptText | undefined;
}
/** The state before the first event. */
export declare function createRunState(readText?: ReadKeptText): RunState;
/** Folds one event into the state, in place. */
export declare function foldEvent(state: RunState, event: Stamped): void;
/** Whether `continue-on-error` forgave a failure: that of the instance, or of a group around it. */
export declare function isForgiven(state: RunState, of: InstanceState): boolean;
/** Whether another round has come since of a repeated group around an instance: what it came to counts no more. */
export declare function isSuperseded(state: RunState, { instance }: InstanceState): boolean;
/** What an instance consumed over all its attempts; of a group, nothing (its members have it). */
export declare function instanceAccounting(state: InstanceState): Accounting;
/** What the run consumed so far: each attempt of each instance once; of a shard, those of what it ran itself. */
export declare function runAccounting(state: RunState): Accounting;
