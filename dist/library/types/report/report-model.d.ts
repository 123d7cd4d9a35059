import type { AttemptEnded } from '../core/event.ts';
import type { MergedFinding, ReviewVerdict, SetAside } from '../core/finding.ts';
import type { JsonObject } from '../core/json.ts';
import type { Result } from '../core/outcome.ts';
import { type AttemptState, type RunState } from '../core/run-state.ts';
import { type Accounting, type ModelAccount } from '../core/usage.ts';
import { type RunCourse, type Standing } from './standing.ts';
import { type ReportEdge } from './report-edges.ts';
/** One attempt as reports show it. */
export interface ReportAttempt {
    readonly runtime: string;
    readonly model: string | null;
    /** Null while it runs, empty on success. */
    readonly reason: string | null;
    readonly detail: string;
    readonly durationMs: number | null;
    readonly accounting: Accounting;
    /** The same by model, as far as it is known. */
    readonly models: readonly ModelAccount[];
    readonly stdoutFile: string | null;
    readonly stderrFile: string | null;
    /** Its agent was asked to repair an answer that broke the output schema. */
    readonly repaired: boolean;
}
/** One instance or group as reports show it: groups before their members, else in the order of the plan. Times are epoch milliseconds. */
export interface ReportRow {
    readonly id: string;
    readonly label: string;
    readonly form: 'process' | 'sequence' | 'parallel' | 'matrix' | 'link';
    readonly parent: string | null;
    /** How many groups it is inside of. */
    readonly depth: number;
    readonly standing: Standing;
    /** Null while it has not ended. */
    readonly result: Result | null;
    /** Before `continue-on-error`; null while it has not ended. */
    readonly outcome: Result | null;
    /** `continue-on-error` forgave a failure: its own, or that of a group around it. */
    readonly forgiven: boolean;
    readonly reason: string;
    readonly detail: string;
    /** The agents' pool: it calls a model. */
    readonly isAgent: boolean;
    /** Null for a group. */
    readonly runtime: string | null;
    readonly model: string | null;
    /** Those that were made: an instance that was restored has none. */
    readonly attempts: readonly ReportAttempt[];
    /** It has the outcome of an earlier run, and what that one paid for it. */
    readonly restored?: NonNullable<AttemptState['restored']>;
    readonly startedAt: number | null;
    readonly durationMs: number | null;
    readonly exitCode: number | null;
    /** Read anew each time, where it is so long that it stands in a file. */
    readonly text: string;
    readonly outputs: JsonObject;
    /** Over all attempts; nothing for a group, whose members have it. */
    readonly accounting: Accounting;
    /** Tool calls that the last attempt was denied. */
    readonly denials: number;
    /** Last lines of the last attempt's output. */
    readonly tail: string;
    readonly activity: string;
    /** What it says is a list of findings, which are shown as such. */
    readonly reportsFindings: boolean;
    /** What it said stands with the findings: it reported some, or said what one is worth. */
    readonly isInFindings: boolean;
    readonly patchFile: string | null;
    readonly at: {
        readonly file: string;
        readonly line: number;
        readonly column: number;
    } | null;
}
/** Everything a rendering of a run needs, plain data. Times are epoch milliseconds. */
export interface ReportModel {
    readonly runId: string;
    readonly name: string;
    readonly version: string;
    readonly simulated: boolean;
    /** Null while the run goes on, or when the orchestrator died before its end. */
    readonly result: Result | null;
    readonly reason: string;
    readonly startedAt: number;
    readonly durationMs: number;
    /** Who asked the run to stop (`SIGINT` …); null where nobody did, though it may have reached its own time limit. */
    readonly interruptedBy: string | null;
    readonly accounting: Accounting;
    readonly rows: readonly ReportRow[];
    readonly edges: readonly ReportEdge[];
    /** What its instances found, merged: what of it counts. */
    readonly findings: readonly MergedFinding[];
    /** What does not: refuted, below a threshold, dismissed. */
    readonly setAside: readonly SetAside[];
    /** What the review came to; null while the run goes on, and where nothing reports findings. */
    readonly verdict: ReviewVerdict | null;
    /** Everybody has looked who was to. */
    readonly isWholeReview: boolean;
    readonly commit: string | null;
    /** Whose answer is shown, as the file says; null leaves it to the order of the plan. */
    readonly answerOf: string | null;
    readonly notices: RunState['notices'];
    /** Makes an agent's answer safe to stand as Markdown; where there is none, answers stand in a fence. See `withAnswers`. */
    readonly showAnswer?: (text: string) => string;
    /** What is said before anything of it, where it was not this process that ran it: whose word it is. */
    readonly origin?: string;
    /** Of a run without an end, where that is known: whether it goes on. See `withCourse`. */
    readonly course?: RunCourse;
    /** A line on what earlier runs took, where somebody knows. */
    readonly earlier?: string;
    readonly failedReports: readonly {
        readonly reporter: string;
        readonly detail: string;
    }[];
}
/** What reports show of a run: at its end, in the middle of it, or of one that died. */
export declare function buildReport(state: RunState): ReportModel;
/** How many of the run's processes stand where; groups are not counted. */
export declare function countStandings(rows: readonly ReportRow[]): Map<Standing, number>;
/** Whether this is something to fix: it failed, whether or not `continue-on-error` forgave it, and no later round has come. Groups only repeat their members. */
export declare function isFailure(row: ReportRow): boolean;
/** How many of these attempts asked their agent to repair an answer. */
export declare function countRepairs(attempts: readonly {
    readonly repaired: boolean | string | undefined;
}[]): number;
/** Of a text whose file was damaged there is the excerpt, and why there is no more. */
export declare function shownText(ended: AttemptEnded, { readText }: Pick<RunState, 'readText'>): string;
