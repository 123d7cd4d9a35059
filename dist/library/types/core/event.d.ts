import type { BudgetCarried, BudgetCrossed, EarlierSpending } from './earlier-spending.ts';
import type { Effect, WorktreeState } from './effect.ts';
import type { Failure, StopCause } from './failure.ts';
import type { ReviewPart } from './finding.ts';
import type { Instance } from './instance.ts';
import type { Json, JsonObject } from './json.ts';
import type { KeptText } from './kept-text.ts';
import type { InstanceMissed, InstanceRestored } from './kept-outcome.ts';
import type { Reason, Result } from './outcome.ts';
import type { FragmentsTaken, ShardPart } from './shard.ts';
import type { SessionContinued, SessionEnded } from './session.ts';
import type { Plan, RunContext } from './plan.ts';
import type { Accounting, ModelAccount } from './usage.ts';
/** A run began. First event of every journal; carries all that replaying the journal needs. */
export interface RunStarted {
    readonly type: 'run.started';
    readonly runId: string;
    readonly version: string;
    readonly simulated: boolean;
    readonly plan: Plan;
    readonly context: RunContext;
    /** Ids the user asked for with `--only`; null means all. */
    readonly only: readonly string[] | null;
    /** Commit the working tree stands on (hex), null outside git. */
    readonly commit: string | null;
    /** What others spent of the run's budget, where it holds for a day or week. */
    readonly earlier?: EarlierSpending;
    /** That it runs only a part of the plan, or collects what other jobs ran. */
    readonly shard?: ShardPart;
}
/** A later process took over the run after a crash or with `--resume`. */
export interface RunResumed {
    readonly type: 'run.resumed';
    readonly version: string;
    /** What differed and was waved through by `--force`. */
    readonly changed: readonly string[];
    /** Ids that have another chance, where somebody named some; else all that did not succeed has one. */
    readonly only?: readonly string[];
}
/** The user, the runner or the run's own time limit asked the run to stop. What cleans up still runs after the first of these, not after another. */
export interface RunInterrupted {
    readonly type: 'run.interrupted';
    readonly cause: StopCause;
    /** `SIGINT`, `SIGTERM`, or who asked. */
    readonly by: string;
    /** `stop`: what cleans up is stopped as well; `kill`: everything is killed at once. */
    readonly how?: 'stop' | 'kill';
    /** What cleans up is stopped after so long; absent: it may take its time. */
    readonly cleanupMs?: number;
    /** What is stopped is killed after so long, where that is sooner than usual. */
    readonly killMs?: number;
}
/** Nothing new starts until `run.unpaused`; `id` null means the whole run. */
export interface RunPaused {
    readonly type: 'run.paused' | 'run.unpaused';
    readonly id: string | null;
}
/** One instance was asked to stop by the user. */
export interface InstanceCancelled {
    readonly type: 'instance.cancelled';
    readonly id: string;
    readonly by: string;
}
/** The last event of a completed run. */
export interface RunEnded {
    readonly type: 'run.ended';
    readonly result: Result;
    readonly reason: string;
}
/** A dynamic matrix became known, or a repeated group begins another round: these instances joined the plan. */
export interface PlanExpanded {
    readonly type: 'plan.expanded';
    readonly group: string;
    /** The ids of the cells, or of the members of the round: direct members of the group. */
    readonly members: readonly string[];
    /** The round of a repeated group that these instances are, from 2. */
    readonly round?: number;
    readonly instances: readonly Instance[];
}
/** An edge whose `when` is an expression was decided (the others follow from the upstream's outcome). */
export interface EdgeDecided {
    readonly type: 'edge.decided';
    readonly from: string;
    readonly to: string;
    readonly taken: boolean;
    /** Message of an expression that could not be evaluated; the edge is then not taken. */
    readonly error?: string;
}
/** A process is running. */
export interface AttemptStarted extends SessionContinued {
    readonly type: 'attempt.started';
    readonly id: string;
    readonly attempt: number;
    readonly runtime: string;
    readonly model: string | null;
    readonly pid: number;
    /** Secrets masked. */
    readonly argv: readonly string[];
    /** Names of the environment variables it got. */
    readonly envNames: readonly string[];
    readonly cwd: string;
}
/** What a running attempt has done so far; throttled, cumulative for the attempt, never the last word. */
export interface AttemptProgress {
    readonly type: 'attempt.progress';
    readonly id: string;
    readonly attempt: number;
    readonly accounting: Accounting;
    readonly model: string | null;
    /** Its model has begun to answer. */
    readonly answered?: true;
    /** One line on what it is doing ("Bash: npm test"). */
    readonly activity: string;
}
/** The answer does not satisfy the output schema: a second process of the same attempt goes on with the session and is asked for a corrected one. */
export interface AttemptRepairing {
    readonly type: 'attempt.repairing';
    readonly id: string;
    readonly attempt: number;
    /** What the schema has against the answer. */
    readonly why: string;
    readonly pid: number;
    /** Secrets masked. */
    readonly argv: readonly string[];
}
/** An attempt has ended: its output is complete and its descendants are gone. */
export interface AttemptEnded extends ReviewPart, SessionEnded {
    readonly type: 'attempt.ended';
    readonly id: string;
    readonly attempt: number;
    /** Null is success. */
    readonly failure: Failure | null;
    readonly exitCode: number | null;
    readonly signal: string | null;
    readonly durationMs: number;
    readonly runtime: string;
    readonly model: string | null;
    readonly accounting: Accounting;
    /** The same by model, where that is known. */
    readonly models?: readonly ModelAccount[];
    /** The final answer of an agent, the standard output of a command, at most `textLimit` characters; where `textFile` has it, its start and its end. */
    readonly text: string;
    readonly textFile?: KeptText;
    readonly textTruncated: boolean;
    /** Parsed output: the structured answer, or what `parse` made of standard output; null where `jsonFile` has it. */
    readonly json: Json;
    readonly jsonFile?: KeptText;
    /** What the process appended to `$ORCHESTRATOR_OUTPUT`. */
    readonly outputs: Readonly<Record<string, string>>;
    /** Last lines of output for a failure report. */
    readonly tail: string;
    /** Tool calls the CLI denied. */
    readonly denials: number;
    /** Relative to the run directory. */
    readonly stdoutFile: string | null;
    readonly stderrFile: string | null;
    readonly patchFile: string | null;
    /** The files of its group's worktree, as git trees: those the worktree began with, and those that are there now. */
    readonly worktree?: WorktreeState;
}
/**
 * An attempt's process is over, and what it asked for is about to be done outside the run directory. Its `attempt.ended` follows; where
 * it does not, a resumed run looks what was done, does the rest and ends the attempt as `ended` says, without running it again.
 */
