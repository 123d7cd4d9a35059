import { changesFor, explainUnchanged } from '../core/changes.ts'
import type { Instance } from '../core/instance.ts'
import type { RunContext } from '../core/plan.ts'
import { describeUnchanged } from '../core/review-thread.ts'
import type { ProcessInstance } from '../core/instance.ts'
import { describeStartAt, startTimeOf, type StartAt } from '../core/start-time.ts'
import { isForgivable, isUnneeded } from '../core/outcome.ts'
import { evaluateExpression, isTruthy, renderTemplate } from '../expression/evaluate.ts'
import { cancelNode, endCancelled } from './cancel.ts'
import { contextsOf, statusOf } from './contexts.ts'
import { endNode, record, type Decision } from './decision.ts'
import { verdictOf } from './edges.ts'
import { expandGate, tellBeyond } from './expand.ts'
import { pushHeap } from '../core/heap.ts'
import { enqueue } from './lanes.ts'
import { leftOut, tellVariant } from './left-out.ts'
import { linkedEnd } from './linked-run.ts'
import { mutexOf } from './occupancy.ts'
import { endOf, type Group, type Node } from './node.ts'
import { evaluateNamed, evaluateOutputs } from './render.ts'
import { isEnding } from './progress.ts'
import { judgeRound } from './repeat.ts'
import { membersInRound } from './rounds.ts'
import { explainLost, isAwaited, isCollecting } from './shard.ts'
import { foldResults } from './tally.ts'
import { explainInterruption, explainMember, explainNoneTaken, explainRefusal, formatTime } from './reasons.ts'

/** Looks at a node that may go on: skips it, opens it, or lets it wait for its time and its turn. */
export function settle(decision: Decision, node: Node): void {
  const { progress } = decision
  if (node.settled || (node.state.status !== 'waiting' && node.state.status !== 'due')) return
  if (node.isFrame || isAwaited(progress, node)) return
  if (!node.selected && node.instance.kind !== 'group')
    return endNode(decision, node, { outcome: 'skipped', reason: 'not-selected', detail: 'not asked for with --only' })
  const verdict = verdictOf(node)
  if (verdict === 'wait') return
  if (verdict === 'skip') {
    if (isEnding(progress)) return endInterrupted(decision, node)
    const detail =
      node.refused?.mandatory === true || node.instance.join === 'all' ? refusal(node) : explainNoneTaken(node)
    return endNode(decision, node, { outcome: 'skipped', reason: 'upstream', detail })
  }
  const out = node.group === undefined ? leftOut(decision, node) : undefined
  if (out !== undefined) return endNode(decision, node, { outcome: 'skipped', ...out })
  if (node.state.status === 'waiting' && !(hasChanges(decision, node) && holdsCondition(decision, node))) return
  const { instance } = node
  if (node.group !== undefined) return foldGroup(decision, node, node.group)
  if (instance.kind === 'process' && instance.withheld !== undefined)
    return endNode(decision, node, { outcome: 'skipped', reason: 'untrusted', detail: instance.withheld })
  if (instance.kind === 'process' && instance.unsupported !== undefined && instance.unsupported.length > 0) {
    const detail = `this version cannot run ${instance.unsupported.join(', ')}`
    return endNode(decision, node, { outcome: 'failure', reason: 'unsupported', detail })
  }
  if (instance.kind === 'process' && instance.barred !== undefined)
    return endNode(decision, node, { outcome: 'failure', reason: 'unsupported', detail: instance.barred })
  if (instance.kind === 'process' && node.elsewhere)
    return endNode(decision, node, { outcome: 'failure', reason: 'lost', detail: explainLost(progress, node) })
  if (!isCollecting(progress) && !isDue(decision, node)) return
  if (instance.kind === 'process') makeReady(decision, node, instance)
  else openGate(decision, node)
}

/** What would have cleaned up, but for its edges or its condition. */
function endInterrupted(decision: Decision, node: Node): void {
  const { progress } = decision
  endCancelled(decision, node, progress.interrupted?.cause ?? 'cancelled', explainInterruption(progress))
}

function refusal(node: Node): string {
  return node.refused === undefined ? '' : explainRefusal(node.refused)
}

/** Holds the `paths` against what changed; where nothing of them did, that ends the node. */
function hasChanges(decision: Decision, node: Node): boolean {
  const { progress, started } = decision
  const why = explainNothingToDo(node.instance, started.context)
  if (why === undefined) return true
  if (isEnding(progress)) endInterrupted(decision, node)
  else endNode(decision, node, { outcome: 'skipped', reason: 'paths', detail: why })
  return false
}

/** Why nothing of what changed concerns an instance, or since the last review nothing did at all; undefined where something does. */
function explainNothingToDo(instance: Instance, context: RunContext): string | undefined {
  const { paths } = instance
  const attach = instance.kind === 'process' ? instance.process.attach : []
  const changes = changesFor(context, attach)
  if (changes === undefined) return undefined
  const { since } = context
  if (changes === since?.changes && changes.files.length === 0) return describeUnchanged(since)
  return paths === undefined ? undefined : explainUnchanged(changes, paths)
}

