import { isTaken } from '../core/edges.ts'
import type { Instance } from '../core/instance.ts'
import { isReopened, isUnneeded } from '../core/outcome.ts'
import { hasBegun, type KnownNode } from './known-node.ts'

type Need = Instance['needs'][number]

/** The nodes of a damaged journal by id, and what builds on what: by edges, as members of a group, and as later rounds of it. */
export interface KnownGraph {
  readonly nodes: ReadonlyMap<string, Instance>
  readonly known: ReadonlyMap<string, KnownNode>
  /** What waits for a node, by its id. */
  readonly dependents: ReadonlyMap<string, readonly string[]>
  /** The direct members of a group, by its id; of a repeated one those of all rounds. */
  readonly members: ReadonlyMap<string, readonly Instance[]>
  /** Edges with an expression that were last decided not to be taken, by `edgeKey`. */
  readonly refusals: ReadonlySet<string>
}

/** Looks at all that was in the plan by now. */
export function graphOf(
  nodes: ReadonlyMap<string, Instance>,
  known: ReadonlyMap<string, KnownNode>,
  refusals: ReadonlySet<string>,
): KnownGraph {
  const members = new Map<string, Instance[]>()
  const dependents = new Map<string, string[]>()
  const put = <T>(lists: Map<string, T[]>, key: string, value: T): void => {
    const list = lists.get(key)
    if (list === undefined) lists.set(key, [value])
    else list.push(value)
  }
  for (const node of nodes.values())
    if (node.kind !== 'gate' && node.parent !== undefined) put(members, node.parent, node)
  const graph = { nodes, known, dependents, members, refusals }
  for (const node of nodes.values()) {
    for (const { from } of node.needs) put(dependents, from, node.id)
    if (node.kind === 'gate' || node.parent === undefined) continue
    put(dependents, node.id, node.parent)
    for (const { id } of roundBefore(graph, node)) {
      put(dependents, id, node.id)
      if (node.kind === 'group') put(dependents, id, node.gate)
    }
  }
  return graph
}

/** The members of the round before that of a member of a repeated group. */
export function roundBefore({ members }: Pick<KnownGraph, 'members'>, instance: Instance): readonly Instance[] {
  const round = roundOf(instance)
  if (round === 1 || instance.kind === 'gate' || instance.parent === undefined) return []
  return (members.get(instance.parent) ?? []).filter((other) => roundOf(other) === round - 1)
}

function roundOf(instance: Instance | undefined): number {
  return instance === undefined || instance.kind === 'gate' ? 1 : (instance.round ?? 1)
}

/** Whether it has ended, and not begun again since. */
export function hasEnded({ known }: KnownGraph, id: string): boolean {
  const node = known.get(id)
  return node?.ended !== undefined && !node.openAgain
}

/** Why something is skipped once other things have ended. */
const skippedByOthers: ReadonlySet<string> = new Set(['upstream', 'condition', 'max-instances', 'variant'])

/** The id of something whose end is not there although it must have been: of what ended, began or was skipped for it. */
export function missingEnd(graph: KnownGraph, instance: Instance): string | undefined {
  const { known, members } = graph
  const node = known.get(instance.id)
  const isEnded = (id: string): boolean => hasEnded(graph, id)
  if (instance.kind === 'group') {
    const missing = roundBefore(graph, instance).find(({ id }) => !isEnded(id))
    if (missing !== undefined || node?.ended === undefined || node.openAgain) return missing?.id
    return [instance.gate, ...(members.get(instance.id) ?? []).map(({ id }) => id)].find((id) => !isEnded(id))
  }
  if (instance.kind === 'process') {
    const missing = roundBefore(graph, instance).find(({ id }) => !isEnded(id))
    if (missing !== undefined) return missing.id
  }
  if (node === undefined) return undefined
  const { ended } = node
  if (hasBegun(node) || ended?.result === 'success') return missingStart(graph, instance)
  if (ended === undefined || node.openAgain || ended.result !== 'skipped') return undefined
  if (!skippedByOthers.has(ended.reason)) return undefined
  if (ended.reason === 'upstream' ? isRefused(graph, instance) : missingStart(graph, instance) === undefined)
    return undefined
  return instance.needs.find(({ from }) => !isEnded(from))?.from
}

