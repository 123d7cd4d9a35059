import type { AttemptEnded, InstanceEnded, RunEvent, RunInterrupted, RunStarted } from '../core/event.ts'
import type { StopCause } from '../core/failure.ts'
import type { Budget, Edge, Instance, ProcessDefinition } from '../core/instance.ts'
import type { Result } from '../core/outcome.ts'
import type { Accounting } from '../core/usage.ts'
import { createHeap, type Heap } from './heap.ts'

/** What the engine is told from outside: randomness for jitter, the machine's limits, earlier durations. */
export interface EngineOptions {
  /** Uniform in [0, 1). */
  readonly random: () => number
  /** Processes at once: in all, and in each pool. */
  readonly maxParallel: { readonly total: number; readonly agents: number; readonly commands: number }
  /** Milliseconds by instance id, of earlier runs; where absent all instances weigh the same. */
  readonly durations?: ReadonlyMap<string, number>
}

/** The two pools of processes. */
export type Pool = 'agents' | 'commands'

/** An edge of the graph with what became of it. */
export interface Link {
  readonly from: Node
  readonly to: Node
  readonly edge: Edge
  /** From the gate of a group to what is inside: asked for whatever `join` says. */
  readonly mandatory: boolean
  state: 'undecided' | 'taken' | 'refused'
  /** Message of an expression that could not be evaluated. */
  error: string
}

/**
 * Where a node stands. `waiting` for its edges, `due` at a time, `ready` in a lane, `starting` once its command went out,
 * `running`, `judged` while what its attempt means is decided, `backoff` until its next attempt, `ended`.
 */
export type Status = 'waiting' | 'due' | 'ready' | 'starting' | 'running' | 'judged' | 'backoff' | 'ended'

/** One node of the graph and all the run knows of it. Times are epoch milliseconds. */
export interface Node {
  readonly index: number
  readonly instance: Instance
  readonly incoming: Link[]
  readonly outgoing: Link[]
  /** The group it is a member of. */
  parent: Node | undefined
  /** Direct members, when this is a group. */
  readonly members: Node[]
  /** Limit on those that run at once. */
  slots: Slots | undefined
  /** Processes that run in it, and the lanes of those that are ready, when it is a direct member of a group with `slots`. */
  active: number
  readonly lanes: Lane[]
  /** Whether the user's selection (`--only`) includes it. */
  selected: boolean
  /** Longest way to the end of the plan through this node. */
  path: number
  status: Status
  /** Its terminal event was issued and has not come back yet. */
  settled: boolean
  /** Its `if` asks for a status function, so plain edges only order. */
  readonly ordersOnly: boolean
  undecided: number
  taken: number
  refused: Link | undefined
  /** Mandatory edges that are still undecided. */
  closed: number
  /** Earliest start by the delays of its edges. */
  notBefore: number
  ancestorFailed: boolean
  ancestorCancelled: boolean
  result: Result | undefined
  outcome: Result | undefined
  ended: InstanceEnded | undefined
  endedAt: number
  /** Results of ended members, when this is a group. */
  readonly tally: Record<Result, number>
  /** What an attempt would run now: the definition, or that of the fallback reached. */
  definition: ProcessDefinition | undefined
  fallback: number
  /** Attempts so far over all definitions; the newest one's number. */
  attempt: number
  /** Attempts that count against the retry policy of the current definition. */
  tries: number
  dueAt: number
  /** Start of the newest attempt, and of the first. */
  startedAt: number
  firstStartedAt: number
  lastEndedAt: number
  last: AttemptEnded | undefined
  /** Sums over all attempts; `accounting` of the newest one is in them once it has ended. */
  accounting: Accounting
  /** What the running attempt reported so far, and what was set aside for it. */
  readonly flight: { tokens: number; costUsd: number; reservedTokens: number; reservedCostUsd: number }
  provider: Provider | undefined
  occupied: boolean
  lane: Lane | undefined
  mutex: Mutex | undefined
  /** Why its attempt was asked to stop, or why it may not start any more. */
  stopping: { readonly cause: StopCause; readonly detail: string } | undefined
  stopSent: boolean
  expanded: boolean
  /** The budget of this instance or group. */
  scope: Scope | undefined
  /** Parts of the run's budget kept for this instance. */
  reserve: { tokens: number; costUsd: number } | undefined
}

/** Something that lanes wait for. */
export type Resource = Provider | Slots | Mutex | Scope

interface Awaited {
  /** First nodes of the lanes that wait here; entries may be stale. */
  readonly parked: Heap<Node>
}

/** A model provider, by the name of its runtime. */
export interface Provider extends Awaited {
  readonly kind: 'provider'
  readonly name: string
  running: number
  /** How many may run at once; infinite until it first refused. */
  limit: number
  until: number
  open: 'quota' | 'auth' | undefined
  why: string
  /** Refusals in a row, for the cool-down; successes since the limit last changed. */
  refusals: number
  successes: number
  /** Start of the window in which the limit is lowered once by half, and the limit it had then. */
  windowAt: number
  windowLimit: number
  /** Consecutive auth or quota failures. */
  denials: number
  resetAt: number | undefined
  /** A refusal that `provider.throttled` has not answered yet. */
  pending: { readonly open: 'quota' | 'auth' | undefined; retryAfterMs: number; limit: number; why: string } | undefined
}

