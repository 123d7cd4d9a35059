import { reasonOf } from '../core/failure.ts'
import type { Instance, Repeat } from '../core/instance.ts'
import type { Result } from '../core/outcome.ts'
import { idInRound, instancesOfRound } from '../core/rounds.ts'
import { evaluateExpression, isTruthy, type StatusFunctions } from '../expression/evaluate.ts'
import { contextsOf } from './contexts.ts'
import { record, type Decision, type End } from './decision.ts'
import { denials } from './denials.ts'
import { endOf, type Group, type Node } from './node.ts'
import { isEnding, type Progress } from './progress.ts'
import { count, explainInterruption, explainMember } from './reasons.ts'
import { evaluateNamed, evaluateOutputs } from './render.ts'
import { membersInRound } from './rounds.ts'
import { foldResults } from './tally.ts'

/**
 * What follows from a round of a repeated group that has ended: another one (`again`), an end of the group that is not that of its
 * members, or (undefined) the end that its members have come to.
 */
export function judgeRound(decision: Decision, node: Node, group: Group, repeat: Repeat): 'again' | End | undefined {
  const { progress } = decision
  const outcome = foldResults(group.tally)
  const held = evaluateNamed('repeat.until', () =>
    isTruthy(evaluateExpression(repeat.until, contextsOf(progress, node), statusOfRound(outcome))),
  )
  if (held.value === true) return undefined
  if (held.problem !== undefined) return { outcome: 'failure', reason: 'condition', detail: held.problem }
  const members = membersInRound(group, group.round)
  if (isEnding(progress) || node.stopping !== undefined)
    return outcome === 'success' || outcome === 'skipped' ? endStopped(progress, node) : undefined
  if (members.some(couldNotRun)) return undefined
  if (group.round < repeat.max) {
    beginNext(decision, group)
    node.settled = true
    return 'again'
  }
  return endExhausted(progress, node, group, repeat)
}

function endStopped(progress: Progress, { stopping, stopCause }: Node): End {
  const cause = stopCause ?? progress.interrupted?.cause ?? 'cancelled'
  const reason = reasonOf({ kind: 'cancelled', cause })
  return { outcome: 'cancelled', reason, detail: stopping ?? explainInterruption(progress) }
}

/** Who takes it for a success reads outputs as of one. */
function endExhausted(progress: Progress, node: Node, { instance, round, members }: Group, repeat: Repeat): End {
  const last = members.find((member) => member.instance.round === round && endOf(member)?.result === 'failure')
  const why = last === undefined ? '' : `: ${explainMember(last)}`
  const end = {
    outcome: 'failure',
    reason: 'exhausted',
    detail: `until did not hold after ${count(repeat.max, 'round')}${why}`,
  } as const
  if (repeat.onExhausted === 'failure') return end
  const outputs = evaluateOutputs(instance.outputs, () => contextsOf(progress, node, { ...end, result: 'success' }))
  return outputs.problem === undefined
    ? { ...end, outputs: outputs.value }
    : { outcome: 'failure', reason: 'invalid-output', detail: outputs.problem }
}

/** The status functions in `until`: over the round that has ended. */
function statusOfRound(outcome: Result): StatusFunctions {
  return {
    success: () => outcome === 'success',
    failure: () => outcome === 'failure',
    always: () => true,
    cancelled: () => outcome === 'cancelled',
  }
}

/** Whether something could not do its work for a reason that another round would find again. */
function couldNotRun(node: Node): boolean {
  const { group } = node
  const end = endOf(node)
  if (end?.result === 'success') return false
  if (group !== undefined && membersInRound(group, group.round).some(couldNotRun)) return true
  return denials.has(end?.reason ?? '') || end?.reason === 'unsupported'
}

function beginNext(decision: Decision, { instance, round }: Group): void {
  const { progress } = decision
  const next = round + 1
  record(decision, {
    type: 'plan.expanded',
    group: instance.id,
    round: next,
    members: instance.members.map((id) => idInRound(id, instance.id, next)),
    instances: instancesOfRound(writtenIn(progress, instance.members), instance.id, next),
  })
}

/** What stands in a group as it was written: without the cells of dynamic matrices, and the further rounds of groups in it. */
function writtenIn({ byId }: Pick<Progress, 'byId'>, ids: readonly string[]): Instance[] {
  const written = ids.flatMap((id) => byId.get(id)?.instance ?? [])
  return written.flatMap((instance) =>
    instance.kind === 'group' ? [...writtenIn({ byId }, [instance.gate, ...instance.members]), instance] : [instance],
  )
}
