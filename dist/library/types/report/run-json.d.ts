import type { MergedFinding, ReviewVerdict, SetAside } from '../core/finding.ts';
import type { JsonObject } from '../core/json.ts';
import type { Result } from '../core/outcome.ts';
import { type CostSource, type ModelAccount, type Usage } from '../core/usage.ts';
import { type ReportModel } from './report-model.ts';
/** One instance or group in `run.json`. A group consumes nothing itself: its members are in the list. */
export interface RunJsonInstance {
    readonly id: string;
    /** Null when it had not ended. */
    readonly result: Result | null;
    /** Before `continue-on-error`. */
    readonly outcome: Result | null;
    /** Its failure was forgiven by its own `continue-on-error`, or by that of a group around it. */
    readonly forgiven: boolean;
    readonly reason: string;
    readonly detail: string;
    readonly runtime: string | null;
    readonly model: string | null;
    /** None where it was restored. */
    readonly attempts: number;
    /** It has the outcome of an earlier run: which one, when that was kept, and what it consumed then. */
    readonly restored?: {
        readonly run: string;
        readonly keptAt: string;
        readonly usage: Usage | null;
        readonly costUsd: number | null;
    };
    /** How many of them asked their agent to repair an answer that broke the output schema. */
    readonly repairs: number;
    /** ISO 8601, null when it never started. */
    readonly startedAt: string | null;
    readonly durationMs: number | null;
    readonly exitCode: number | null;
    readonly text: string;
    readonly outputs: JsonObject;
    readonly usage: Usage | null;
    readonly costUsd: number | null;
    readonly costSource: CostSource;
    /** What the CLI says it cost, where the prices of the file hold over that. */
    readonly reportedUsd?: number | null;
    /** A subscription pays: the cost is what the same tokens cost by the API. */
    readonly subscription?: true;
    /** What each model was asked, attempt by attempt, where that is known. */
    readonly models?: readonly (ModelAccount & {
        readonly attempt: number;
    })[];
    /** Whether the tokens are a lower bound, and whether the cost is. */
    readonly partial: boolean;
    readonly costPartial: boolean;
    /** Tool calls that its last attempt was denied. */
    readonly denials: number;
    /** Ids of the direct members; groups only. */
    readonly members?: readonly string[];
}
/** One edge of the plan in `run.json`. */
export interface RunJsonEdge {
    readonly from: string;
    readonly to: string;
    readonly when: string;
    /** Null when its upstream had not ended. */
    readonly taken: boolean | null;
}
/** `run.json` of the run directory; its shape is documented in `docs/run-directory.md`. Unknown is null. */
export interface RunJson {
    readonly name: string;
    /** Null when the orchestrator died before the run's end. */
    readonly result: Result | null;
    /** Why, where it is not a success; empty otherwise. */
    readonly reason: string;
    readonly startedAt: string;
    readonly durationMs: number;
    readonly simulated: boolean;
    /** The exact sum over every attempt of every instance. */
    readonly usage: Usage | null;
    readonly costUsd: number | null;
    readonly partial: boolean;
    readonly costPartial: boolean;
    /** What was not consumed because earlier runs had; absent where nothing was restored. */
    readonly saved?: {
        readonly instances: number;
        readonly usage: Usage | null;
        readonly costUsd: number | null;
    };
    /** What the review came to; null where nothing reports findings, and before the end. */
    readonly verdict: ReviewVerdict | null;
    /** What its instances found, merged: the same problem once, with the ids of all that reported it. */
    readonly findings: readonly Omit<MergedFinding, 'reports'>[];
    /** What does not count, and why. */
    readonly setAside: readonly {
        readonly finding: Omit<MergedFinding, 'reports'>;
        readonly why: SetAside['why'];
    }[];
    readonly plan: {
        readonly edges: readonly RunJsonEdge[];
    };
    readonly instances: readonly RunJsonInstance[];
}
/** The text of `run.json`, in pieces: it is larger than what there is of the run. */
export declare function renderRunJson(model: ReportModel): Generator<string>;
