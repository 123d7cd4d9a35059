import { cleansUp } from '../core/edges.ts'
import type { RunInterrupted } from '../core/event.ts'
import { reasonOf, type StopCause } from '../core/failure.ts'
import { evaluateExpression, isTruthy } from '../expression/evaluate.ts'
import { contextsOf, gateAround, statusOf } from './contexts.ts'
import { endNode, type Decision } from './decision.ts'
import { enqueue } from './lanes.ts'
import type { Node } from './node.ts'
import { setDeadline, type Progress } from './progress.ts'
import { explainInterruption } from './reasons.ts'
import { evaluateNamed } from './render.ts'

/** After an interruption, and after each one that goes further: stops what runs and ends what waits, all but what cleans up. */
export function endRun(decision: Decision): void {
  const { progress, now } = decision
  const { interrupted, ending, nodes } = progress
  if (interrupted === undefined || ending === progress.endingTold) return
  progress.endingTold = ending
  const kept = ending === 'cleaning' ? nodes.filter((node) => isKept(decision, node)) : []
  const keeps = new Set(kept)
  for (const node of nodes)
    if (!keeps.has(node)) cancelNode(decision, node, interrupted.cause, explainInterruption(progress))
  for (const node of kept) askAgain(progress, node)
  for (const node of progress.held.splice(0)) if (keeps.has(node)) enqueue(progress, node)
  const { killMs, cleanupMs = 0 } = interrupted
  if (ending === 'killing') killStopped(decision)
  else setDeadline(progress, 'kill', now + (kept.length > 0 || ending === 'stopping' ? 0 : cleanupMs), killMs)
}

/** What has been asked to stop, and still runs, has had its time. */
export function killStopped({ progress, commands }: Decision): void {
  const { active, interrupted } = progress
  for (const node of active)
    if (node.stopping !== undefined) commands.push({ ...stopOf(node, interrupted?.cause ?? 'cancelled'), how: 'kill' })
}

/** Carries out what was asked of single instances and groups. */
export function applyCancellations(decision: Decision): void {
  for (const { node, cause, detail } of decision.progress.work.cancel.splice(0))
    for (const each of everythingIn(decision, node)) {
      // A failure in a group that fails fast ends its round, not its rounds.
      if (each === node && node.group !== undefined && cause === 'fail-fast') continue
      cancelNode(decision, each, cause, detail)
    }
}

/** Stops one running process, once, or ends what has not started. Groups end by their members; one that is repeated has no further round. */
export function cancelNode(decision: Decision, node: Node, cause: StopCause, detail: string): void {
  const { instance } = node
  const { status } = node.state
  // Whether what another shard should have run was not needed is not known here.
  if (node.settled || status === 'ended' || (node.elsewhere && instance.kind === 'process')) return
  if (instance.kind === 'group') {
    node.stopping ??= detail
    node.stopCause ??= cause
    return
  }
  if (status === 'starting' || status === 'running' || status === 'judged') {
    if (node.stopping !== undefined) return
    node.stopping = detail
    node.stopCause = cause
    if (status !== 'judged') decision.commands.push(stopOf(node, cause))
    return
  }
  endCancelled(decision, node, cause, detail)
}

/** Ends a node that does not run, because the run is ending or someone asked for it. */
export function endCancelled(decision: Decision, node: Node, cause: RunInterrupted['cause'], detail: string): void {
  endNode(decision, node, { outcome: 'cancelled', reason: reasonOf({ kind: 'cancelled', cause }), detail })
}

function stopOf({ instance, state, attempt }: Node, cause: StopCause) {
  return {
    type: 'stop',
    id: instance.id,
    attempt: state.status === 'starting' ? attempt + 1 : attempt,
    cause,
    how: 'term',
  } as const
}

/** Whether a node, or a group around it, is there to clean up; of what has begun already the condition must hold now as well. */
function isKept(decision: Decision, node: Node): boolean {
  if (node.instance.kind === 'group' || node.settled) return false
  if (node.state.status === 'ready' && node.fresh && !holdsNow(decision, node)) return false
  for (let at: Node | undefined = node; at !== undefined; at = gateAround(decision.progress, at))
    if (cleansUp(at.instance) && (!hasBegun(at) || holdsNow(decision, at))) return true
  return false
}

/** Its edges and its condition have let it through. */
function hasBegun({ lane, state }: Node): boolean {
  return lane !== undefined || state.status === 'ended'
}

function holdsNow({ progress }: Decision, node: Node): boolean {
  const condition = node.instance.if
  if (condition === undefined) return true
  const asked = evaluateNamed('if', () =>
    isTruthy(evaluateExpression(condition, contextsOf(progress, node), statusOf(progress, node))),
  )
  return asked.value === true
}

/** What waits is asked anew: no delay has to be waited for. */
function askAgain({ work }: Progress, node: Node): void {
  if (node.state.status !== 'waiting' && node.state.status !== 'due') return
  node.state = { status: 'waiting' }
  work.settle.push(node)
}

/** A node with all that is in it, and the gates of that. */
function everythingIn(decision: Decision, node: Node): Node[] {
  const { group } = node
  if (group === undefined) return [node]
  const gate = decision.progress.byId.get(group.instance.gate)
  return [
    node,
    ...(gate === undefined ? [] : [gate]),
    ...group.members.flatMap((member) => everythingIn(decision, member)),
  ]
}
