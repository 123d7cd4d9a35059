import type { Changes, ChangesNeeded } from './changes.ts';
import type { CommandDefinition } from './comment-commands.ts';
import type { CustomRuntime } from './custom-runtime.ts';
import type { EffectBounds } from './effect.ts';
import type { EventPreset } from './event-presets.ts';
import type { FindingsGate, ReviewRules, ReviewSettings, VerdictRule } from './finding.ts';
import type { Budget, Instance } from './instance.ts';
import type { Json, JsonObject } from './json.ts';
import type { EarlierReview, PlacedThread, SinceReview } from './review-thread.ts';
import type { LinkedRun } from './link.ts';
import type { ModelPrice } from './price.ts';
/** A declared input, as in `workflow_dispatch`. */
export interface InputDeclaration {
    readonly type: 'string' | 'number' | 'boolean' | 'choice';
    readonly description?: string;
    readonly default?: Json;
    readonly required: boolean;
    readonly options?: readonly string[];
}
/** What to report and where; each sink reads its own part. */
export interface ReportSettings {
    readonly summary: boolean;
    readonly comment: 'sticky' | 'new' | 'none';
    readonly annotations: boolean;
    /** The id of the instance or group whose answer reports show. */
    readonly answer?: string;
    /** A check run on the commit; without a name, that of the run. */
    readonly check?: {
        readonly name?: string;
    };
    /** Where findings are written as SARIF, from the root of the repository. */
    readonly sarif?: string;
    /** They are uploaded to code scanning as well. */
    readonly sarifUpload?: true;
    /** Which findings fail the run. */
    readonly failOn?: FindingsGate;
    /** That findings become a review of the pull request, and how. */
    readonly review?: ReviewSettings;
    /** When a review counts as clean. */
    readonly verdict?: VerdictRule;
    readonly artifact?: {
        readonly name?: string;
        readonly retentionDays?: number;
    };
}
/** Parallel instances of the whole run; null means the machine's default. `total` bounds both pools together. */
export interface MaxParallel {
    readonly total: number | null;
    readonly agents: number | null;
    readonly commands: number | null;
}
/**
 * A compiled orchestration file: everything a run needs, JSON-safe, nothing of YAML left.
 * `instances` are in the file's order, members of a group before the group itself.
 */
export interface Plan {
    readonly v: 1;
    readonly name: string;
    /** Path and sha256 (hex) of the file; null for a plan built in code or by `once`. */
    readonly source: {
        readonly path: string;
        readonly sha256: string;
    } | null;
    readonly inputs: Readonly<Record<string, InputDeclaration>>;
    readonly env: Readonly<Record<string, string>>;
    /** Names of the step's environment variables that expressions read as `env.NAME`. */
    readonly stepEnv?: readonly string[];
    /** Values of inputs that were put into this plan when it was compiled: it holds for no others. */
    readonly compiledInputs?: JsonObject;
    /** What of the changes it asks for, to be computed before it starts; absent when nothing. */
    readonly changes?: ChangesNeeded;
    readonly instances: readonly Instance[];
    readonly maxParallel: MaxParallel;
    readonly timeoutMs?: number;
    readonly budget?: Budget;
    /** Parts of the run's budget that only the named instances may use. */
    readonly reserve: Readonly<Record<string, {
        readonly tokens?: number;
        readonly costUsd?: number;
    }>>;
    /** What models cost, by their ids: over what a CLI or a list says. */
    readonly prices?: Readonly<Record<string, ModelPrice>>;
    readonly runtimes: Readonly<Record<string, CustomRuntime>>;
    /** Exact versions of built-in runtimes that the file asks for, by name. */
    readonly versions?: Readonly<Record<string, string>>;
    /** Which findings count; absent: all. */
    readonly review?: ReviewRules;
    readonly report: ReportSettings;
    /** What its instances may do on GitHub together; absent where the file sets no bounds. */
    readonly effects?: EffectBounds;
    /** Files of the repository that it was made of, besides those that no patch changes anyway; absent where no instance has a worktree. */
    readonly obeys?: readonly string[];
    /** What the event must be so that anything runs: each of these. */
    readonly when?: readonly EventPreset[];
    /** What comments may ask for by `/orchestrate NAME`, besides the commands of every file. */
    readonly commands?: Readonly<Record<string, CommandDefinition>>;
}
/** What expressions may read that is known when a run starts. */
export interface RunContext {
    readonly inputs: JsonObject;
    readonly env: JsonObject;
    readonly github: JsonObject;
    readonly runner: JsonObject;
    readonly run: RunFacts;
    /** Of the job in the matrix of its workflow: its values as JSON; absent where it has none. */
    readonly cell?: string;
    /** What changed, where the plan asks for it. */
    readonly changes?: Changes;
    /** What earlier reviews said, where a review of the plan goes on with it. */
    readonly earlier?: EarlierReview<PlacedThread>;
    /** What changed since the last review, where the plan's looks at that alone. */
    readonly since?: SinceReview;
    /** What the runs came to that links name, by the ids of the links. */
    readonly links?: Readonly<Record<string, LinkedRun>>;
}
/** What the `run` context tells of the run itself. A type, because JSON objects take no interface. */
export type RunFacts = {
    readonly id: string;
    readonly name: string;
    /** Absolute path of the run directory. */
    readonly directory: string;
    readonly simulated: boolean;
};
/** The report settings of a file that says nothing. */
export declare const defaultReport: ReportSettings;
