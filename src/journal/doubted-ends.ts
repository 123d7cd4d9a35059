import { unreachable } from '../core/unreachable.ts'
import type { PlanExpanded, RunEvent } from '../core/event.ts'
import { hasEnded, type KnownGraph, missingEnd, roundBefore } from './known-graph.ts'
import { closeAttempt, type MendedEvents, stopped, type TimedEvent } from './known-node.ts'

/** The events as if what cannot be relied on had been stopped. */
export function withoutDoubted(events: readonly TimedEvent[], graph: KnownGraph): MendedEvents {
  const { nodes, known } = graph
  const doubts = findDoubts(graph)
  const again = new Map<string, string>()
  const kept: TimedEvent[] = []
  const reopened = new Set<string>()
  for (const each of events) {
    const { event, at } = each
    switch (event.type) {
      case 'edge.decided':
        if (!doubts.has(event.from) && !doubts.has(event.to)) kept.push(each)
        break
      case 'plan.expanded':
        if (!doubts.has(`${event.group}..open`) && !isRoundOf(doubts, graph, event)) kept.push(each)
        break
      case 'instance.ended': {
        const why = doubts.get(event.id)
        if (why === undefined) {
          kept.push(each)
          break
        }
        if (nodes.get(event.id)?.kind === 'process' && event.outcome === 'success') again.set(event.id, why)
        if (known.get(event.id)?.last === undefined) break
        reopened.add(event.id)
        kept.push({ event: { ...event, ...stopped, detail: why }, at })
        break
      }
      case 'run.ended':
        // True only of all that was there.
        if (doubts.size === 0 && [...nodes.keys()].every((id) => hasEnded(graph, id))) kept.push(each)
        break
      case 'attempt.started':
      case 'attempt.progress':
      case 'attempt.repairing':
      case 'attempt.ended':
      case 'effect.started':
      case 'instance.restored':
      case 'instance.missed':
      case 'instance.retrying':
      case 'instance.cancelled':
        kept.push(each)
        stopUnended(event.id, event, at)
        break
      case 'run.paused':
      case 'run.unpaused':
        kept.push(each)
        if (event.id !== null) stopUnended(event.id, event, at)
        break
      case 'run.started':
      case 'run.resumed':
      case 'run.interrupted':
      case 'budget.warned':
      case 'budget.exceeded':
      case 'budget.carried':
      case 'fragments.taken':
      case 'provider.throttled':
      case 'report.delivered':
      case 'report.failed':
      case 'notice':
      case 'timer.fired':
        kept.push(each)
        break
      default:
        unreachable(event)
        kept.push(each)
    }
  }
  return { events: kept, again, doubts }

  /** What began although what it builds on is not known to have ended begins again. */
  function stopUnended(id: string, event: RunEvent, at: number): void {
    const node = known.get(id)
    const why = doubts.get(id)
    if (
      why === undefined ||
      node === undefined ||
      node.ended !== undefined ||
      event !== node.newest ||
      reopened.has(id)
    )
      return
    closeAttempt(node, at, (event) => kept.push({ event, at }))
    kept.push({ event: { type: 'instance.ended', id, ...stopped, detail: why, outputs: {} }, at })
  }
}

/** Whether it begins a round after one that is done again, or is not known to have ended. */
function isRoundOf(doubts: ReadonlyMap<string, string>, graph: KnownGraph, { members }: PlanExpanded): boolean {
  const [first] = members
  const instance = first === undefined ? undefined : graph.nodes.get(first)
  if (instance === undefined) return false
  return roundBefore(graph, instance).some(({ id }) => doubts.has(id) || !hasEnded(graph, id))
}

/** The nodes whose ends mean nothing, and why: their own are not whole, or what they build on is done again. */
function findDoubts(graph: KnownGraph): Map<string, string> {
  const doubts = new Map<string, string>()
  for (const [id, instance] of graph.nodes) {
    const missing = missingEnd(graph, instance)
    const why =
      graph.known.get(id)?.doubt ??
      (missing === undefined ? undefined : `it builds on ${missing}, whose end was in a damaged line of the journal`)
    if (why !== undefined) doubts.set(id, why)
  }
  const waiting = [...doubts.keys()]
  for (let from = waiting.pop(); from !== undefined; from = waiting.pop())
    for (const id of graph.dependents.get(from) ?? [])
      if (!doubts.has(id)) {
        doubts.set(id, `it builds on ${from}, which runs again`)
        waiting.push(id)
      }
  return doubts
}
