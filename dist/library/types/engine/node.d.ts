import type { EarlierSpending } from '../core/earlier-spending.ts';
import type { AttemptEnded, InstanceEnded, Stamped } from '../core/event.ts';
import type { Budget, Edge, GroupInstance, Instance, ProcessDefinition } from '../core/instance.ts';
import type { StopCause } from '../core/failure.ts';
import type { Result } from '../core/outcome.ts';
import type { Accounting } from '../core/usage.ts';
import { type Heap } from '../core/heap.ts';
/** The two pools of processes. */
export type Pool = 'agents' | 'commands';
/** An edge of the graph with what became of it. */
export interface Link {
    readonly from: Node;
    readonly to: Node;
    readonly edge: Edge;
    /** From the gate of a group to what is inside: asked for whatever `join` says. */
    readonly mandatory: boolean;
    state: 'undecided' | 'taken' | 'refused';
    /** Message of an expression that could not be evaluated. */
    error: string;
}
/** An edge that asks for so many members of a group, with those that have ended and those of them that count. */
export interface Quorum {
    readonly link: Link;
    readonly atLeast: number;
    ended: number;
    taken: number;
}
/** What later decisions and expressions may ask of the end of a node. */
export type NodeEnd = Pick<Stamped<InstanceEnded>, 'seq' | 'at' | 'result' | 'outcome' | 'reason' | 'detail' | 'outputs'>;
/**
 * Where a node stands, with what it has only there. `waiting` for its edges, `due` at a time, `ready` in a lane, `starting` once its command went out,
 * `running`, `judged` while what its attempt means is decided, `backoff` until its next attempt is due (epoch milliseconds), `ended`.
 * docs/architecture.md, "The states of a node", draws which follows which.
 */
