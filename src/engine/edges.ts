import { isTaken, isWaived, onlyOrders } from '../core/edges.ts'
import { isUnneeded } from '../core/outcome.ts'
import { forgetMembers } from './forgiven.ts'
import { endedBefore, endOf, type Link, type Node, type NodeEnd } from './node.ts'
import type { Progress } from './progress.ts'

/** What a node's edges say: wait for more, run, or be skipped. */
export type Verdict = 'wait' | 'go' | 'skip'

/** What the decided edges of a node amount to; see "Edges and conditions" of the file's documentation. */
export function verdictOf(node: Node): Verdict {
  const { refused } = node
  if (refused?.mandatory === true) return 'skip'
  if (node.instance.join === 'all') {
    if (refused !== undefined) return 'skip'
    return node.undecided > 0 || node.closed > 0 ? 'wait' : 'go'
  }
  const wanted = wantedOf(node)
  if (node.taken >= wanted || !node.incoming.some((link) => !link.mandatory)) return node.closed > 0 ? 'wait' : 'go'
  return node.taken + node.undecided >= wanted ? 'wait' : 'skip'
}

/** How many edges must be taken where not all must. */
function wantedOf({ instance: { join } }: Node): number {
  return typeof join === 'object' ? join.atLeast : 1
}

/** After a node ended: decides its edges, leaving those with an expression to be asked. */
export function followEdges(progress: Progress, node: Node): void {
  forgetMembers(node)
  for (const link of node.outgoing) followEdge(progress, link)
}

/** After the upstream of an edge ended: decides it, unless it has an expression. */
export function followEdge(progress: Progress, link: Link): void {
  const { from, to } = link
  const end = endOf(from)
  // What ends again after a resume tells nothing to what it had already let through.
  if (endOf(to) === undefined || endedBefore(from, to)) {
    if (from.ancestorFailed || end?.result === 'failure') to.ancestorFailed = true
    if (from.ancestorCancelled || (end?.result === 'cancelled' && !isUnneeded(end))) to.ancestorCancelled = true
  }
  const { when, atLeast } = link.edge
  // Members have decided it before their group ended, where there were any.
  if (atLeast !== undefined) applyEdge(progress, link, false)
  else if (isWaived(link.edge.optional, end)) applyEdge(progress, link, true)
  else if (typeof when === 'string') applyEdge(progress, link, isTaken(when, end))
  else if (link.state === 'undecided') progress.work.edges.push(link)
}

/** Marks an edge as decided, once, and lets its target be looked at again. */
export function applyEdge(progress: Progress, link: Link, taken: boolean): void {
  if (link.state !== 'undecided') return
  const { to, edge } = link
  link.state = taken ? 'taken' : 'refused'
  const counts = taken || onlyOrders(edge, to.instance)
  if (link.mandatory) to.closed--
  else to.undecided--
  if (!counts) {
    if (to.refused === undefined || link.mandatory) to.refused = link
  } else if (!link.mandatory) {
    to.taken++
    noteStart(to, takenAt(link) + edge.delayMs)
    cancelRest(progress, link)
  }
  progress.work.settle.push(to)
}

/** When an edge that is taken was: at the end of its upstream, or of the last member it has waited for. */
function takenAt(link: Link): number {
  const { from, edge } = link
  return (edge.atLeast === undefined ? undefined : fittingEnds(link)[edge.atLeast - 1]) ?? endOf(from)?.at ?? 0
}

/** When those members ended that count for an edge which asks for so many, in order. */
export function fittingEnds(link: Link): number[] {
  const ends = (link.from.group?.members ?? []).flatMap((member) => endOf(member) ?? [])
  return ends
    .filter((end) => fits(link, end))
    .map(({ at }) => at)
    .toSorted((a, b) => a - b)
}

/** Whether the end of a member counts for an edge that asks for so many. */
export function fits({ edge: { when } }: Link, end: NodeEnd): boolean {
  return typeof when === 'string' && isTaken(when, end) && !isUnneeded(end)
}

function noteStart(to: Node, earliest: number): void {
  if (to.instance.join === 'all') {
    to.notBefore = Math.max(to.notBefore ?? earliest, earliest)
    return
  }
  const wanted = wantedOf(to)
  to.starts = [...to.starts, earliest].toSorted((a, b) => a - b).slice(0, wanted)
  to.notBefore = to.starts[wanted - 1]
}

/** An edge was taken: what else it, or its target, has waited for may not be needed any more. */
function cancelRest({ work }: Progress, { from, to, edge }: Link): void {
  const { join, id } = to.instance
  const rest = edge.cancelRest === true ? [from] : []
  if (typeof join === 'object' && join.cancelRest && to.taken === join.atLeast)
    for (const link of to.incoming) if (!link.mandatory && link.state === 'undecided') rest.push(link.from)
  for (const node of rest) work.cancel.push({ node, cause: 'not-needed', detail: `${id} has as many as it needs` })
}
