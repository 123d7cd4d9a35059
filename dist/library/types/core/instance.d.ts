import type { CacheRule } from './cache-rule.ts';
import type { ChangedPaths } from './changes.ts';
import type { ConfinementRules } from './confinement.ts';
import type { EffectRules } from './effect.ts';
import type { Expectation } from './expectation.ts';
import type { FindingsFormat, LinterFormat, VerificationRules } from './finding.ts';
import type { JobRules } from './job-rules.ts';
import type { LinkRule } from './link.ts';
import type { MemoryRule } from './memory.ts';
import type { RetryClass } from './failure.ts';
import type { Json, JsonObject } from './json.ts';
import type { SessionRule } from './session.ts';
import type { StatusFunction } from './status-functions.ts';
/** Text that may hold `${{ }}` expressions, rendered when the instance starts. */
export type Template = string;
/** When an edge is taken, by the upstream's outcome; or an expression over it (without the `${{ }}`). */
export type When = 'success' | 'failure' | 'completed' | 'skipped' | 'always' | EdgeCondition;
/** An expression that decides an edge; without a status function it asks for the upstream's success as well. */
export interface EdgeCondition {
    readonly expression: string;
    /** The status functions it calls. */
    readonly calls: readonly StatusFunction[];
}
/** One incoming edge of an instance. */
export interface Edge {
    /** Id of the upstream instance or group. */
    readonly from: string;
    readonly when: When;
    /** Milliseconds between the upstream's end and the earliest start along this edge. */
    readonly delayMs: number;
    /** Written as a bare id: an `if` with a status function turns such an edge into mere order, as in Actions. */
    readonly plain: boolean;
    /** So many members of the group that it comes from must have an end like `when`; absent: the group itself must. */
    readonly atLeast?: number;
    /** Once there are so many, the other members are cancelled. */
    readonly cancelRest?: true;
    /** It comes from a link, and is taken as well where no run counts. */
    readonly optional?: true;
}
/** How many edges must be taken: all, any one, or so many. */
export type Join = 'all' | 'any' | Quorum;
/** So many edges are enough; the upstreams of the others are cancelled then, or left to end. */
export interface Quorum {
    readonly atLeast: number;
    readonly cancelRest: boolean;
}
/** What a process does: ask an agent, run a script text, or run an argv without a shell. */
export type Action = {
    readonly kind: 'prompt';
    readonly prompt: Template;
} | {
    readonly kind: 'script';
    readonly script: Template;
    readonly shell?: string;
} | {
    readonly kind: 'argv';
    readonly argv: readonly Template[];
};
/** How a non-agent's standard output becomes `result.json`. */
export type Parse = {
    readonly kind: 'none';
} | {
    readonly kind: 'json';
} | {
    readonly kind: 'ndjson';
}
/** A report of a linter, and its findings are read from it. */
 | {
    readonly kind: LinterFormat;
} | {
    readonly kind: 'regex';
    readonly regex: string;
};
/** Limits of one process tree; absent means unlimited. `cpus` is a share of cores, `cpuMs` total CPU time. */
export interface ProcessLimits {
    readonly memoryBytes?: number;
    readonly cpus?: number;
    readonly cpuMs?: number;
    readonly outputBytes?: number;
    readonly processes?: number;
}
/** A spending limit in tokens and dollars; at least one is present. `warnAt` is a fraction. */
export interface Budget {
    readonly tokens?: number;
    readonly costUsd?: number;
    readonly warnAt: number;
    readonly onExceeded: 'stop' | 'cancel' | 'warn';
    /** Of the run's budget: it holds for all runs of a day or week together; absent: for this one. */
    readonly per?: 'day' | 'week';
}
/** How often and after which failures an instance is tried again. `attempts` counts all attempts of one runtime/model. */
export interface RetryPolicy {
    readonly attempts: number;
    /** `crash-before-output` is a crash (exit, signal) before the process printed anything. */
    readonly on: readonly (RetryClass | 'crash-before-output')[];
    readonly backoffMs: number;
    readonly maxBackoffMs: number;
}
/** What a process is and may do; templates are rendered into a `Task` when it starts. */
export interface ProcessDefinition extends ConfinementRules {
    readonly runtime: string;
    /** Name of the entry of `agents:` that this came from. */
    readonly agent?: string;
    readonly action: Action;
    readonly model?: Template;
    readonly args: readonly Template[];
    readonly maxTurns?: number;
    readonly allowedTools?: readonly string[];
    readonly disallowedTools?: readonly string[];
    readonly instructions?: Template;
    /** An MCP configuration. */
    readonly mcp?: JsonObject;
    readonly env: Readonly<Record<string, Template>>;
    /** Names of environment variables of the orchestrator that are no secrets and are passed on where they are set. */
    readonly envFrom?: readonly string[];
    /** Names of environment variables of the orchestrator that the process must have; masked everywhere. */
    readonly secrets: readonly string[];
    readonly workingDirectory?: Template;
    readonly workspace: {
        readonly kind: 'shared' | 'worktree';
        readonly apply: boolean;
        /** Id of the group whose worktree this is; its changes are kept by the member that closes it. */
        readonly group?: string;
        /** The last of a group's worktree: keeps its changes, and applies them. */
        readonly closes?: true;
        /** Filters of the protected files that applied changes may touch. */
        readonly allowPaths?: readonly string[];
    };
    readonly timeoutMs?: number;
    readonly idleTimeoutMs?: number;
    readonly limits: ProcessLimits;
    readonly attach: readonly Template[];
    /** Of an agent that begins with the same instructions and attachments as others: what they have in common, by a name. Then these come before the prompt. */
    readonly prefix?: string;
    /** Most bytes of the diff that one cell of its matrix is attached; absent: all of it. */
    readonly splitBytes?: number;
    /** A JSON Schema the final answer must satisfy. */
    readonly outputSchema?: JsonObject;
    readonly cache?: CacheRule;
    /** What it may ask for on GitHub. */
    readonly effects?: EffectRules;
    /** What it remembers from one run to the next. */
    readonly memory?: MemoryRule;
    /** The conversation that it takes up. */
    readonly session?: SessionRule;
    /** Others take up its conversation: the files of its CLI are kept. */
    readonly keepsSession?: true;
    /** The transcript of its CLI is kept in the run directory. */
    readonly transcript?: true;
    readonly parse: Parse;
    /** What its findings are read from; absent when it reports none. */
    readonly findings?: FindingsFormat;
    /** It verifies a finding, the `candidate` of its matrix. */
    readonly verifies?: true;
    readonly expect: Expectation;
    readonly safety: 'autonomous' | 'supervised' | 'read-only' | 'manual' | 'default';
    /** Whether its key stays with us (`proxy`) or is given to it; absent: as `safety` and the event have it. */
    readonly credentials?: 'proxy' | 'direct';
    /** Budget of this instance alone; forwarded to the CLI where it has such a flag, and enforced from its stream. */
    readonly budget?: Budget;
}
/** Another way to do the same work, tried when the retries are spent. */
export type Fallback = Partial<Pick<ProcessDefinition, 'runtime' | 'model' | 'agent'>> & {
    /** A whole definition where the agent entry changes more than runtime and model. */
    readonly process?: ProcessDefinition;
};
/** What every node of the graph has. */
interface NodeCommon {
    /**
     * Unique in the plan. Members of a group are `group.member`, cells of a matrix `id.slug-of-values`;
     * in the second round of a repeated group `group.member#2`. Made of `[A-Za-z0-9_.#-]`, so it is safe as a file name.
     */
    readonly id: string;
    /** What reports show: the `name` of the file, or the id; for cells Actions' `id (a, 1)`. */
    readonly label: string;
    /** Id of the group this is a member of. */
    readonly parent?: string;
    /** Key within its group. */
    readonly key: string;
    /** The instance before this one in a `sequence`: the `previous` context. */
    readonly previous?: string;
    readonly needs: readonly Edge[];
    readonly join: Join;
    /** It is skipped where nothing of this changed, before its condition is asked. */
    readonly paths?: ChangedPaths;
    /** Condition without `${{ }}`; absent means `success()`. */
    readonly if?: string;
    /** The status functions `if` calls, present where `if` is. With any of them plain edges only say what comes first. */
    readonly ifCalls?: readonly StatusFunction[];
    /**
     * What `needs.<name>` means in this node's expressions where it is not the id itself: siblings in a group are named by
     * their key (`changelog` → `publish.changelog`). A name that is not here is an id.
     */
    readonly names?: Readonly<Record<string, string>>;
    /** Values of the matrix cell this belongs to. */
    readonly matrix?: JsonObject;
    /** Of a direct member of a repeated group: the round it belongs to, from 1. */
    readonly round?: number;
    /** Where it stands in the orchestration file, for annotations. */
    readonly at?: {
        readonly file: string;
        readonly line: number;
        readonly column: number;
    };
}
/** An instance: one process under a policy. */
export interface ProcessInstance extends NodeCommon {
    readonly kind: 'process';
    readonly process: ProcessDefinition;
    readonly outputs: Readonly<Record<string, Template>>;
    readonly retry: RetryPolicy;
    readonly fallback: readonly Fallback[];
    readonly continueOnError: boolean | Template;
    /** Higher starts first; default 0. */
    readonly priority: number;
    readonly concurrency?: {
        readonly group: Template;
        readonly cancelInProgress: boolean;
    };
    /** Earliest start: milliseconds after the run began, or a time of day in the machine's zone. */
    readonly startAt?: {
        readonly afterMs: number;
    } | {
        readonly timeOfDay: string;
    };
    readonly job?: JobRules;
    readonly pool: 'agents' | 'commands';
    /** Later machinery this instance asks for that this version cannot run; it fails with reason `unsupported`. */
    readonly unsupported?: readonly string[];
    /** Why it fails in this run instead of starting: a clause. */
    readonly barred?: string;
    /** Why it is left out: it needs what an event that is not trusted lacks. */
    readonly withheld?: string;
}
/**
 * The opening of a group: carries the group's edges and condition. Members start only when it has opened;
 * when it is skipped, all members are. Its id is `<group>.open`… and is never shown in reports.
 */
