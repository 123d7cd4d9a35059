import { isTaken, onlyOrders } from '../core/edges.ts'
import { forgetMembers } from './forgiven.ts'
import type { Link, Node } from './node.ts'
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
  if (node.taken > 0 || !node.incoming.some((link) => !link.mandatory)) return node.closed > 0 ? 'wait' : 'go'
  return node.undecided > 0 ? 'wait' : 'skip'
}

/** After a node ended: decides its edges, leaving those with an expression to be asked. */
export function followEdges(progress: Progress, node: Node): void {
  forgetMembers(node)
  for (const link of node.outgoing) followEdge(progress, link)
}

/** After the upstream of an edge ended: decides it, unless it has an expression. */
export function followEdge(progress: Progress, link: Link): void {
  const { from, to } = link
  if (from.ancestorFailed || from.result === 'failure') to.ancestorFailed = true
  if (from.ancestorCancelled || from.result === 'cancelled') to.ancestorCancelled = true
  const { when } = link.edge
  if (typeof when === 'string') applyEdge(progress, link, isTaken(when, from))
  else if (link.state === 'undecided') progress.work.edges.push(link)
}

/** Marks an edge as decided, once, and lets its target be looked at again. */
export function applyEdge(progress: Progress, link: Link, taken: boolean): void {
  if (link.state !== 'undecided') return
  const { to, from, edge } = link
  link.state = taken ? 'taken' : 'refused'
  const counts = taken || onlyOrders(edge, to.instance)
  if (link.mandatory) to.closed--
  else to.undecided--
  if (!counts) {
    if (to.refused === undefined || link.mandatory) to.refused = link
  } else if (!link.mandatory) {
    const earliest = (from.ended?.at ?? 0) + edge.delayMs
    const { notBefore = earliest } = to
    to.taken++
    to.notBefore = to.instance.join === 'any' ? Math.min(notBefore, earliest) : Math.max(notBefore, earliest)
  }
  progress.work.settle.push(to)
}