export type State = {
    readonly status: 'waiting' | 'due' | 'ready' | 'starting' | 'running' | 'judged';
} | {
    readonly status: 'backoff';
    readonly dueAt: number;
} | ({
    readonly status: 'ended';
} & NodeEnd);
/** One node of the graph and all the run knows of it. Times are epoch milliseconds. */
export interface Node {
    readonly index: number;
    readonly instance: Instance;
    incoming: Link[];
    outgoing: Link[];
    /** The group it is a member of. */
    parent: Node | undefined;
    /** What a group has besides. */
    readonly group: Group | undefined;
    /** Limit on the members that run at once. */
    slots: Slots | undefined;
    /** Processes that run in it, when it is a direct member of a group with `slots`. */
    active: number;
    /** Whether the user's selection (`--only`) includes it. */
    selected: boolean;
    /** Longest way to the end of the plan through this node. */
    path: number;
    state: State;
    /** Its terminal event was issued and has not come back yet. */
    settled: boolean;
    undecided: number;
    taken: number;
    refused: Link | undefined;
    /** Mandatory edges that are still undecided. */
    closed: number;
    /** Where not all edges are asked for: the earliest starts along those that are taken, as many as are needed, in order. */
    starts: readonly number[];
    /** Earliest start by the delays of its edges. */
    notBefore: number | undefined;
    ancestorFailed: boolean;
    ancestorCancelled: boolean;
    /** What an attempt would run now: the definition, or that of the fallback reached. */
    definition: ProcessDefinition | undefined;
    fallback: number;
    /** Attempts so far over all definitions; the newest one's number. */
    attempt: number;
    /** Attempts that count against the retry policy of the current definition. */
    tries: number;
    /** Start of the newest attempt, and of the first. */
    startedAt: number;
    firstStartedAt: number | undefined;
    last: Stamped<AttemptEnded> | undefined;
    /** Sums over all attempts; `accounting` of the newest one is in them once it has ended. */
    accounting: Accounting;
    /** What the running attempt has spent so far, what it is expected to need, and what was kept for it when it started. */
    flight: Flight;
    provider: Provider | undefined;
    /** Until when its start keeps other agents of its provider waiting. */
    spacedUntil: number | undefined;
    /** The attempt whose end is that of an earlier run. */
    restored: number | undefined;
    occupied: boolean;
    lane: Lane | undefined;
    mutex: Mutex | undefined;
    /** Why its attempt, or what is in the group, was asked to stop. */
    stopping: string | undefined;
    stopCause: StopCause | undefined;
    /** Its members that were not in the plan have been added: the cells of a dynamic matrix, a further round. */
    expanded: boolean;
    /** A cell beyond what its matrix may run. */
    beyond: boolean;
    /** No attempt of it has begun since the run did, or was resumed. */
    fresh: boolean;
    /** It only ran, or was only opened, to clean up after an interruption. */
    afterInterrupt: boolean;
    /** The budget of this instance or group. */
    scope: Scope | undefined;
    /** The part of the run's budget that is kept for this instance or group. */
    reserve: Reserve | undefined;
    /** Another shard runs it: it never starts here. */
    readonly elsewhere: boolean;
    /** A group of which only some members are in the plan of this shard: it is not for this run to fold it. */
    isFrame: boolean;
}
/** What only the node of a group has. */
export interface Group {
    readonly instance: GroupInstance;
    /** Direct members. */
    readonly members: Node[];
    /** Edges that ask for so many of its members. */
    readonly quorums: Quorum[];
    /** Lanes of the processes in it that are ready, when it is a direct member of a group with `slots`. */
    readonly lanes: Lane[];
    /** Results of ended members; of a repeated group, those of its newest round. */
    tally: Record<Result, number>;
    /** Failures among them that a resumed run lets stand: they end nothing in a fail-fast group. */
    standing: number;
    /** Its newest round; 1 where it is not repeated. */
    round: number;
    /** What the round before came to; null where there is none. */
    previous: Result | null;
}
/** The budget of an attempt; of one that does not run, `grounded`. */
export interface Flight extends Readonly<Amount> {
    readonly expected: Readonly<Amount>;
    readonly kept: Readonly<Amount>;
    readonly counted: boolean;
}
/** Something that lanes wait for. */
export type Resource = Provider | Slots | Mutex | Scope | Prefix;
interface Awaited {
    /** First nodes of the lanes that wait here; entries may be stale. */
    readonly parked: Lines;
}
/** A model provider: the account that several runtimes may share. */
export interface Provider extends Awaited {
    readonly kind: 'provider';
    readonly name: string;
    running: number;
    /** How many may run at once; infinite until it first refused. */
    limit: number;
    until: number;
    open: 'quota' | 'auth' | undefined;
    why: string;
    /** Refusals in a row, for the cool-down; successes since the limit last changed. */
    refusals: number;
    successes: number;
    /** Start of the window in which the limit is lowered once by half, and the limit it had then. */
    windowAt: number;
    windowLimit: number;
    /** Auth and quota failures without a success between, and the newest one's kind. */
    denials: number;
    denied: 'quota' | 'auth' | undefined;
    resetAt: number | undefined;
    /** A refusal that `provider.throttled` has not answered yet. */
    pending: {
        readonly limit: number;
        readonly retryAfterMs: number;
        readonly ceilingMs: number;
    } | undefined;
}
/** How many direct members of a group may run at once; a member that is a group runs while any process in it does. */
export interface Slots extends Awaited {
    readonly kind: 'slots';
    readonly max: number;
    running: number;
}
/** A `concurrency` group. */
export interface Mutex extends Awaited {
    readonly kind: 'mutex';
    readonly name: string;
    holder: Node | undefined;
}
/** What several agents send first, byte for byte the same. */
export interface Prefix extends Awaited {
    readonly kind: 'prefix';
    /** Runs, and has not answered yet: its answer is when the provider has the prefix. The others wait for it until then, and no longer. */
    leader: {
        readonly node: Node;
        readonly patientUntil: number;
    } | undefined;
    /** The provider is taken to have the prefix until then. */
    warmUntil: number;
}
/** Tokens and dollars. */
export interface Amount {
    tokens: number;
    costUsd: number;
}
/** A part of the run's budget and what those it is for have spent; it is held until they have ended. */
export interface Reserve {
    readonly scope: Scope;
    readonly part: Amount;
    readonly spent: Amount;
    held: boolean;
}
/** A budget and what was spent of it. `id` null is the run. */
export interface Scope extends Awaited {
    readonly kind: 'budget';
    readonly id: string | null;
    /** Of the run's budget: the shard whose part of it this is. */
    readonly shard?: string | undefined;
    readonly budget: Budget;
    /** By this run, and by others where it holds for a day or week. */
    readonly spent: Amount;
    /** The part of it that others spent. */
    carried: EarlierSpending | undefined;
    /** Set aside for attempts in flight and not spent by them yet. */
    readonly reserved: Amount;
    /** Kept for named instances that have not ended. */
    readonly held: Amount;
    /** Agents' attempts in flight. */
    inFlight: number;
    /** What attempts have spent beyond `spent` without being able to say it in full. */
    readonly uncounted: {
        tokens: boolean;
        costUsd: boolean;
    };
    warned: boolean;
    exceeded: boolean;
    /** That something could not be counted was said. */
    noticed: boolean;
}
/** Ready nodes that the same things hold back; in the order they are to start. */
export interface Lane {
    readonly pool: Pool;
    readonly ready: Heap<Node>;
    /** Where its first node is queued: its pool's line, or the resource it waits for. */
    at: Heap<Node>;
    /** The resource that woke it last: after each turn of this lane the next one that waits there may go on. */
    from: Resource | undefined;
}
/** First nodes of lanes, by pool. */
export type Lines = Readonly<Record<Pool, Heap<Node>>>;
/** No lane anywhere. */
export declare function createLines(): Lines;
/** No results yet. */
export declare function createTally(): Record<Result, number>;
/** Whether `a` starts before `b`: priority, then the longest way to the end, then the plan's order. */
export declare function startsBefore(a: Node, b: Node, wayOf?: typeof pathOf): boolean;
/** Whether `a` has the longer way, or comes first in the plan where neither has. */
export declare function isFurther(a: Node, b: Node, wayOf: (node: Node) => number): boolean;
declare function pathOf({ path }: Node): number;
/** How it ended; undefined while it has not. */
export declare function endOf({ state }: Node): NodeEnd | undefined;
/** Whether both have ended, in this order. */
export declare function endedBefore(first: Node, second: Node): boolean;
/** As the plan says; only processes have one. */
export declare function priorityOf(node: Node): number;
export {};
