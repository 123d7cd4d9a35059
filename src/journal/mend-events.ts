import type { AttemptEnded, InstanceEnded, PlanExpanded, RunEvent, Stamped } from '../core/event.ts'
import type { Instance } from '../core/instance.ts'
import { isObject } from '../core/is-object.ts'
import { unstamped } from '../core/unstamped.ts'
import { unreachable } from '../core/unreachable.ts'
import { unknownAccounting } from '../core/usage.ts'
import { withoutDoubted } from './doubted-ends.ts'
import { edgeKey, graphOf, type KnownGraph, reopenKnown } from './known-graph.ts'
import {
  type Add,
  closeAttempt,
  hasBegun,
  knownOf,
  type KnownNode,
  lostCause,
  endDamaged,
  type MendedEvents,
  stopped,
  type TimedEvent,
} from './known-node.ts'

/**
 * Makes the events around lost ones a run again that can be resumed: a success is kept where all that it and what it builds on did is there; ends that
 * were lost are put where they belong, as lost, or as what follows from the others. `doubted` are instances, with the reason, whose ends are not to be relied on.
 */
export function mendEvents(whole: Iterable<Stamped>, doubted: ReadonlyMap<string, string> = new Map()): MendedEvents {
  const events: TimedEvent[] = []
  const nodes = new Map<string, Instance>()
  const known = new Map<string, KnownNode>()
  const expanded = new Set<string>()
  const refusals = new Set<string>()
  /** Groups of which a round began in a line that was lost. */
  const lostRounds = new Set<string>()
  let isInterrupted = false
  const add = (event: RunEvent, at: number): void => void events.push({ event, at })

  /** The newest event about an instance and all it needs. */
  const lastOf = (id: string): ReadonlySet<RunEvent | undefined> =>
    new Set([id, ...(nodes.get(id)?.needs ?? []).map(({ from }) => from)].map((each) => known.get(each)?.newest))

  /** What an earlier process said of it no longer holds in a run that was resumed, which opens it again. */
  const setAside = (node: KnownNode): void => {
    const at = events.findLastIndex(({ event }) => event === node.ended)
    const said = events[at]
    if (node.ended === undefined || said === undefined) return
    node.ended = { ...node.ended, ...stopped, detail: lostCause }
    node.openAgain = true
    events[at] = { event: node.ended, at: said.at }
  }

  const reopen = (only?: readonly string[]): void => {
    isInterrupted = false
    for (const node of reopenKnown(graphOf(nodes, known, refusals), only)) setAside(node)
  }

  /** What has ended begins or ends anew only in a run that was resumed, maybe in a line that was lost, and opened it again. */
  const resumeBefore = (node: KnownNode, at: number): void => {
    if (node.ended === undefined) return
    if (!node.reopened) {
      add({ type: 'run.resumed', version: '', changed: [] }, at)
      reopen()
    }
    if (!node.openAgain) setAside(node)
  }

  /** A failure that was followed by a resumed run and no other attempt was the last, or nobody knows. */
  const endBefore = (id: string, node: KnownNode): void => {
    const { last, newest, ended, reopened } = node
    if (ended !== undefined || !reopened || last === undefined || newest !== last) return
    if (last.failure === null || last.failure.kind === 'cancelled') return
    const index = events.findLastIndex(({ event }) => event === last)
    const at = events[index]?.at ?? 0
    events.splice(index + 1, 0, {
      event: { type: 'instance.ended', id, ...stopped, detail: lostCause, outputs: {} },
      at,
    })
  }

  /** What starts in a group that was opened again starts after its gate. */
  const openGates = (id: string, at: number): void => {
    for (const { from } of nodes.get(id)?.needs ?? []) {
      const gate = known.get(from)
      if (gate?.openAgain !== true || nodes.get(from)?.kind !== 'gate') continue
      gate.ended = { type: 'instance.ended', id: from, ...success, outputs: {} }
      gate.openAgain = false
      gate.reopened = false
      add(gate.ended, at)
    }
  }

  /** An attempt of it begins, or ended without a start. */
  const begin = (node: KnownNode, at: number): void => {
    resumeBefore(node, at)
    if (isInterrupted && (node.reopened || !hasBegun(node))) node.afterInterrupt = true
    node.ended = undefined
    node.openAgain = false
    node.reopened = false
  }

  for (const stamped of whole) {
    const { at } = stamped
    const event = unstamped(stamped)
    if (event.type === 'run.started') for (const node of event.plan.instances) nodes.set(node.id, node)
    if (event.type === 'plan.expanded') {
      // What was in the plan only by a lost line is made anew, and so is what it became.
      if (!nodes.has(event.group)) continue
      if (!isNextRound(event, nodes)) {
        lostRounds.add(event.group)
        continue
      }
      expanded.add(event.group)
      for (const node of event.instances) nodes.set(node.id, node)
    }
    if (!('id' in event) || typeof event.id !== 'string' || event.type === 'notice') {
      if (event.type === 'run.resumed') reopen(event.only)
      if (event.type === 'run.interrupted') isInterrupted = true
      if (event.type === 'edge.decided') {
        if (event.taken) refusals.delete(edgeKey(event.from, event.to))
        else refusals.add(edgeKey(event.from, event.to))
      }
      add(event, at)
      continue
    }
    // Cells whose matrix was expanded in a lost line are made anew with it.
    if (!nodes.has(event.id)) {
      const first = nodes.get(event.id.slice(0, Math.max(0, event.id.lastIndexOf('#'))))
      if (first !== undefined && first.kind !== 'gate' && first.parent !== undefined) lostRounds.add(first.parent)
      continue
    }
    const node = knownOf(known, event.id)
    switch (event.type) {
      case 'attempt.started':
        closeAttempt(node, at, add)
        endBefore(event.id, node)
        openGates(event.id, at)
        begin(node, at)
        node.open = event
        node.accounting = unknownAccounting
        node.effect = undefined
        break
      case 'attempt.progress':
        node.accounting = event.accounting
        break
      case 'effect.started':
        node.effect = event
        break
      case 'attempt.ended':
        begin(node, at)
        if (node.open === undefined && hasRun(event) && node.restored !== event.attempt)
          addStart(events, event, at, lastOf(event.id))
        node.open = undefined
        node.last = event
        break
      case 'instance.retrying':
        closeAttempt(node, at, add)
        break
      case 'instance.ended':
        resumeBefore(node, at)
        if (isInterrupted && nodes.get(event.id)?.kind === 'gate') node.afterInterrupt = true
        endNode(node, event, at, add, nodes.get(event.id))
        break
      case 'instance.restored':
        closeAttempt(node, at, add)
        endBefore(event.id, node)
        openGates(event.id, at)
        begin(node, at)
        node.restored = event.attempt
        break
      case 'attempt.repairing':
      case 'instance.missed':
      case 'instance.cancelled':
      case 'run.paused':
      case 'run.unpaused':
        break
      default:
        unreachable(event)
    }
    node.first ??= event
    node.newest = event
    add(event, at)
  }
  for (const node of nodes.values())
    if (node.kind === 'gate' && node.expansion !== undefined && !expanded.has(node.group)) {
      const gate = known.get(node.id)
      if (gate?.ended?.result === 'success') gate.doubt = 'what its matrix became was in a damaged line of the journal'
    }
  for (const id of lostRounds) knownOf(known, id).doubt ??= 'one of its rounds started in a damaged line of the journal'
  for (const [id, why] of doubted) knownOf(known, id).doubt = why
  const graph = graphOf(nodes, known, refusals)
  return withoutDoubted(withImpliedEnds(events, graph, known), graph)
}