export interface EffectStarted {
    readonly type: 'effect.started';
    readonly id: string;
    readonly attempt: number;
    readonly effect: Effect;
    /** How the attempt ends once the effect is done. */
    readonly ended: AttemptEnded;
}
/** Another attempt will be made. */
export interface InstanceRetrying {
    readonly type: 'instance.retrying';
    readonly id: string;
    /** The attempt to come. */
    readonly attempt: number;
    /** Epoch milliseconds of its earliest start. */
    readonly dueAt: number;
    readonly why: string;
    /** Index into `fallback` when the instance moves on to another runtime, model or agent. */
    readonly fallback?: number;
}
/** The one terminal event of an instance or group. */
export interface InstanceEnded {
    readonly type: 'instance.ended';
    readonly id: string;
    /** After `continue-on-error`; what `needs.<id>.result` says. */
    readonly result: Result;
    /** Before `continue-on-error`. */
    readonly outcome: Result;
    /** Empty on success; else as in `docs/orchestration-file.md`, "Outcomes". */
    readonly reason: Reason;
    /** One line that explains the reason ("edge from tests not taken (tests succeeded, edge wants failure)"). */
    readonly detail: string;
    readonly outputs: JsonObject;
}
/** A provider answered 429/529 or a circuit changed: how many of its agents may now run at once. */
export interface ProviderThrottled {
    readonly type: 'provider.throttled';
    readonly provider: string;
    readonly limit: number;
    /** Epoch milliseconds until which nothing of it starts. */
    readonly until: number;
    readonly open: boolean;
    readonly why: string;
}
/** A report reached its place. `url` and `detail` are for people. */
export interface ReportDelivered {
    readonly type: 'report.delivered';
    readonly reporter: string;
    readonly url?: string;
    readonly detail?: string;
}
/** A report could not be delivered; the run's result does not change. */
export interface ReportFailed {
    readonly type: 'report.failed';
    readonly reporter: string;
    readonly detail: string;
}
/** Something the user should know that changes no result. */
export interface Noticed {
    readonly type: 'notice';
    readonly level: 'warning' | 'notice';
    readonly id?: string;
    readonly message: string;
}
/** Everything that can happen in a run, past tense, JSON-safe: the journal's lines. Keys of our own words stand in `structural-keys.ts`; strings of all others are masked. */
export type RunEvent = RunStarted | RunResumed | RunInterrupted | RunPaused | InstanceCancelled | RunEnded | PlanExpanded | EdgeDecided | AttemptStarted | AttemptProgress | AttemptRepairing | AttemptEnded | EffectStarted | InstanceRestored | InstanceMissed | InstanceRetrying | InstanceEnded | BudgetCrossed | BudgetCarried | FragmentsTaken | ProviderThrottled | ReportDelivered | ReportFailed | Noticed | TimerFired;
/** A timer that a decision asked for came due. */
export interface TimerFired {
    readonly type: 'timer.fired';
    readonly key: string;
}
/** What the bus adds: format version, position in the journal from 0, epoch milliseconds. */
export interface Stamp {
    /** 1: a line of the journal has no checksum. */
    readonly v: 1 | 2;
    readonly seq: number;
    readonly at: number;
}
/** An event as it stands in the journal. */
export type Stamped<E extends RunEvent = RunEvent> = E & Stamp;
/** Most characters of an attempt's `text` that events carry; the whole is in the logs. */
export declare const textLimit = 262144;
