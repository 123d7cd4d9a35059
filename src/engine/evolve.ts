import type { InstanceRestored } from '../core/kept-outcome.ts'
import type {
  AttemptEnded,
  AttemptStarted,
  InstanceEnded,
  InstanceRetrying,
  PlanExpanded,
  RunInterrupted,
  RunStarted,
  Stamped,
} from '../core/event.ts'
import { closing } from '../core/structural-edges.ts'
import { unreachable } from '../core/unreachable.ts'
import { sumAccounting } from '../core/usage.ts'
import { applyCrossing, carry, charge, chargeEnd, createScope, releaseReserve } from './budget.ts'
import { applyEdge, followEdge, followEdges } from './edges.ts'
import { addNodes, linkEdge, selectClosure, weigh } from './graph.ts'
import { pushHeap } from '../core/heap.ts'
import { enqueue } from './lanes.ts'
import type { Node } from './node.ts'
import { occupy, vacate } from './occupancy.ts'
import { isEnding, setDeadline, type Progress } from './progress.ts'
import { joinPrefix, leavePrefix } from './prefix.ts'
import { applyThrottle, observeAttempt } from './provider.ts'
import { catchUp, followQuorums } from './quorum.ts'
import { definitionOf } from './render.ts'
import { rehearse } from './rehearse.ts'
import { reopenRun, startTimeout } from './resume.ts'
import { endTaking } from './shard.ts'
import { createShard } from './shard-scope.ts'
import { beginRound, countEnd } from './tally.ts'

/**
 * Takes one event of the run into account. Each costs what it touches, never the whole plan (but for the few events that
 * concern all of it); work that follows from it is left for `decide`.
 */
export function evolve(progress: Progress, event: Stamped): void {
  if (progress.expected[progress.expectedFrom] === event.type && ++progress.expectedFrom === progress.expected.length) {
    progress.expected.length = 0
    progress.expectedFrom = 0
  }
  switch (event.type) {
    case 'run.started':
      return startRun(progress, event)
    case 'run.interrupted':
      return interrupt(progress, event)
    case 'run.paused':
    case 'run.unpaused':
      return pause(progress, event.id, event.type === 'run.paused')
    case 'instance.cancelled': {
      const node = progress.byId.get(event.id)
      if (node !== undefined)
        progress.work.cancel.push({ node, cause: 'cancelled', detail: `cancelled by ${event.by}` })
      return
    }
    case 'plan.expanded':
      return expandPlan(progress, event)
    case 'edge.decided': {
      const link = progress.byId.get(event.to)?.incoming.find(({ from }) => from.instance.id === event.from)
      if (link === undefined) return
      link.error = event.error ?? ''
      return applyEdge(progress, link, event.taken)
    }
    case 'attempt.started':
      return startAttempt(progress, event)
    case 'attempt.ended':
      return endAttempt(progress, event)
    case 'instance.restored':
      return noteRestored(progress, event)
    case 'instance.retrying':
      return awaitRetry(progress, event)
    case 'instance.ended':
      return endInstance(progress, event)
    case 'attempt.progress': {
      const node = progress.byId.get(event.id)
      if (node?.occupied !== true || node.attempt !== event.attempt) return
      if (event.answered === true) leavePrefix(progress, node, event.at, true)
      return charge(progress, node, event.accounting)
    }
    case 'provider.throttled':
      return applyThrottle(progress, event)
    case 'budget.warned':
    case 'budget.exceeded':
      return applyCrossing(progress, event)
    case 'budget.carried':
      return carry(progress, event.earlier)
    case 'fragments.taken':
      return endTaking(progress)
    case 'run.resumed':
      return reopenRun(progress, event)
    case 'timer.fired':
      while ((progress.wakes.at(-1) ?? Number.POSITIVE_INFINITY) <= Number(event.key)) progress.wakes.pop()
      return
    case 'run.ended':
      progress.finished = true
      return
    case 'attempt.repairing':
    case 'effect.started':
    case 'instance.missed':
    case 'report.delivered':
    case 'report.failed':
    case 'notice':
      return
    default:
      return unreachable(event)
  }
}

function startRun(progress: Progress, event: Stamped<RunStarted>): void {
  progress.started = event
  const { budget } = event.plan
  if (event.shard !== undefined) {
    progress.shard = createShard(event.shard)
    progress.taking = true
  }
  startTimeout(progress, event.at)
  if (budget !== undefined) {
    progress.runScope = { ...createScope(null, budget), shard: event.shard?.name }
    progress.scopes.push(progress.runScope)
    if (event.earlier !== undefined) carry(progress, event.earlier)
  }
  weigh(progress, addNodes(progress, event.plan.instances))
  rehearse(progress)
  if (event.only !== null) selectClosure(progress, event.only)
}