/** Whether it makes the cells of a matrix, or the round after the newest that is known of a repeated group. */
function isNextRound({ group, round }: PlanExpanded, nodes: ReadonlyMap<string, Instance>): boolean {
  if (round === undefined || round === 2) return true
  for (const node of nodes.values())
    if (node.kind !== 'gate' && node.parent === group && node.round === round - 1) return true
  return false
}

/** Whether an attempt had a process: one that could not start has no start either. */
function hasRun({ exitCode, signal, durationMs }: AttemptEnded): boolean {
  return exitCode !== null || signal !== null || durationMs > 0
}

/** Puts the start of an attempt before the run was interrupted, if it was since: what begins after that is there to clean up. */
function addStart(
  events: TimedEvent[],
  ended: AttemptEnded,
  at: number,
  before: ReadonlySet<RunEvent | undefined>,
): void {
  const since = events.findLastIndex(({ event }) => before.has(event))
  const interrupted = events.findIndex(({ event }, index) => index > since && event.type === 'run.interrupted')
  const { id, attempt, runtime, model, durationMs } = ended
  const none = { pid: 0, argv: [], envNames: [], cwd: '' }
  const place = interrupted === -1 ? events.length : interrupted
  const startedAt = Math.max(at - durationMs, events[place - 1]?.at ?? 0)
  events.splice(place, 0, { event: { type: 'attempt.started', id, attempt, runtime, model, ...none }, at: startedAt })
}

