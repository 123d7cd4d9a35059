import type { InstanceMissed, InstanceRestored } from './kept-outcome.ts'
import type { Effect } from './effect.ts'
import type {
  AttemptEnded,
  AttemptStarted,
  EffectStarted,
  ReportDelivered,
  ReportFailed,
  RunStarted,
  Stamped,
} from './event.ts'
import type { StopCause } from './failure.ts'
import type { GateInstance, Instance } from './instance.ts'
import type { JsonObject } from './json.ts'
import type { ReadKeptText } from './kept-text.ts'
import { hasForgiven, isForgivable, type Reason, type Result } from './outcome.ts'
import { createIsIn } from './shard.ts'
import { unreachable } from './unreachable.ts'
import { freeAccounting, sumAccounting, unknownAccounting, type Accounting } from './usage.ts'

/** One attempt as the journal knows it. `ended` is undefined while it runs. */
export interface AttemptState {
  /** What reports need of its start: the whole event, with argv and environment, stays in the journal. */
  readonly started: Pick<Stamped<AttemptStarted>, 'at' | 'attempt' | 'runtime'> | undefined
  ended: Stamped<AttemptEnded> | undefined
  /** Newest known accounting; that of `ended` once there is one. */
  accounting: Accounting
  model: string | null
  activity: string
  /** What the schema had against an answer that the agent was asked to repair. */
  repaired: string | undefined
  /** Nothing was started: its end is that of an earlier run. */
  restored?: Pick<InstanceRestored, 'from' | 'saved'>
  /** What it was about to do outside when its process was over; `ended` is left out once the attempt has ended. */
  effect?: { readonly effect: Effect; readonly ended?: EffectStarted['ended'] }
}

/** One instance or group as the journal knows it. Times are epoch milliseconds. */
export interface InstanceState {
  readonly instance: Instance
  status: 'waiting' | 'running' | 'retrying' | 'ended'
  result: Result | undefined
  outcome: Result | undefined
  reason: Reason
  detail: string
  outputs: JsonObject
  attempts: readonly AttemptState[]
  startedAt: number | undefined
  endedAt: number | undefined
  /** What its cache has said last. */
  cached?: InstanceRestored | InstanceMissed
  /** Of a repeated group that has come to it: its newest round, from 2. */
  round?: number
  /** Another shard ran it: what it came to is known here, and what it cost is not of this run. */
  readonly elsewhere?: true
}

/** The whole run as a fold of its events; what every report is made of. */
export interface RunState {
  started: Stamped<RunStarted> | undefined
  /** In plan order; the cells of a dynamic matrix after what was there. Gates are left out: they are in `gates`. */
  readonly instances: Map<string, InstanceState>
  /** The gates of all groups: they carry the groups' edges. */
  readonly gates: Map<string, GateInstance>
  /** Edges decided by expression, by `from → to`. */
  readonly edges: Map<string, boolean>
  /** The first interruption; `cause` is `run-timeout` when the run reached its own time limit. */
  interrupted: { readonly cause: StopCause; readonly by: string; readonly at: number } | undefined
  ended: { readonly result: Result; readonly reason: string; readonly at: number } | undefined
  readonly delivered: Map<string, Stamped<ReportDelivered>>
  readonly failedReports: Map<string, Stamped<ReportFailed>>
  readonly notices: { readonly level: 'warning' | 'notice'; readonly id?: string; readonly message: string }[]
  /** What other shards left is being taken in, and not all of it is known yet. */
  taking: boolean
  /** Time of the newest event. */
  at: number
  running: number
  /** Reads the texts that events only name; undefined: there are their excerpts alone. */
  readonly readText: ReadKeptText | undefined
}

/** The state before the first event. */
export function createRunState(readText?: ReadKeptText): RunState {
  return {
    started: undefined,
    instances: new Map(),
    gates: new Map(),
    edges: new Map(),
    interrupted: undefined,
    ended: undefined,
    delivered: new Map(),
    failedReports: new Map(),
    notices: [],
    taking: false,
    at: 0,
    running: 0,
    readText,
  }
}

