import { awaitedScope, remainingBudget, reserveOf } from './budget.ts'
import { getOrAdd } from '../core/get-or-add.ts'
import { createHeap, peekHeap, popHeap, pushHeap, type Heap } from '../core/heap.ts'
import { chooseProvider, poolOf } from './occupancy.ts'
import { startsBefore, type Lane, type Node, type Pool, type Resource } from './node.ts'
import { isLed, prefixNameOf, prefixOf } from './prefix.ts'
import type { Progress } from './progress.ts'

/**
 * Ready nodes wait in lanes: all nodes of a lane are held back by the same things, so looking at the first one is enough.
 * A lane stands in the line of its pool, or is parked at the one resource it waits for.
 */
export function enqueue(progress: Progress, node: Node): void {
  node.state = { status: 'ready' }
  node.provider = chooseProvider(progress, node)
  const lane = laneOf(progress, node)
  node.lane = lane
  pushHeap(lane.ready, node)
  if (peekHeap(lane.ready) === node) pushHeap(lane.at, node)
}

/** The lane that may go on and whose first node comes first, over both pools; serving it makes its entry in the line a stale one. */
export function nextLane(progress: Progress): Lane | undefined {
  const { running, limits, lines } = progress
  if (running.total >= limits.total) return undefined
  const agent = running.agents < limits.agents ? firstOf(lines.agents) : undefined
  const command = running.commands < limits.commands ? firstOf(lines.commands) : undefined
  const node = agent === undefined || (command !== undefined && startsBefore(command, agent)) ? command : agent
  return node?.lane
}

/** Takes the first node out of a lane; the lane goes back into its line with the next one. */
export function takeFirst(lane: Lane): void {
  popHeap(lane.ready)
}

/** Puts a lane in its pool's line, or parks it at what it waits for. */
export function placeLane(progress: Progress, lane: Lane, at: Resource | undefined): void {
  if (at?.kind === 'budget') progress.parkedScopes.add(at)
  lane.at = (at === undefined ? progress.lines : at.parked)[lane.pool]
  const first = peekHeap(lane.ready)
  if (first !== undefined) pushHeap(lane.at, first)
}

/** What keeps a node from starting now, if anything. */
export function blockerOf(progress: Progress, node: Node, now: number): Resource | undefined {
  const { provider, mutex } = node
  if (provider !== undefined && !isFree(provider, now)) return provider
  if (mutex?.holder !== undefined) return mutex
  for (let member = node; member.parent !== undefined; member = member.parent) {
    const { slots } = member.parent
    if (slots !== undefined && member.active === 0 && slots.running >= slots.max) return slots
  }
  const prefix = prefixOf(progress, node)
  return prefix !== undefined && isLed(prefix, now) ? prefix : awaitedScope(progress, node)
}

/**
 * Lets the first lane of a pool that is parked at a resource go on; it lets the next one follow once it has had its turn.
 * Lanes at a budget all go on: what is left may be enough for any of them. So do those at a prefix.
 */
export function wakeFirst(progress: Progress, resource: Resource, pool: Pool, now: number): void {
  if (!isFree(resource, now)) return
  let woken = wakeOne(progress, resource, pool)
  while (woken && wakesAll(resource)) woken = wakeOne(progress, resource, pool)
}

/** After a process started: what else is in the same member of a limited group needs no further slot. */
export function wakeSiblings(progress: Progress, node: Node): void {
  for (let member = node; member.parent !== undefined; member = member.parent) {
    const { slots } = member.parent
    for (const lane of member.group?.lanes ?? [])
      if (lane.at === slots?.parked[lane.pool]) placeLane(progress, lane, undefined)
  }
}

/** Whether it may be there for all that wait for it. */
export function wakesAll({ kind }: Resource): boolean {
  return kind === 'budget' || kind === 'prefix'
}

function wakeOne(progress: Progress, resource: Resource, pool: Pool): boolean {
  const lane = firstOf(resource.parked[pool])?.lane
  if (lane === undefined) return false
  lane.from = resource
  placeLane(progress, lane, undefined)
  return true
}

function isFree(resource: Resource, now: number): boolean {
  switch (resource.kind) {
    case 'provider':
      return resource.open !== undefined || (resource.until <= now && resource.running < resource.limit)
    case 'mutex':
      return resource.holder === undefined
    case 'slots':
      return resource.running < resource.max
    case 'prefix':
      return !isLed(resource, now)
    case 'budget':
      return true
  }
}

/** The first entry that still stands for the first node of a lane that is here. */
function firstOf(heap: Heap<Node>): Node | undefined {
  for (let node = peekHeap(heap); node !== undefined; node = peekHeap(heap)) {
    if (node.lane?.at === heap && peekHeap(node.lane.ready) === node) return node
    popHeap(heap)
  }
  return undefined
}

function laneOf(progress: Progress, node: Node): Lane {
  const pool = poolOf(node)
  const limited: Node[] = []
  let key = `${pool} ${node.provider?.name ?? ''} ${node.mutex?.name ?? ''}`
  for (let member = node; member.parent !== undefined; member = member.parent) {
    if (member.parent.slots !== undefined) {
      key += ` ${member === node ? member.parent.index : `${member.index}+`}`
      limited.push(member)
    }
    if (member.parent.scope !== undefined) key += ` $${member.parent.index}`
  }
  key += `${budgetKey(node)} ~${prefixNameOf(node) ?? ''}`
  return getOrAdd(progress.lanes, key, () => {
    const lane = { pool, ready: createHeap(startsBefore), at: progress.lines[pool], from: undefined }
    for (const member of limited) member.group?.lanes.push(lane)
    return lane
  })
}

/** Nodes that ask for the same reservation share a lane. */
function budgetKey(node: Node): string {
  if (reserveOf(node) !== undefined) return ` $${node.index}`
  const budget = remainingBudget(node)
  return budget === undefined ? '' : ` $${budget.tokens ?? ''}/${budget.costUsd ?? ''}`
}