function endNode(node: KnownNode, event: InstanceEnded, at: number, add: Add, instance: Instance | undefined): void {
  node.doubt = undefined
  if (node.open !== undefined && node.effect !== undefined && event.outcome === 'success') {
    // The effect was done, or there would be no success; how the attempt ends was said before.
    node.last = node.effect.ended
    node.open = undefined
    add(node.last, at)
  }
  if (node.open !== undefined) {
    closeAttempt(node, at, add)
    node.doubt = endDamaged
  } else if (instance?.kind === 'process' && event.outcome === 'success' && node.last?.failure !== null)
    node.doubt = endDamaged
  node.ended = event
  node.reopened = false
  node.openAgain = false
}

/** Where the end of an instance was lost, but not that of its last attempt, the first follows from the second. */
function withImpliedEnds(
  events: readonly TimedEvent[],
  { nodes, members }: KnownGraph,
  known: Map<string, KnownNode>,
): TimedEvent[] {
  /** The ids of ends by the event that each comes after, or before. */
  const after = new Map<RunEvent, string>()
  const before = new Map<RunEvent, string>()
  for (const [id, node] of known) {
    const needs = (nodes.get(id)?.needs ?? []).map(({ from }) => from)
    const within = node.ended === undefined ? [] : (members.get(id) ?? []).map((member) => member.id)
    for (const from of hasBegun(node) ? needs : within) {
      const instance = nodes.get(from)
      const upstream = knownOf(known, from)
      if (upstream.ended !== undefined || upstream.doubt !== undefined || instance === undefined) continue
      const outputs = impliedOutputs(instance, upstream)
      if (outputs === undefined) continue
      upstream.ended = { type: 'instance.ended', id: from, ...success, outputs }
      if (upstream.newest !== undefined) after.set(upstream.newest, from)
      else if (node.first !== undefined) before.set(node.first, from)
    }
  }
  const endOf = (id: string | undefined, at: number): TimedEvent[] => {
    const event = known.get(id ?? '')?.ended
    return event === undefined ? [] : [{ event, at }]
  }
  return events.flatMap((each) => [
    ...endOf(before.get(each.event), each.at),
    each,
    ...endOf(after.get(each.event), each.at),
  ])
}

const success = { result: 'success', outcome: 'success', reason: '', detail: '' } as const

function impliedOutputs(instance: Instance, { last, open }: KnownNode): InstanceEnded['outputs'] | undefined {
  // Its members began.
  if (instance.kind === 'gate') return {}
  if (instance.kind !== 'process' || open !== undefined || last === undefined || last.failure !== null) return undefined
  if (Object.keys(instance.outputs).length > 0) return undefined
  const answer = instance.process.outputSchema !== undefined && isObject(last.json) ? last.json : {}
  return { ...answer, ...last.outputs }
}
