import { estimateDurations } from './graph.ts'
import { createHeap, popHeap, pushHeap } from './heap.ts'
import { priorityOf, type Node, type Pool } from './node.ts'
import { poolOf } from './occupancy.ts'
import type { Progress } from './progress.ts'

/** Milliseconds by the index of a node. */
type Times = Float64Array

/**
 * Runs the plan in thought with the durations of earlier runs: forwards by the longest way to the end, then backwards from the order of its
 * ends, which says how far from the end each node starts when slots are short too. That is the better measure of the way where
 * running forwards by it takes less time. Knows the limits of the pools, not those of groups, providers and budgets.
 */
export function rehearse(progress: Progress): void {
  const durations = Float64Array.from(progress.nodes, estimateDurations(progress))
  const paths = Float64Array.from(progress.nodes, ({ path }) => path)
  const byPath = schedule(progress, 'outgoing', durations, paths)
  const ways = schedule(progress, 'incoming', durations, byPath)
  if (lastOf(schedule(progress, 'outgoing', durations, ways)) >= lastOf(byPath)) return
  for (const node of progress.nodes) node.path = ways[node.index] ?? 0
}

/**
 * When each node ends if whatever is ready starts, the highest weight first. From the end of the plan the edges point the other way, and what
 * priority did is in the weights.
 */
function schedule(
  { nodes, limits }: Progress,
  onward: 'outgoing' | 'incoming',
  durations: Times,
  weights: Times,
): Times {
  const forwards = onward === 'outgoing'
  const waiting = nodes.map(({ incoming, outgoing }) => (forwards ? incoming : outgoing).length)
  const ends = new Float64Array(nodes.length)
  const endOf = ({ index }: Node): number => ends[index] ?? 0
  const before = (a: Node, b: Node): boolean => {
    if (forwards && priorityOf(a) !== priorityOf(b)) return priorityOf(a) > priorityOf(b)
    const [first = 0, second = 0] = [weights[a.index], weights[b.index]]
    return first === second ? a.index < b.index : first > second
  }
  const ready = { agents: createHeap(before), commands: createHeap(before) }
  const running = createHeap<Node>((a, b) => endOf(a) < endOf(b))
  const free = { ...limits }
  let now = 0

  const start = (pool: Pool): boolean => {
    const node = free[pool] > 0 && free.total > 0 ? popHeap(ready[pool]) : undefined
    if (node === undefined) return false
    free[pool]--
    free.total--
    ends[node.index] = now + (durations[node.index] ?? 0)
    pushHeap(running, node)
    return true
  }

  /** Groups and gates end as soon as they are reached. */
  const reach = (node: Node): void => {
    if (node.instance.kind === 'process') return pushHeap(ready[poolOf(node)], node)
    ends[node.index] = now
    leave(node)
  }

  const leave = (node: Node): void => {
    for (const link of node[onward]) {
      const next = forwards ? link.to : link.from
      const left = (waiting[next.index] ?? 0) - 1
      waiting[next.index] = left
      if (left === 0) reach(next)
    }
  }

  for (const node of nodes) if ((forwards ? node.incoming : node.outgoing).length === 0) reach(node)
  for (;;) {
    while (start('agents') || start('commands'));
    const node = popHeap(running)
    if (node === undefined) return ends
    now = endOf(node)
    free[poolOf(node)]++
    free.total++
    leave(node)
  }
}

function lastOf(ends: Times): number {
  return ends.reduce((last, end) => Math.max(last, end), 0)
}
