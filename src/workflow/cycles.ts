/** A graph over the numbers from 0: the edges of node `n` go to `targets[starts[n]]` … `targets[starts[n + 1] - 1]`. */
export interface Graph {
  readonly size: number
  readonly starts: Uint32Array
  readonly targets: Uint32Array
}

/** A graph from pairs of numbers. */
export function createGraph(size: number, from: ArrayLike<number>, to: ArrayLike<number>): Graph {
  const starts = new Uint32Array(size + 1)
  for (let edge = 0; edge < from.length; edge++) starts[(from[edge] ?? 0) + 1]!++
  for (let node = 0; node < size; node++) starts[node + 1]! += starts[node]!
  const next = starts.slice()
  const targets = new Uint32Array(from.length)
  for (let edge = 0; edge < from.length; edge++) targets[next[from[edge] ?? 0]!++] = to[edge] ?? 0
  return { size, starts, targets }
}

/** Most cycles that are looked for; whoever has more has one mistake, not many. */
const limit = 50

/** Most steps spent on making a cycle the shortest one through its part of the graph. */
const patience = 4_000_000

/**
 * Cycles of a graph, each as a trail of nodes without the return to the first: for every knot the shortest one, then
 * the shortest among the edges that are left, until none is. The smallest number comes first in its trail.
 */
export function findCycles(graph: Graph): number[][] {
  const cut = new Set<number>()
  const cycles: number[][] = []
  let open: number[] | undefined
  while (cycles.length < limit) {
    const knots = findKnots(graph, cut, open)
    if (knots.length === 0) break
    open = knots.flat()
    for (const knot of knots) {
      const trail = shortestCycle(graph, cut, knot)
      cycles.push(rotate(trail))
      for (const [index, node] of trail.entries()) {
        const next = trail[(index + 1) % trail.length]
        for (let edge = graph.starts[node]!; edge < graph.starts[node + 1]!; edge++)
          if (graph.targets[edge] === next) cut.add(edge)
      }
    }
  }
  return cycles
}

/** Strongly connected components that hold a cycle (Tarjan, without recursion). */
function findKnots(graph: Graph, cut: ReadonlySet<number>, among: readonly number[] | undefined): number[][] {
  const { size, starts, targets } = graph
  const order = new Uint32Array(size)
  const low = new Uint32Array(size)
  const edgeAt = new Uint32Array(size)
  const onStack = new Uint8Array(size)
  const outside = among === undefined ? undefined : new Uint8Array(size).fill(1)
  if (outside !== undefined) for (const node of among ?? []) outside[node] = 0
  const stack: number[] = []
  const path: number[] = []
  const knots: number[][] = []
  let counter = 0
  const enter = (node: number): void => {
    order[node] = low[node] = ++counter
    edgeAt[node] = starts[node]!
    onStack[node] = 1
    stack.push(node)
    path.push(node)
  }
  for (let root = 0; root < size; root++) {
    if (order[root] !== 0 || outside?.[root] === 1) continue
    enter(root)
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      if (edgeAt[node]! < starts[node + 1]!) {
        const edge = edgeAt[node]!++
        const target = targets[edge]!
        if (cut.has(edge) || outside?.[target] === 1) continue
        if (order[target] === 0) enter(target)
        else if (onStack[target] === 1) low[node] = Math.min(low[node]!, order[target]!)
        continue
      }
      path.pop()
      const above = path.at(-1)
      if (above !== undefined) low[above] = Math.min(low[above]!, low[node]!)
      if (low[node] !== order[node]) continue
      const knot = stack.splice(stack.lastIndexOf(node))
      for (const member of knot) onStack[member] = 0
      if (knot.length > 1 || hasLoop(graph, cut, node)) knots.push(knot.toSorted((a, b) => a - b))
    }
  }
  return knots
}

function hasLoop({ starts, targets }: Graph, cut: ReadonlySet<number>, node: number): boolean {
  for (let edge = starts[node]!; edge < starts[node + 1]!; edge++)
    if (targets[edge] === node && !cut.has(edge)) return true
  return false
}

/** The shortest cycle inside a knot, by breadth from each of its nodes as long as patience lasts. */
function shortestCycle(graph: Graph, cut: ReadonlySet<number>, knot: readonly number[]): number[] {
  const { starts, targets } = graph
  const inside = new Set(knot)
  const from = new Map<number, number>()
  let best: number[] = []
  let steps = 0
  for (const root of knot) {
    if (best.length > 0 && steps > patience) break
    from.clear()
    const queue = [root]
    search: for (let at = 0; at < queue.length; at++) {
      const node = queue[at]!
      for (let edge = starts[node]!; edge < starts[node + 1]!; edge++) {
        steps++
        const target = targets[edge]!
        if (cut.has(edge) || !inside.has(target)) continue
        if (target === root) {
          const trail = trailTo(node, root, from)
          if (best.length === 0 || trail.length < best.length) best = trail
          break search
        }
        if (from.has(target)) continue
        from.set(target, node)
        queue.push(target)
      }
    }
  }
  return best
}

function trailTo(node: number, root: number, from: ReadonlyMap<number, number>): number[] {
  const trail = [node]
  for (let at = node; at !== root;) {
    at = from.get(at) ?? root
    trail.push(at)
  }
  return trail.toReversed()
}

function rotate(trail: readonly number[]): number[] {
  const first = trail.indexOf(trail.reduce((least, node) => Math.min(least, node), Number.POSITIVE_INFINITY))
  return [...trail.slice(first), ...trail.slice(0, first)]
}
