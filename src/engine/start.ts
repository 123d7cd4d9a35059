import type { ProcessInstance } from '../core/instance.ts'
import { exhaustedScope, remainingBudget } from './budget.ts'
import { endNode, record, type Decision } from './decision.ts'
import { explainExhaustion } from './enforce-budgets.ts'
import { peekHeap, pushHeap } from '../core/heap.ts'
import { blockerOf, nextLane, placeLane, takeFirst, wakeFirst, wakesAll, wakeSiblings } from './lanes.ts'
import { occupy, poolOf } from './occupancy.ts'
import type { Lane, Node } from './node.ts'
import { joinPrefix } from './prefix.ts'
import { isEnding, type Progress } from './progress.ts'
import { explainCircuit } from './provider.ts'
import { renderTask } from './render.ts'
import { givesWay, nextFallback } from './retry.ts'

const pools = ['agents', 'commands'] as const

/** Starts all that may start now, in order, until the pools are full or nothing that is ready may go on. */
export function startReady(decision: Decision): void {
  const { progress, now } = decision
  if (progress.runPaused && !isEnding(progress)) return
  for (const resource of progress.work.freed) for (const pool of pools) wakeFirst(progress, resource, pool, now)
  progress.work.freed.clear()
  for (let lane = nextLane(progress); lane !== undefined; lane = nextLane(progress)) {
    const { from } = lane
    serve(decision, lane)
    if (from !== undefined && !wakesAll(from)) wakeFirst(progress, from, lane.pool, now)
  }
}

/** The first node of a lane has its turn: it starts, ends, or the lane is parked at what it waits for. */
function serve(decision: Decision, lane: Lane): void {
  const { progress, now } = decision
  const node = peekHeap(lane.ready)
  if (node?.state.status !== 'ready' || node.instance.kind !== 'process') return dropFirst(progress, lane)
  const { instance } = node
  if (isPaused(progress, node)) {
    progress.held.push(node)
    return dropFirst(progress, lane)
  }
  if (isRefused(decision, node, instance)) return dropFirst(progress, lane)
  const blocker = blockerOf(progress, node, now)
  if (blocker !== undefined) return placeLane(progress, lane, blocker)
  dropFirst(progress, lane)
  start(decision, node, instance)
}

/** Ends a node, or moves it to its next fallback, when its provider or a budget will not have it any more. */
function isRefused(decision: Decision, node: Node, instance: ProcessInstance): boolean {
  const { provider } = node
  const outcome = node.attempt > 0 ? 'failure' : 'skipped'
  if (provider?.open !== undefined) {
    const detail = explainCircuit(provider)
    const next = nextFallback(node, instance, decision.now, detail)
    if (next === undefined) endNode(decision, node, { outcome, reason: provider.open, detail })
    else record(decision, { type: 'instance.retrying', id: instance.id, attempt: node.attempt + 1, ...next })
    return true
  }
  const exhausted = exhaustedScope(decision.progress, node)
  if (exhausted === undefined) return false
  endNode(decision, node, { outcome, reason: 'budget', detail: explainExhaustion(exhausted) })
  return true
}

function dropFirst(progress: Progress, lane: Lane): void {
  takeFirst(lane)
  placeLane(progress, lane, undefined)
}

function start(decision: Decision, node: Node, instance: ProcessInstance): void {
  const task = renderTask(decision.progress, node, instance, node.definition ?? instance.process)
  if (task.problem !== undefined)
    return endNode(decision, node, { outcome: 'failure', reason: 'spawn', detail: task.problem })
  const budget = remainingBudget(node)
  const started = {
    ...task.value,
    ...(budget !== undefined && { budget }),
    ...(givesWay(node, instance) && { givesWay: true as const }),
    ...(joinPrefix(decision.progress, node, decision.now) && { leads: true as const }),
  }
  node.state = { status: 'starting' }
  occupy(decision.progress, node)
  spaceStarts(decision, node)
  wakeSiblings(decision.progress, node)
  decision.commands.push({ type: 'start', task: started })
}

/** Lets the next agent of a provider wait a moment: one that is refused tells before the last of many has started. */
function spaceStarts({ progress, now }: Decision, node: Node): void {
  const { provider } = node
  const { spacingMs } = progress.options
  if (spacingMs === undefined || provider === undefined || poolOf(node) !== 'agents') return
  provider.until = Math.max(provider.until, now + spacingMs)
  node.spacedUntil = provider.until
  pushHeap(progress.timers, { at: provider.until, target: provider })
}

/** Cleaning up after an interruption waits for nobody. */
function isPaused(progress: Progress, node: Node): boolean {
  const { paused } = progress
  if (isEnding(progress)) return false
  for (let at: Node | undefined = node; at !== undefined; at = at.parent) if (paused.has(at.instance.id)) return true
  return false
}