function expandPlan(progress: Progress, event: PlanExpanded): void {
  const node = progress.byId.get(event.group)
  if (node?.group === undefined) return
  node.expanded = true
  if (event.round !== undefined) beginRound(node, node.group, event.round)
  const fresh = addNodes(progress, event.instances)
  for (const edge of closing(event.members)) linkEdge(progress, edge, node)
  for (const each of fresh)
    for (const link of each.incoming) {
      catchUp(progress, link)
      if (link.from.state.status === 'ended') followEdge(progress, link)
    }
  weigh(progress, fresh)
}

/** Each further interruption stops more; only the first leaves time for cleaning up. */
function interrupt(progress: Progress, event: Stamped<RunInterrupted>): void {
  const { how, cleanupMs } = event
  const kills = how === 'kill' || progress.ending === 'killing'
  const ending = kills ? 'killing' : how === 'stop' || isEnding(progress) ? 'stopping' : 'cleaning'
  setDeadline(progress, 'cleanup', event.at, cleanupMs)
  progress.interrupted ??= event
  progress.ending = ending
}

function pause(progress: Progress, id: string | null, paused: boolean): void {
  if (id === null) progress.runPaused = paused
  else if (paused) progress.paused.add(id)
  else progress.paused.delete(id)
  for (const node of progress.held.splice(0)) if (node.state.status === 'ready') enqueue(progress, node)
}

function startAttempt(progress: Progress, event: Stamped<AttemptStarted>): void {
  const node = progress.byId.get(event.id)
  if (node === undefined || node.state.status === 'ended') return
  node.state = { status: 'running' }
  node.restored = undefined
  noteBeginning(progress, node)
  node.attempt = event.attempt
  node.startedAt = event.at
  node.firstStartedAt ??= event.at
  joinPrefix(progress, node, event.at)
  occupy(progress, node)
}

/** A first attempt after an interruption is there to clean up. */
function noteBeginning(progress: Progress, node: Node): void {
  if (isEnding(progress) && node.fresh) node.afterInterrupt = true
  node.fresh = false
}

/** Whose attempt an event is about; undefined where it comes too late, after the end of that. */
function attemptedBy({ byId }: Progress, { id, attempt }: InstanceRestored | AttemptEnded): Node | undefined {
  const node = byId.get(id)
  return node?.state.status === 'ended' || attempt <= (node?.last?.attempt ?? 0) ? undefined : node
}

/** Its provider is not asked: nobody waits for that any longer, and nothing is learned of it. */
function noteRestored(progress: Progress, event: Stamped<InstanceRestored>): void {
  const node = attemptedBy(progress, event)
  if (node === undefined) return
  node.restored = event.attempt
  const { provider, spacedUntil } = node
  if (provider !== undefined && provider.until === spacedUntil) provider.until = Math.min(provider.until, event.at)
}

function endAttempt(progress: Progress, event: Stamped<AttemptEnded>): void {
  const node = attemptedBy(progress, event)
  if (node === undefined) return
  noteBeginning(progress, node)
  node.attempt = event.attempt
  if (event.failure?.kind !== 'lost') node.tries++
  node.accounting = sumAccounting([node.accounting, event.accounting])
  node.firstStartedAt ??= event.at
  node.last = event
  const isRestored = node.restored === event.attempt
  leavePrefix(progress, node, event.at, event.failure === null && !isRestored)
  vacate(progress, node)
  chargeEnd(progress, node, event.accounting, !isRestored)
  if (!isRestored && !progress.taking) observeAttempt(progress, node, event)
  node.state = { status: 'judged' }
  progress.work.judge.push(node)
}

function awaitRetry(progress: Progress, event: Stamped<InstanceRetrying>): void {
  const node = progress.byId.get(event.id)
  if (node === undefined || node.instance.kind !== 'process' || node.state.status === 'ended') return
  if (event.fallback !== undefined) {
    node.fallback = event.fallback
    node.tries = 0
    node.definition = definitionOf(node.instance, node.instance.fallback[event.fallback])
  }
  node.settled = false
  node.state = { status: 'backoff', dueAt: event.dueAt }
  pushHeap(progress.timers, { at: event.dueAt, target: node })
}

function endInstance(progress: Progress, event: Stamped<InstanceEnded>): void {
  const node = progress.byId.get(event.id)
  if (node === undefined || node.state.status === 'ended') return
  const { seq, at, result, outcome, reason, detail, outputs } = event
  node.state = { status: 'ended', seq, at, result, outcome, reason, detail, outputs }
  if (isEnding(progress) && node.instance.kind === 'gate') node.afterInterrupt = true
  progress.remaining--
  releaseReserve(progress, node)
  countEnd(progress, node, event)
  followQuorums(progress, node)
  followEdges(progress, node)
}
