import { evaluateExpression, isTruthy } from '../expression/evaluate.ts'
import { contextsOf, edgeStatusOf } from './contexts.ts'
import { record, type Decision } from './decision.ts'
import { endOf } from './node.ts'
import { evaluateNamed } from './render.ts'

/** Decides the edges whose `when` is an expression and whose upstream has ended. */
export function evaluateEdges(decision: Decision): void {
  const { progress } = decision
  for (const link of progress.work.edges.splice(0)) {
    const { from, to, edge, state } = link
    if (state !== 'undecided' || typeof edge.when === 'string') continue
    const { expression, calls } = edge.when
    const decided = evaluateNamed('when', () => {
      if (calls.length === 0 && endOf(from)?.result !== 'success') return false
      return isTruthy(evaluateExpression(expression, contextsOf(progress, to), edgeStatusOf(from)))
    })
    record(decision, {
      type: 'edge.decided',
      from: from.instance.id,
      to: to.instance.id,
      taken: decided.value ?? false,
      ...(decided.problem !== undefined && { error: decided.problem }),
    })
  }
}
