import type { Edge, Instance } from '../core/instance.ts'
import { freeAccounting } from '../core/usage.ts'
import { createScope, grounded, holdReserve } from './budget.ts'
import { createLines, createTally, type Link, type Node, type Scope, type Slots } from './node.ts'
import type { Progress } from './progress.ts'
import { isElsewhere } from './shard.ts'

/** Puts instances into the graph with their edges and parents; those without edges may be settled at once. */
export function addNodes(progress: Progress, instances: readonly Instance[]): Node[] {
  const fresh = instances.map((instance) => addNode(progress, instance))
  for (const node of fresh) {
    linkParent(progress, node)
    for (const edge of node.instance.needs) linkEdge(progress, edge, node)
  }
  for (const node of fresh) {
    // A list that `push` has grown keeps room for more: a copy is as long as it has to be.
    node.incoming = [...node.incoming]
    node.outgoing = [...node.outgoing]
    frame(progress, node)
    holdReserve(progress, node)
  }
  for (const node of fresh) if (node.incoming.length === 0) progress.work.settle.push(node)
  return fresh
}

/** Members stand before their group: one of which not all members, or those of a member, are here is for others to fold. */
function frame(progress: Progress, node: Node): void {
  const members = progress.shard === undefined ? undefined : node.group?.instance.members
  if (members === undefined || members.every((id) => progress.byId.get(id)?.isFrame === false)) return
  node.isFrame = true
  progress.remaining--
}

/** An edge between two nodes that are in the graph; an upstream that is not there is left out. */
export function linkEdge(progress: Progress, edge: Edge, to: Node): void {
  const from = progress.byId.get(edge.from)
  if (from === undefined) return
  const mandatory = from.instance.kind === 'gate' && to.instance.kind !== 'group'
  const link: Link = { from, to, edge, mandatory, state: 'undecided', error: '' }
  const { atLeast } = edge
  if (atLeast !== undefined) from.group?.quorums.push({ link, atLeast, ended: 0, taken: 0 })
  from.outgoing.push(link)
  to.incoming.push(link)
  if (mandatory) to.closed++
  else to.undecided++
}

/** Selects all that must run for these nodes to run: their upstreams, which for a group are its members. */
export function selectClosure(progress: Progress, only: readonly string[]): void {
  for (const node of progress.nodes) node.selected = false
  const open = only.map((id) => findSelected(progress, id)).filter((node) => node !== undefined)
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.selected) continue
    node.selected = true
    for (const link of node.incoming) open.push(link.from)
  }
  for (const node of progress.nodes) if (!node.selected) progress.work.settle.push(node)
}

/** A cell of a dynamic matrix is not in the plan yet: its group stands for it. */
function findSelected(progress: Progress, id: string): Node | undefined {
  for (let name = id; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('.')))) {
    const node = progress.byId.get(name)
    if (node !== undefined) return node
  }
  return undefined
}

const noStarts: readonly number[] = []

function addNode(progress: Progress, instance: Instance): Node {
  const node: Node = {
    index: progress.nodes.length,
    instance,
    incoming: [],
    outgoing: [],
    parent: undefined,
    group:
      instance.kind === 'group'
        ? { instance, members: [], quorums: [], lanes: [], tally: createTally(), standing: 0, round: 1, previous: null }
        : undefined,
    slots: createSlots(instance),
    active: 0,
    selected: true,
    path: 0,
    state: { status: 'waiting' },
    settled: false,
    undecided: 0,
    taken: 0,
    refused: undefined,
    closed: 0,
    starts: noStarts,
    notBefore: undefined,
    ancestorFailed: false,
    ancestorCancelled: false,
    definition: instance.kind === 'process' ? instance.process : undefined,
    fallback: -1,
    attempt: 0,
    tries: 0,
    startedAt: 0,
    firstStartedAt: undefined,
    last: undefined,
    accounting: freeAccounting,
    flight: grounded,
    provider: undefined,
    spacedUntil: undefined,
    restored: undefined,
    occupied: false,
    lane: undefined,
    mutex: undefined,
    stopping: undefined,
    stopCause: undefined,
    expanded: false,
    beyond: false,
    fresh: true,
    afterInterrupt: false,
    scope: addScope(progress, instance),
    reserve: undefined,
    elsewhere: isElsewhere(progress.shard, instance.id),
    isFrame: false,
  }
  progress.nodes.push(node)
  progress.byId.set(instance.id, node)
  progress.remaining++
  return node
}

function addScope(progress: Progress, instance: Instance): Scope | undefined {
  const budget =
    instance.kind === 'group' ? instance.budget : instance.kind === 'process' ? instance.process.budget : undefined
  if (budget === undefined) return undefined
  const scope = createScope(instance.id, budget)
  progress.scopes.push(scope)
  return scope
}

function createSlots(instance: Instance): Slots | undefined {
  const max = instance.kind === 'group' ? instance.maxParallel : undefined
  return max === undefined ? undefined : { kind: 'slots', parked: createLines(), max, running: 0 }
}

function linkParent(progress: Progress, node: Node): void {
  const { instance } = node
  const parent = progress.byId.get(instance.kind === 'gate' ? instance.group : (instance.parent ?? ''))
  if (parent === undefined) return
  node.parent = parent
  if (instance.kind === 'gate' || parent.group === undefined) return
  const { members } = parent.group
  node.beyond = members.length >= (parent.group.instance.maxInstances ?? Infinity)
  members.push(node)
}

/** Finds the longest way to the end through each new node, from the end backwards; groups and gates weigh nothing. */
export function weigh(progress: Progress, fresh: readonly Node[]): void {
  const durationOf = estimateDurations(progress)
  const among = new Set(fresh)
  const open = new Map(fresh.map((node) => [node, node.outgoing.filter(({ to }) => among.has(to)).length]))
  const last = fresh.filter((node) => open.get(node) === 0)
  for (let node = last.pop(); node !== undefined; node = last.pop()) {
    let beyond = 0
    for (const link of node.outgoing) beyond = Math.max(beyond, link.to.path)
    node.path = beyond + durationOf(node)
    for (const { from } of node.incoming) {
      const left = (open.get(from) ?? Infinity) - 1
      open.set(from, left)
      if (left === 0) last.push(from)
    }
  }
}

/** How long nodes are expected to run: as they did before, what is new as long as the mean of those; groups and gates take no time. */
export function estimateDurations({ options: { durations } }: Progress): (node: Node) => number {
  const usual = durations === undefined || durations.size === 0 ? 1 : mean(durations)
  return ({ instance }) => (instance.kind === 'process' ? (durations?.get(instance.id) ?? usual) : 0)
}

function mean(values: ReadonlyMap<string, number>): number {
  let sum = 0
  for (const value of values.values()) sum += value
  return sum / values.size
}