/** How many direct members of a group may run at once; a member that is a group runs while any process in it does. */
export interface Slots extends Awaited {
  readonly kind: 'slots'
  readonly max: number
  running: number
}

/** A `concurrency` group. */
export interface Mutex extends Awaited {
  readonly kind: 'mutex'
  readonly name: string
  holder: Node | undefined
}

/** A budget and what was spent of it. `id` null is the run. */
export interface Scope extends Awaited {
  readonly kind: 'budget'
  readonly id: string | null
  readonly budget: Budget
  tokens: number
  costUsd: number
  reservedTokens: number
  reservedCostUsd: number
  /** Kept for named instances that have not ended. */
  heldTokens: number
  heldCostUsd: number
  /** Attempts in flight that may spend. */
  inFlight: number
  warned: boolean
  exceeded: boolean
  unknownNoticed: boolean
  cancelled: boolean
}

/** Ready nodes that the same things hold back; in the order they are to start. */
export interface Lane {
  readonly pool: Pool
  readonly ready: Heap<Node>
  /** Where its first node is queued: its pool's line, or the resource it waits for. */
  at: Heap<Node>
  /** The resource that woke it. */
  from: Resource | undefined
}

/** Something to look at again at a time. */
export interface Timer {
  readonly at: number
  readonly target: Node | Provider | 'timeout'
}

/** All that deciding needs to know of a run. Changed by `evolve`; `decide` only remembers in it what it has already asked for. */
export interface Progress {
  readonly options: EngineOptions
  started: RunStarted | undefined
  startedAt: number
  readonly nodes: Node[]
  readonly byId: Map<string, Node>
  /** Nodes that have not ended. */
  remaining: number
  readonly running: { total: number; agents: number; commands: number }
  limits: { total: number; agents: number; commands: number }
  readonly lines: Record<Pool, Heap<Node>>
  readonly lanes: Map<string, Lane>
  readonly providers: Map<string, Provider>
  readonly mutexes: Map<string, Mutex>
  /** The run's budget first, then those of groups and instances. */
  readonly scopes: Scope[]
  runScope: Scope | undefined
  readonly averages: Record<Pool, { attempts: number; tokens: number; priced: number; costUsd: number }>
  readonly timers: Heap<Timer>
  /** Times of wake commands that are out, latest first. */
  readonly wakes: number[]
  /** Records that are out and have not come back, oldest first. */
  readonly expected: RunEvent['type'][]
  expectedFrom: number
  readonly paused: Set<string>
  runPaused: boolean
  /** Ready nodes set aside because they are paused. */
  held: Node[]
  interrupted: RunInterrupted | undefined
  interruptHandled: boolean
  selectionHandled: boolean
  finished: boolean
  ending: boolean
  /** Work that events left for the next decision. Entries may be stale. */
  readonly work: {
    readonly edges: Link[]
    readonly judge: Node[]
    readonly settle: Node[]
    readonly cancel: { readonly node: Node; readonly cause: StopCause; readonly detail: string }[]
    readonly providers: Set<Provider>
    readonly scopes: Set<Scope>
    readonly unknown: Set<Node>
    readonly freed: Set<Resource>
  }
  /** Counts of ended process instances, for the run's result. */
  readonly tally: Record<Result, number> & { attempted: number; denied: number }
}

/** Whether `a` starts before `b`: priority, then the longest way to the end, then the plan's order. */
export function startsBefore(a: Node, b: Node): boolean {
  const first = priorityOf(a)
  const second = priorityOf(b)
  if (first !== second) return first > second
  return a.path === b.path ? a.index < b.index : a.path > b.path
}

/** Progress of a run of which nothing is known yet; `run.started` fills it. */
export function createProgress(options: EngineOptions): Progress {
  return {
    options,
    started: undefined,
    startedAt: 0,
    nodes: [],
    byId: new Map(),
    remaining: 0,
    running: { total: 0, agents: 0, commands: 0 },
    limits: options.maxParallel,
    lines: { agents: createHeap(startsBefore), commands: createHeap(startsBefore) },
    lanes: new Map(),
    providers: new Map(),
    mutexes: new Map(),
    scopes: [],
    runScope: undefined,
    averages: {
      agents: { attempts: 0, tokens: 0, priced: 0, costUsd: 0 },
      commands: { attempts: 0, tokens: 0, priced: 0, costUsd: 0 },
    },
    timers: createHeap<Timer>((a, b) => a.at < b.at),
    wakes: [],
    expected: [],
    expectedFrom: 0,
    paused: new Set(),
    runPaused: false,
    held: [],
    interrupted: undefined,
    interruptHandled: false,
    selectionHandled: false,
    finished: false,
    ending: false,
    work: {
      edges: [],
      judge: [],
      settle: [],
      cancel: [],
      providers: new Set(),
      scopes: new Set(),
      unknown: new Set(),
      freed: new Set(),
    },
    tally: { success: 0, failure: 0, cancelled: 0, skipped: 0, attempted: 0, denied: 0 },
  }
}

/** Whether records are out that have not come back. */
export function isExpecting(progress: Progress): boolean {
  return progress.expectedFrom < progress.expected.length
}

/** Whether the run is over: `run.ended` was seen. */
export function isFinished(progress: Progress): boolean {
  return progress.finished
}

function priorityOf(node: Node): number {
  return node.instance.kind === 'process' ? node.instance.priority : 0
}
