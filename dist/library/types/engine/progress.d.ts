import type { AttachedDiff } from '../core/changes.ts';
import type { RunEvent, RunInterrupted, RunStarted, Stamped } from '../core/event.ts';
import type { StopCause } from '../core/failure.ts';
import type { ProcessDefinition } from '../core/instance.ts';
import type { JsonObject } from '../core/json.ts';
import type { ReadKeptText } from '../core/kept-text.ts';
import { type Heap } from '../core/heap.ts';
import { type Lane, type Lines, type Link, type Mutex, type Node, type Prefix, type Provider, type Resource, type Scope } from './node.ts';
import type { Shard } from './shard-scope.ts';
/** What the engine is told from outside: randomness for jitter, the machine's limits, earlier durations. */
export interface EngineOptions {
    /** Uniform in [0, 1). */
    readonly random: () => number;
    /** Processes at once: in all, and in each pool. */
    readonly maxParallel: {
        readonly total: number;
        readonly agents: number;
        readonly commands: number;
    };
    /** The account that a process asks and that may be throttled; absent: one for each runtime. */
    readonly provider?: (definition: ProcessDefinition) => string;
    /** IANA name of the zone whose clocks `start-at` means. */
    readonly timeZone: string;
    /** Between two starts of one provider's agents, milliseconds; absent: none. */
    readonly spacingMs?: number;
    /** Milliseconds by instance id, of earlier runs; where absent all instances weigh the same. */
    readonly durations?: ReadonlyMap<string, number>;
    /** Reads the texts that events only name, when an expression asks for one. */
    readonly readText?: ReadKeptText;
}
/** Something to look at again at a time. */
export interface Timer {
    readonly at: number;
    readonly target: Node | Provider | Prefix | keyof Progress['deadlines'];
}
/**
 * How far the end of the run has come: it was not interrupted; what cleans up runs, all else is stopped; that is stopped too; all is killed.
 *
 *     running ─▶ cleaning ─▶ stopping ─▶ killing
 */
export type Stage = 'running' | 'cleaning' | 'stopping' | 'killing';
/** All that deciding needs to know of a run. Changed by `evolve`; `decide` only remembers in it what it has already asked for. */
export interface Progress {
    readonly options: EngineOptions;
    started: Stamped<RunStarted> | undefined;
    /** Of a run that runs a part of its plan, or collects. */
    shard: Shard | undefined;
    /** What other shards left is being taken in: nothing starts. */
    taking: boolean;
    readonly nodes: Node[];
    readonly byId: Map<string, Node>;
    /** Nodes that have not ended. */
    remaining: number;
    readonly running: {
        total: number;
        agents: number;
        commands: number;
    };
    limits: {
        total: number;
        agents: number;
        commands: number;
    };
    readonly lines: Lines;
    readonly lanes: Map<string, Lane>;
    readonly providers: Map<string, Provider>;
    readonly mutexes: Map<string, Mutex>;
    /** By the name that agents with the same prefix have in common. */
    readonly prefixes: Map<string, Prefix>;
    /** Budgets of the run, of groups and of instances. */
    readonly scopes: Scope[];
    runScope: Scope | undefined;
    /** Budgets that lanes are parked at. */
    readonly parkedScopes: Set<Scope>;
    /** Nodes that hold a place: their process starts or runs. */
    readonly active: Set<Node>;
    /** What the attempts of agents have used so far, and how many said so. */
    readonly average: {
        attempts: number;
        tokens: number;
        priced: number;
        costUsd: number;
    };
    readonly timers: Heap<Timer>;
    /** Times of wake commands that are out, latest first. */
    readonly wakes: number[];
    /** Records that are out and have not come back, oldest first. */
    readonly expected: RunEvent['type'][];
    expectedFrom: number;
    readonly paused: Set<string>;
    runPaused: boolean;
    /** Ready nodes set aside because they are paused. */
    held: Node[];
    /** The first interruption. */
    interrupted: RunInterrupted | undefined;
    ending: Stage;
    /** As far as nodes have been told. */
    endingTold: Stage;
    finished: boolean;
    /** Texts that were cut and of which it was said that they were read: the instance and the attempt. */
    readonly cutTextsRead: Set<string>;
    /** What was made of the run's changes for one instance and is the same for all: the diff by the size of its chunks, and their context. */
    readonly changes: {
        readonly diffs: Map<number | undefined, readonly AttachedDiff[]>;
        context: JsonObject | undefined;
    };
    /** When the whole run is to end, whatever it has come to; when what cleans up is to stop; when what was stopped is killed. */
    readonly deadlines: {
        run: number;
        cleanup: number;
        kill: number;
    };
    /** Work that events left for the next decision. Entries may be stale. */
    readonly work: {
        readonly edges: Link[];
        readonly judge: Node[];
        readonly settle: Node[];
        readonly cancel: {
            readonly node: Node;
            readonly cause: StopCause;
            readonly detail: string;
        }[];
        readonly providers: Set<Provider>;
        readonly scopes: Set<Scope>;
        readonly unknown: {
            readonly scope: Scope;
            readonly node: Node;
            readonly silent: boolean;
        }[];
        readonly freed: Set<Resource>;
        /** Of whose last attempts an expression read a text that was cut. */
        readonly cutTexts: Node[];
    };
}
/** Progress of a run of which nothing is known yet; `run.started` fills it. */
export declare function createProgress(options: EngineOptions): Progress;
/** Whether records are out that have not come back. */
export declare function isExpecting(progress: Progress): boolean;
/** Whether the run is over: `run.ended` was seen. */
export declare function isFinished(progress: Progress): boolean;
/** Whether the run has been interrupted: only what cleans up still runs. */
export declare function isEnding(progress: Progress): boolean;
/** Asks to be looked at when a deadline is over, so long after a time; without a limit there is none. */
export declare function setDeadline(progress: Progress, of: keyof Progress['deadlines'], from: number, limitMs: number | undefined): void;
