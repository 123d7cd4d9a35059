import type { Plan } from '../core/plan.ts'
import { addNodes, estimateDurations } from './graph.ts'
import { createHeap, popHeap, pushHeap } from '../core/heap.ts'
import { isFurther, startsBefore, type Node, type Pool } from './node.ts'
import { poolOf } from './occupancy.ts'
import { createProgress, type EngineOptions, type Progress } from './progress.ts'

/** Milliseconds by the index of a node. */
type Times = Float64Array

/** So many nodes are looked at in all before the best order so far must do: a large plan is rehearsed once, a small one many times. */
const effort = 4000

/** Milliseconds of work for each node: with less, thinking takes longer than any order could save. */
const worthwhile = 1

/** As close to what no order can beat, there is nothing more to look for. */
const closeEnough = 1.01

/**
 * Runs the plan in thought with the durations of earlier runs: forwards by the longest way to the end, then backwards from the order of its
 * ends, which says how far from the end each node starts when slots are short too. That is the better measure of the way where
 * running forwards by it takes less time; small plans are tried again with these figures a little disturbed. Knows the limits of the
 * pools, not those of groups, providers and budgets.
 */
export function rehearse(progress: Progress): void {
  const { nodes } = progress
  const { random } = progress.options
  const disturb = (times: Times): Times => times.map((time) => time * (0.9 + 0.2 * random()))
  const durations = Float64Array.from(nodes, estimateDurations(progress))
  const paths = Float64Array.from(nodes, ({ path }) => path)
  const least = leastTime(progress, durations, paths)
  if (least < worthwhile * nodes.length) return
  const goal = closeEnough * least
  let known = schedule(progress, 'outgoing', durations, paths)
  for (let seen = 0; seen < effort && lastOf(known) > goal; seen += 2 * nodes.length) {
    const first = seen === 0
    const back = schedule(progress, 'incoming', durations, first ? known : disturb(known))
    const ways = first ? back : disturb(back)
    const tried = schedule(progress, 'outgoing', durations, ways)
    if (lastOf(tried) >= lastOf(known)) continue
    known = tried
    for (const node of nodes) node.path = at(ways, node)
  }
}

/**
 * Tells how long a plan takes, in milliseconds, when its nodes take these by id: what is not named takes none. By the plan's edges and the limits
 * of the pools alone.
 */
export function createMakespan(plan: Plan, options: EngineOptions): (durations: ReadonlyMap<string, number>) => number {
  const progress = createProgress(options)
  addNodes(progress, plan.instances)
  const nothing = new Float64Array(progress.nodes.length)
  return (durations) => {
    const times = Float64Array.from(progress.nodes, ({ instance }) => durations.get(instance.id) ?? 0)
    const ways = schedule(progress, 'incoming', times, nothing)
    return lastOf(schedule(progress, 'outgoing', times, ways))
  }
}

/** No order takes less than the longest path, nor than the work of a pool shared among its slots. */
function leastTime({ nodes, limits }: Progress, durations: Times, paths: Times): number {
  const work = { agents: 0, commands: 0 }
  for (const node of nodes) work[poolOf(node)] += at(durations, node)
  const { agents, commands } = work
  return Math.max(lastOf(paths), agents / limits.agents, commands / limits.commands, (agents + commands) / limits.total)
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
  const back = forwards ? 'incoming' : 'outgoing'
  const waiting = Float64Array.from(nodes, (node) => node[back].length)
  const ends = new Float64Array(nodes.length)
  const weightOf = (node: Node): number => at(weights, node)
  const before = (a: Node, b: Node): boolean => (forwards ? startsBefore : isFurther)(a, b, weightOf)
  const ready = { agents: createHeap(before), commands: createHeap(before) }
  const running = createHeap<Node>((a, b) => at(ends, a) < at(ends, b))
  const free = { ...limits }
  let now = 0

  const start = (pool: Pool): boolean => {
    const node = free[pool] > 0 && free.total > 0 ? popHeap(ready[pool]) : undefined
    if (node === undefined) return false
    free[pool]--
    free.total--
    ends[node.index] = now + at(durations, node)
    pushHeap(running, node)
    return true
  }

  /** Groups and gates end as soon as they are reached, but for a group that stands for members not known yet: it takes time and no place. */
  const reach = (node: Node): void => {
    if (node.instance.kind === 'process') return pushHeap(ready[poolOf(node)], node)
    const takes = at(durations, node)
    ends[node.index] = now + takes
    if (takes > 0) pushHeap(running, node)
    else leave(node)
  }

  const leave = (node: Node): void => {
    for (const link of node[onward]) {
      const next = forwards ? link.to : link.from
      const left = at(waiting, next) - 1
      waiting[next.index] = left
      if (left === 0) reach(next)
    }
  }

  for (const node of nodes) if (node[back].length === 0) reach(node)
  for (;;) {
    while (start('agents') || start('commands'));
    const node = popHeap(running)
    if (node === undefined) return ends
    now = at(ends, node)
    if (node.instance.kind === 'process') {
      free[poolOf(node)]++
      free.total++
    }
    leave(node)
  }
}

function at(times: Times, { index }: Node): number {
  return times[index] ?? 0
}

function lastOf(ends: Times): number {
  return ends.reduce((last, end) => Math.max(last, end), 0)
}
