import { createHeap, popHeap, pushHeap } from '../core/heap.ts'

/** Two reports that may be one: by how much their likeness exceeds what is required. */
export interface LikelyPair {
  readonly a: number
  readonly b: number
  readonly excess: number
}

interface Cluster {
  readonly members: number[]
  readonly agents: Set<string>
  /** The sum of excesses and the number of pairs towards other clusters, by their index. */
  readonly ties: Map<number, { sum: number; pairs: number }>
}

/**
 * Groups reports by average linkage: again and again the two groups whose pairs exceed what is required the most on average become one, as
 * long as that average is not negative. Groups that share an agent stay two. A pair that is not listed counts as not alike at all, `-required`.
 * Every index of `agents` is in exactly one group; groups and members come in ascending order.
 */
export function clusterPairs(agents: readonly string[], pairs: readonly LikelyPair[], required: number): number[][] {
  const clusters: (Cluster | undefined)[] = agents.map((agent, index) => ({
    members: [index],
    agents: new Set([agent]),
    ties: new Map(),
  }))
  // What is like none is never joined: its ties decide nothing.
  const isLike = new Uint8Array(agents.length)
  for (const { a, b, excess } of pairs) if (excess >= 0) isLike[a] = isLike[b] = 1
  for (const { a, b, excess } of pairs) {
    if (isLike[a] !== 1 || isLike[b] !== 1) continue
    clusters[a]?.ties.set(b, { sum: excess, pairs: 1 })
    clusters[b]?.ties.set(a, { sum: excess, pairs: 1 })
  }
  const average = (one: Cluster, other: Cluster, tie: { sum: number; pairs: number }): number => {
    const all = one.members.length * other.members.length
    return (tie.sum - (all - tie.pairs) * required) / all
  }
  const queue = createHeap<LikelyPair>(comesFirst)
  for (const pair of pairs) if (pair.excess >= 0) pushHeap(queue, pair)
  for (let pair = popHeap(queue); pair !== undefined; pair = popHeap(queue)) {
    const { a, b, excess } = pair
    const [one, other] = [clusters[a], clusters[b]]
    const tie = one?.ties.get(b)
    if (one === undefined || other === undefined || tie === undefined) continue
    if (average(one, other, tie) !== excess) continue
    if ([...other.agents].some((agent) => one.agents.has(agent))) continue
    join(clusters, a, b)
    for (const [index, mutual] of one.ties) {
      const neighbour = clusters[index]
      if (neighbour === undefined) continue
      const strength = average(one, neighbour, mutual)
      if (strength >= 0) pushHeap(queue, { a: Math.min(a, index), b: Math.max(a, index), excess: strength })
    }
  }
  return clusters.flatMap((cluster) => (cluster === undefined ? [] : [cluster.members.toSorted((x, y) => x - y)]))
}

/** Takes cluster `b` into `a`, with its ties. */
function join(clusters: (Cluster | undefined)[], a: number, b: number): void {
  const [one, other] = [clusters[a], clusters[b]]
  if (one === undefined || other === undefined) return
  one.members.push(...other.members)
  for (const agent of other.agents) one.agents.add(agent)
  one.ties.delete(b)
  clusters[b] = undefined
  for (const [index, tie] of other.ties) {
    if (index === a) continue
    const known = one.ties.get(index)
    const sum = { sum: tie.sum + (known?.sum ?? 0), pairs: tie.pairs + (known?.pairs ?? 0) }
    one.ties.set(index, sum)
    const neighbour = clusters[index]
    neighbour?.ties.delete(b)
    neighbour?.ties.set(a, sum)
  }
}

/** The strongest first; among equals the one whose reports come first, so that nothing depends on chance. */
function comesFirst(x: LikelyPair, y: LikelyPair): boolean {
  return x.excess !== y.excess ? x.excess > y.excess : x.a !== y.a ? x.a < y.a : x.b < y.b
}
