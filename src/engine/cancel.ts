import { reasonOf, type StopCause } from '../core/failure.ts'
import { endNode, type Decision } from './decision.ts'
import type { Node } from './node.ts'

/** After an interruption: asks all that runs to stop and ends all that waits, once. */
export function cancelRun(decision: Decision): void {
  const { progress } = decision
  const { interrupted } = progress
  if (interrupted === undefined || progress.interruptHandled) return
  progress.interruptHandled = true
  const detail = interrupted.cause === 'run-timeout' ? 'the run took too long' : `interrupted by ${interrupted.by}`
  for (const node of progress.nodes) cancelNode(decision, node, interrupted.cause, detail)
}

/** Carries out what was asked of single instances and groups. */
export function applyCancellations(decision: Decision): void {
  for (const { node, cause, detail } of decision.progress.work.cancel.splice(0))
    for (const each of everythingIn(decision, node)) cancelNode(decision, each, cause, detail)
}

/** Stops one running process, once, or ends what has not started. Groups end by their members. */
export function cancelNode(decision: Decision, node: Node, cause: StopCause, detail: string): void {
  const { instance, status } = node
  if (instance.kind === 'group' || node.settled || status === 'ended') return
  if (status === 'starting' || status === 'running' || status === 'judged') {
    if (node.stopping !== undefined) return
    node.stopping = detail
    const attempt = status === 'starting' ? node.attempt + 1 : node.attempt
    if (status !== 'judged') decision.commands.push({ type: 'stop', id: instance.id, attempt, cause })
    return
  }
  endNode(decision, node, { outcome: 'cancelled', reason: reasonOf({ kind: 'cancelled', cause }), detail })
}

/** A node, or all that is in a group with its gates. */
function everythingIn(decision: Decision, node: Node): Node[] {
  const { group } = node
  if (group === undefined) return [node]
  const gate = decision.progress.byId.get(group.instance.gate)
  return [...(gate === undefined ? [] : [gate]), ...group.members.flatMap((member) => everythingIn(decision, member))]
}