/** Asks the `if`; the answer no, or none, ends the node. */
function holdsCondition(decision: Decision, node: Node): boolean {
  const { progress } = decision
  const condition = node.instance.if
  if (condition === undefined) return true
  const asked = evaluateNamed('if', () =>
    isTruthy(evaluateExpression(condition, contextsOf(progress, node), statusOf(progress, node))),
  )
  if (asked.value === true) return true
  if (asked.value === false && isEnding(progress)) endInterrupted(decision, node)
  else if (asked.problem === undefined)
    endNode(decision, node, { outcome: 'skipped', reason: 'condition', detail: `if: ${condition}` })
  else endNode(decision, node, { outcome: 'failure', reason: 'condition', detail: asked.problem })
  return false
}

/**
 * Whether the delays of its edges and its own start time are over; else it is looked at again when they are. A run that is ending, and one that is
 * simulated, waits for neither.
 */
function isDue(decision: Decision, node: Node): boolean {
  const { progress, started, now } = decision
  const { instance } = node
  const startAt = instance.kind === 'process' ? instance.startAt : undefined
  const ownTime = startAt && startTimeOf(startAt, started.at, progress.options.timeZone)
  const at = Math.max(...[node.notBefore, ownTime].filter((time) => time !== undefined))
  if (at <= now || isEnding(progress)) return true
  const { simulated } = started
  if (startAt !== undefined && at === ownTime) tellStart(decision, instance.id, startAt, simulated ? undefined : at)
  if (simulated) return true
  pushHeap(progress.timers, { at, target: node })
  node.state = { status: 'due' }
  return false
}

function tellStart(decision: Decision, id: string, startAt: StartAt, at: number | undefined): void {
  const { timeZone } = decision.progress.options
  const due = describeStartAt(startAt, timeZone, (ms) => `${Math.round(ms / 1000)} s`)
  const message =
    at === undefined
      ? `does not wait for its start-at, ${due}: the run is simulated`
      : `waits for its start-at, ${due}, until ${formatTime(at)}`
  record(decision, { type: 'notice', level: 'notice', id, message })
}

function openGate(decision: Decision, node: Node): void {
  const { instance, parent } = node
  const group = parent?.group?.instance
  const expansion = instance.kind === 'gate' && parent?.expanded === false ? instance.expansion : undefined
  if (expansion !== undefined && group !== undefined) return expandGate(decision, node, group, expansion)
  tellBeyond(decision, group)
  tellVariant(decision, group)
  endNode(decision, node, { outcome: 'success' })
}

function makeReady(decision: Decision, node: Node, instance: ProcessInstance): void {
  const { progress } = decision
  if (instance.concurrency !== undefined) {
    const { group } = instance.concurrency
    const name = evaluateNamed('concurrency', () => renderTemplate(group, contextsOf(progress, node)))
    if (name.problem !== undefined)
      return endNode(decision, node, { outcome: 'failure', reason: 'spawn', detail: name.problem })
    node.mutex = mutexOf(progress, name.value)
    const { holder } = node.mutex
    if (instance.concurrency.cancelInProgress && holder !== undefined)
      cancelNode(decision, holder, 'concurrency', `replaced by ${instance.id}`)
  }
  enqueue(progress, node)
}

/** A group ends as its members did, or as its gate when that never opened. */
function foldGroup(decision: Decision, node: Node, group: Group): void {
  const { progress } = decision
  const { instance, tally } = group
  if (instance.link !== undefined) return endNode(decision, node, linkedEnd(progress, instance.id))
  const gate = progress.byId.get(instance.gate)
  const opening = gate && endOf(gate)
  const round =
    instance.repeat !== undefined && opening?.result === 'success' && node.selected
      ? judgeRound(decision, node, group, instance.repeat)
      : undefined
  if (round === 'again') return
  if (round !== undefined) return endNode(decision, node, round)
  const outcome = opening?.result === 'failure' ? 'failure' : foldResults(tally)
  const unneeded = outcome === 'skipped' ? [opening, ...group.members.map(endOf)].find(isUnneeded) : undefined
  if (unneeded !== undefined)
    return endNode(decision, node, { outcome: 'cancelled', reason: 'not-needed', detail: unneeded.detail })
  if (outcome !== 'success') {
    const closed = opening !== undefined && opening.result !== 'success'
    const decisive = membersInRound(group, group.round).filter((each) => endOf(each)?.result === outcome)
    const member = decisive.find((each) => !isForgivable(endOf(each)?.reason ?? '')) ?? decisive[0]
    const cause = closed ? opening : member && endOf(member)
    const detail = closed || member === undefined ? (opening?.detail ?? '') : explainMember(member)
    return endNode(decision, node, { outcome, reason: cause?.reason ?? 'upstream', detail })
  }
  const ending = { result: 'success', outcome: 'success', reason: '' } as const
  const outputs = evaluateOutputs(instance.outputs, () => contextsOf(progress, node, ending))
  if (outputs.problem === undefined) endNode(decision, node, { outcome, outputs: outputs.value })
  else endNode(decision, node, { outcome: 'failure', reason: 'invalid-output', detail: outputs.problem })
}