export interface GateInstance extends NodeCommon {
    readonly kind: 'gate';
    readonly group: string;
    /** A matrix known only when the upstreams ended. */
    readonly expansion?: Expansion;
}
/**
 * A group as the user names it: ends when all its members have, with their results folded.
 * `members` are the ids of its direct members (a dynamic matrix adds to them while running).
 */
export interface GroupInstance extends NodeCommon {
    readonly kind: 'group';
    readonly form: 'sequence' | 'parallel' | 'matrix' | 'link';
    /** Of a link, the id of none. */
    readonly gate: string;
    readonly members: readonly string[];
    readonly outputs: Readonly<Record<string, Template>>;
    readonly continueOnError: boolean | Template;
    /** Of `strategy`: how many members may run at once, and whether the first failure cancels the others. */
    readonly maxParallel?: number;
    /** Of a matrix: so many cells run, the first; the others are skipped. */
    readonly maxInstances?: number;
    /** Its members are variants of one instance: which of them run; the others are skipped. */
    readonly variant?: VariantRule;
    readonly failFast: boolean;
    readonly budget?: Budget;
    /** Its members are run in rounds. They stand in the plan once, as the first round; the others join it while running. */
    readonly repeat?: Repeat;
    /** What is in it ran elsewhere: it has no members, and ends as that run did. */
    readonly link?: LinkRule;
}
/** By what one of the variants of an instance is chosen, or that all of them run. */
export interface VariantRule {
    readonly by: 'commit' | 'label' | 'all';
    /** By the commit: how often each comes, in relation to the others; 1 where it is not named. */
    readonly weights?: Readonly<Record<string, number>>;
    /** By label: the label that chooses each; `<instance>:<variant>` where it is not named. */
    readonly labels?: Readonly<Record<string, string>>;
}
/** How often a group is repeated. */
export interface Repeat {
    /** Condition without `${{ }}`, asked after each round; there is no further one once it holds. */
    readonly until: string;
    /** Maximum number of rounds, the first included. */
    readonly max: number;
    /** What `until` still false after the last round is to what needs the group; `success` forgives it. */
    readonly onExhausted: 'failure' | 'success';
}
/**
 * How a gate makes the cells of a dynamic matrix. `matrix` is the matrix object, its values (or the whole) expressions;
 * `template` is the instance written once, with the id of the matrix group where the cell's id will stand.
 */
export interface Expansion {
    readonly matrix: Json;
    readonly include?: Json;
    readonly exclude?: Json;
    /** Most bytes of a chunk of the diff: there is one cell for each chunk, instead of those of `matrix`. */
    readonly splitBytes?: number;
    /** There are cells for each finding that what comes before has reported, instead of those of `matrix`. */
    readonly candidates?: VerificationRules;
    /** The nodes of one cell; ids, edges and parents in them start with the group's id followed by `.*`. */
    readonly template: readonly Instance[];
}
/** A node of the plan's graph. */
export type Instance = ProcessInstance | GateInstance | GroupInstance;
export {};