/** Whether what is there of the ends that it waited for is enough to skip it. */
function isRefused(graph: KnownGraph, instance: Instance): boolean {
  const { needs, join } = instance
  const isGate = ({ from }: Need): boolean => graph.nodes.get(from)?.kind === 'gate'
  const refused = needs.filter((need) => isEdgeRefused(graph, instance.id, need))
  if (join === 'all' || refused.some(isGate)) return refused.length > 0
  const own = needs.filter((need) => !isGate(need)).length
  return own - refused.length < (join === 'any' ? 1 : join.atLeast)
}

function isEdgeRefused(graph: KnownGraph, to: string, { from, when, atLeast }: Need): boolean {
  const { known, members, refusals } = graph
  const fits = (id: string): boolean => {
    const end = known.get(id)?.ended
    return end !== undefined && typeof when === 'string' && isTaken(when, end)
  }
  if (atLeast !== undefined) {
    const all = members.get(from) ?? []
    const possible = all.filter(({ id }) => fits(id) || !hasEnded(graph, id)).length
    const begun = all.some(({ id }) => hasEnded(graph, id)) && hasEnded(graph, `${from}..open`)
    return (begun || hasEnded(graph, from)) && possible < atLeast
  }
  if (!hasEnded(graph, from)) return false
  return typeof when === 'string' ? !fits(from) : refusals.has(edgeKey(from, to))
}

/** An edge in `refusals`. */
export function edgeKey(from: string, to: string): string {
  return `${from} ${to}`
}

/** The same of something that started. It stays as it is whatever begins again of what it builds on. */
function missingStart({ nodes, known, members }: KnownGraph, { needs, join }: Instance): string | undefined {
  const endedOnce = (id: string): boolean => known.get(id)?.ended !== undefined
  const isMet = ({ from, atLeast }: Need): boolean =>
    endedOnce(from) ||
    (atLeast !== undefined && (members.get(from) ?? []).filter(({ id }) => endedOnce(id)).length >= atLeast)
  const isGate = ({ from }: Need): boolean => nodes.get(from)?.kind === 'gate'
  const unmet = needs.filter((edge) => !isMet(edge))
  if (join === 'all') return unmet[0]?.from
  const gate = unmet.find(isGate)
  if (gate !== undefined) return gate.from
  const own = needs.filter((edge) => !isGate(edge))
  const wanted = Math.min(own.length, join === 'any' ? 1 : join.atLeast)
  return own.length - unmet.length < wanted ? unmet[0]?.from : undefined
}

/** A later process takes over the run, or `only` what was named of it: notes what may end once more. Gives those that it would pass over for an end that was lost. */
export function reopenKnown(graph: KnownGraph, only?: readonly string[]): ReadonlySet<KnownNode> {
  const { nodes, known, dependents } = graph
  const passed = new Set<KnownNode>()
  const open: string[] = []
  for (const [id, node] of known) {
    node.reopened = true
    const instance = nodes.get(id)
    if (node.ended === undefined || instance === undefined) continue
    if (isReopened(node.ended)) {
      if (only?.includes(id) ?? true) open.push(id)
    } else if (
      (instance.kind === 'group' || node.ended.result === 'skipped') &&
      missingEnd(graph, instance) !== undefined
    ) {
      open.push(id)
      passed.add(node)
    }
  }
  const found = new Set<string>()
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = known.get(id)
    if (node === undefined || found.has(id) || isSettled(graph, id)) continue
    found.add(id)
    node.openAgain = true
    for (const to of dependents.get(id) ?? []) {
      const other = known.get(to)
      if (other?.ended === undefined) continue
      if (other.ended.result !== 'success' || nodes.get(to)?.kind === 'group' || other.afterInterrupt) open.push(to)
    }
  }
  for (const node of known.values()) if (node.openAgain) node.afterInterrupt = false
  return passed
}

/** Whether a later round has come, or nobody needed it, or a group around it: that stays so. */
function isSettled(graph: KnownGraph, id: string): boolean {
  const { nodes, known, members } = graph
  for (let at = nodes.get(id); at !== undefined; at = nodes.get(at.kind === 'gate' ? at.group : (at.parent ?? ''))) {
    if (isUnneeded(known.get(at.id)?.ended)) return true
    if (at.kind === 'gate' || at.parent === undefined || at.round === undefined) continue
    const newest = members.get(at.parent)?.at(-1)
    if (roundOf(newest) > at.round) return true
  }
  return false
}
