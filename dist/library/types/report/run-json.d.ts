import type { JsonObject } from '../core/json.ts';
import type { Result } from '../core/outcome.ts';
import type { CostSource, Usage } from '../core/usage.ts';
import { type ReportModel } from './report-model.ts';
/** One instance or group in `run.json`. A group consumes nothing itself: its members are in the list. */
export interface RunJsonInstance {
    readonly id: string;
    /** Null when it had not ended. */
    readonly result: Result | null;
    /** Before `continue-on-error`. */
    readonly outcome: Result | null;
    readonly reason: string;
    readonly detail: string;
    readonly runtime: string | null;
    readonly model: string | null;
    readonly attempts: number;
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
    /** Whether the figures are a lower bound. */
    readonly partial: boolean;
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
    readonly startedAt: string;
    readonly durationMs: number;
    readonly simulated: boolean;
    /** The exact sum over every attempt of every instance. */
    readonly usage: Usage | null;
    readonly costUsd: number | null;
    readonly partial: boolean;
    readonly plan: {
        readonly edges: readonly RunJsonEdge[];
    };
    readonly instances: readonly RunJsonInstance[];
}
/** The text of `run.json`, in pieces: it is larger than what there is of the run. */
export declare function renderRunJson(model: ReportModel): Generator<string>;
