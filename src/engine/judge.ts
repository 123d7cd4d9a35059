import type { AttemptEnded } from '../core/event.ts'
import { detailOf, reasonOf, type Failure } from '../core/failure.ts'
import type { ProcessInstance } from '../core/instance.ts'
import { exhaustedScope } from './budget.ts'
import { contextsOf } from './contexts.ts'
import { endNode, record, type Decision } from './decision.ts'
import { explainExhaustion } from './enforce-budgets.ts'
import type { Node } from './node.ts'
import { evaluateOutputs } from './render.ts'
import { nextTry } from './retry.ts'
import { isObject } from '../core/is-object.ts'

/** Decides what an attempt that ended means for its instance: its end, another attempt, or a fallback. */
export function judgeAttempt(decision: Decision, node: Node): void {
  const { instance, last } = node
  if (node.state.status !== 'judged' || instance.kind !== 'process' || node.settled || last === undefined) return
  const { failure } = last
  if (failure === null) return succeed(decision, node, instance, last)
  const stopping = node.stopping ?? (failure.kind === 'cancelled' ? detailOf(failure) : undefined)
  if (stopping !== undefined) return endStopped(decision, node, failure, stopping)
  const next = node.elsewhere ? undefined : nextTry(decision, node, instance, failure)
  const exhausted = next === undefined ? undefined : exhaustedScope(decision.progress, node)
  if (next === undefined || exhausted !== undefined) {
    const detail = [
      detailOf(failure),
      exhausted === undefined ? '' : `no other attempt: ${explainExhaustion(exhausted)}`,
    ]
    return endNode(decision, node, {
      outcome: 'failure',
      reason: reasonOf(failure),
      detail: detail.filter((part) => part !== '').join('; '),
      outputs: last.outputs,
    })
  }
  node.settled = true
  record(decision, { type: 'instance.retrying', id: instance.id, attempt: node.attempt + 1, ...next })
}

/** A process that was asked to stop is cancelled, also when it was lost, one that was over budget failed; a failure of its own stays one. */
function endStopped(decision: Decision, node: Node, failure: Failure, detail: string): void {
  const cause = failure.kind === 'cancelled' ? failure.cause : failure.kind === 'lost' ? node.stopCause : undefined
  if (cause === undefined)
    return endNode(decision, node, { outcome: 'failure', reason: reasonOf(failure), detail: detailOf(failure) })
  const reason = reasonOf({ kind: 'cancelled', cause })
  endNode(decision, node, { outcome: cause === 'budget' ? 'failure' : 'cancelled', reason, detail })
}

function succeed(decision: Decision, node: Node, instance: ProcessInstance, last: AttemptEnded): void {
  const ending = { result: 'success', outcome: 'success', reason: '' } as const
  const mapped = evaluateOutputs(instance.outputs, () => contextsOf(decision.progress, node, ending))
  if (mapped.problem !== undefined)
    return endNode(decision, node, { outcome: 'failure', reason: 'invalid-output', detail: mapped.problem })
  const answer = node.definition?.outputSchema !== undefined && isObject(last.json) ? last.json : {}
  const outputs = { ...answer, ...last.outputs, ...mapped.value }
  endNode(decision, node, { outcome: 'success', ...(Object.keys(outputs).length > 0 && { outputs }) })
}