/** Folds one event into the state, in place. */
export function foldEvent(state: RunState, event: Stamped): void {
  state.at = event.at
  switch (event.type) {
    case 'run.started':
      state.started = event
      state.taking = event.shard !== undefined
      addInstances(state, event.plan.instances)
      return
    case 'plan.expanded':
      addInstances(state, event.instances)
      if (event.round !== undefined) beginRound(state, event.group, event.round)
      return
    case 'edge.decided':
      state.edges.set(`${event.from} → ${event.to}`, event.taken)
      return
    case 'attempt.started': {
      const at = state.instances.get(event.id)
      if (at === undefined) return
      at.status = 'running'
      at.startedAt ??= event.at
      addAttempt(at, {
        started: { at: event.at, attempt: event.attempt, runtime: event.runtime },
        ended: undefined,
        // Until an agent has reported something, what it consumes is unknown, not nothing.
        accounting: callsModel(at.instance) ? unknownAccounting : freeAccounting,
        model: event.model,
        activity: '',
        repaired: undefined,
      })
      state.running++
      return
    }
    case 'attempt.progress': {
      const attempt = state.instances.get(event.id)?.attempts.at(-1)
      if (attempt === undefined || attempt.ended !== undefined) return
      attempt.accounting = event.accounting
      attempt.model = event.model ?? attempt.model
      attempt.activity = event.activity
      return
    }
    case 'attempt.repairing': {
      const attempt = state.instances.get(event.id)?.attempts.at(-1)
      if (attempt !== undefined) attempt.repaired = event.why
      return
    }
    case 'effect.started': {
      const attempt = state.instances.get(event.id)?.attempts.at(-1)
      if (attempt !== undefined) attempt.effect = { effect: event.effect, ended: event.ended }
      return
    }
    case 'attempt.ended': {
      const at = state.instances.get(event.id)
      if (at === undefined) return
      let attempt = at.attempts.at(-1)
      if (attempt === undefined || attempt.ended !== undefined) {
        const { accounting } = event
        attempt = { started: undefined, ended: undefined, accounting, model: null, activity: '', repaired: undefined }
        addAttempt(at, attempt)
        at.startedAt ??= event.at
        const { cached } = at
        if (cached?.type === 'instance.restored' && cached.attempt === event.attempt)
          attempt.restored = { from: cached.from, saved: cached.saved }
      } else state.running--
      attempt.ended = event
      if (attempt.effect !== undefined) attempt.effect = { effect: attempt.effect.effect }
      attempt.accounting = event.accounting
      attempt.model = event.model ?? attempt.model
      return
    }
    case 'instance.restored':
    case 'instance.missed': {
      const at = state.instances.get(event.id)
      if (at !== undefined) at.cached = event
      return
    }
    case 'instance.retrying': {
      const at = state.instances.get(event.id)
      if (at !== undefined) at.status = 'retrying'
      return
    }
    case 'instance.ended': {
      const at = state.instances.get(event.id)
      if (at === undefined) return
      at.status = 'ended'
      at.result = event.result
      at.outcome = event.outcome
      at.reason = event.reason
      at.detail = event.detail
      at.outputs = event.outputs
      at.endedAt = event.at
      return
    }
    case 'run.interrupted':
      state.interrupted ??= { cause: event.cause, by: event.by, at: event.at }
      return
    case 'run.resumed':
      state.interrupted = undefined
      state.ended = undefined
      return
    case 'fragments.taken':
      state.taking = false
      return
    case 'run.ended':
      state.ended = { result: event.result, reason: event.reason, at: event.at }
      return
    case 'report.delivered':
      state.delivered.set(event.reporter, event)
      state.failedReports.delete(event.reporter)
      return
    case 'report.failed':
      state.failedReports.set(event.reporter, event)
      return
    case 'notice':
      state.notices.push(event)
      return
    case 'run.paused':
    case 'run.unpaused':
    case 'instance.cancelled':
    case 'budget.warned':
    case 'budget.exceeded':
    case 'budget.carried':
    case 'provider.throttled':
    case 'timer.fired':
      return
    default:
      return unreachable(event)
  }
}

/** Whether `continue-on-error` forgave a failure: that of the instance, or of a group around it. */
export function isForgiven(state: RunState, of: InstanceState): boolean {
  if (!isForgivable(of.reason)) return false
  for (let at: InstanceState | undefined = of; at !== undefined; at = state.instances.get(at.instance.parent ?? ''))
    if (hasForgiven(at)) return true
  return false
}

/** Whether another round has come since of a repeated group around an instance: what it came to counts no more. */
export function isSuperseded(state: RunState, { instance }: InstanceState): boolean {
  const parent = state.instances.get(instance.parent ?? '')
  if (parent === undefined) return false
  return (instance.round ?? Infinity) < (parent.round ?? 0) || isSuperseded(state, parent)
}

/** What an instance consumed over all its attempts; of a group, nothing (its members have it). */
export function instanceAccounting(state: InstanceState): Accounting {
  return sumAccounting(state.attempts.map((attempt) => attempt.accounting))
}

/** What the run consumed so far: each attempt of each instance once; of a shard, those of what it ran itself. */
export function runAccounting(state: RunState): Accounting {
  return sumAccounting(
    [...state.instances.values()].flatMap(({ attempts, elsewhere }) =>
      elsewhere === true ? [] : attempts.map((attempt) => attempt.accounting),
    ),
  )
}

/** Nearly always there is one attempt, and a list that `push` has grown keeps room for seventeen. */
function addAttempt(at: InstanceState, attempt: AttemptState): void {
  at.attempts = at.attempts.concat(attempt)
}

function callsModel(instance: Instance): boolean {
  return instance.kind === 'process' && instance.pool === 'agents'
}

function beginRound(state: RunState, id: string, round: number): void {
  const group = state.instances.get(id)
  if (group !== undefined) group.round = round
}

const noOutputs: JsonObject = {}

const noAttempts: readonly AttemptState[] = []

function addInstances(state: RunState, instances: readonly Instance[]): void {
  const shard = state.started?.shard
  const isOwn = shard?.name === undefined ? undefined : createIsIn(shard.only)
  for (const instance of instances) {
    if (instance.kind === 'gate') {
      state.gates.set(instance.id, instance)
      continue
    }
    state.instances.set(instance.id, {
      instance,
      status: 'waiting',
      result: undefined,
      outcome: undefined,
      reason: '',
      detail: '',
      outputs: noOutputs,
      attempts: noAttempts,
      startedAt: undefined,
      endedAt: undefined,
      ...(isOwn?.(instance.id) === false && { elsewhere: true }),
    })
  }
}
