import type { AttemptEnded, InstanceEnded, RunEvent, Stamped } from '../core/event.ts'
import type { Instance } from '../core/instance.ts'
import { isObject } from '../core/is-object.ts'
import { unreachable } from '../core/unreachable.ts'
import { unknownAccounting } from '../core/usage.ts'
import { withoutDoubted } from './doubted-ends.ts'
import {
  type Add,
  closeAttempt,
  hasBegun,
  knownOf,
  type KnownNode,
  lostEnd,
  type MendedEvents,
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
  const add = (event: RunEvent, at: number): void => void events.push({ event, at })

  /** The newest event about an instance and all it needs. */
  const lastOf = (id: string): ReadonlySet<RunEvent | undefined> =>
    new Set([id, ...(nodes.get(id)?.needs ?? []).map(({ from }) => from)].map((each) => known.get(each)?.newest))

  /** What has ended begins or ends anew only in a run that was resumed, in a line that was lost. */
  const resumeBefore = (node: KnownNode, at: number): void => {
    if (node.ended === undefined || node.reopened) return
    add({ type: 'run.resumed', version: '', changed: [] }, at)
    for (const each of known.values()) each.reopened = true
  }

  for (const stamped of whole) {
    const { at } = stamped
    const event = unstamped(stamped)
    if (event.type === 'run.started') for (const node of event.plan.instances) nodes.set(node.id, node)
    if (event.type === 'plan.expanded') {
      expanded.add(event.group)
      for (const node of event.instances) nodes.set(node.id, node)
    }
    if (!('id' in event) || typeof event.id !== 'string' || event.type === 'notice') {
      if (event.type === 'run.resumed') for (const each of known.values()) each.reopened = true
      add(event, at)
      continue
    }
    // Cells whose matrix was expanded in a lost line are made anew with it.
    if (!nodes.has(event.id)) continue
    const node = knownOf(known, event.id)
    switch (event.type) {
      case 'attempt.started':
        closeAttempt(node, at, add)
        resumeBefore(node, at)
        node.ended = undefined
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
        if (node.open === undefined && hasRun(event)) addStart(events, event, at, lastOf(event.id))
        node.open = undefined
        node.last = event
        break
      case 'instance.retrying':
        closeAttempt(node, at, add)
        break
      case 'instance.ended':
        resumeBefore(node, at)
        endNode(node, event, at, add, nodes.get(event.id))
        break
      case 'attempt.repairing':
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
      if (gate?.ended?.result === 'success')
        gate.doubt = 'what its matrix became stood in a damaged line of the journal'
    }
  for (const [id, why] of doubted) knownOf(known, id).doubt = why
  return withoutDoubted(withImpliedEnds(events, nodes, known), nodes, known)
}

function unstamped(stamped: Stamped): RunEvent {
  const { v: _, seq: __, at: ___, ...event } = stamped
  return event
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
    node.doubt = lostEnd
  } else if (instance?.kind === 'process' && event.outcome === 'success' && node.last?.failure !== null)
    node.doubt = lostEnd
  node.ended = event
  node.reopened = false
}

/** Where the end of an instance was lost, but not that of its last attempt, the first follows from the second. */
function withImpliedEnds(
  events: readonly TimedEvent[],
  nodes: ReadonlyMap<string, Instance>,
  known: Map<string, KnownNode>,
): TimedEvent[] {
  /** The ids of ends by the event that each comes after, or before. */
  const after = new Map<RunEvent, string>()
  const before = new Map<RunEvent, string>()
  for (const [id, node] of known) {
    if (!hasBegun(node)) continue
    for (const { from } of nodes.get(id)?.needs ?? []) {
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
