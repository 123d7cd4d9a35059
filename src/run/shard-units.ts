import type { Plan } from '../core/plan.ts'
import { findAtoms, upstreamIdsOf, type Atom } from './shard-atoms.ts'
import { upstreamsOf } from './shard-plan.ts'

/** Atoms that one shard has to run together. */
export interface ShardUnit {
  /** In the order of the plan. */
  readonly atoms: readonly Atom[]
  /** 0 where it needs nothing; else one more than the highest of what it needs. */
  readonly level: number
}

/** A node of the graph that is looked at: an atom, or a gate or group that is split between machines and takes no time. */
interface Vertex {
  readonly atom: Atom | undefined
  readonly upstreams: Vertex[]
  /** Others that must be where it is. */
  readonly tied: Vertex[]
  index: number
  low: number
  isOpen: boolean
  level: number
}

/**
 * Splits a plan as finely as it can be split between machines, in the order of the levels. Together stay: what shares a tie; what changes the
 * repository's files, and all that comes after it; what `cancel-rest` may end, and what decides that; and what would otherwise have to run before and after another.
 */
export function findShardUnits(plan: Plan): ShardUnit[] {
  const vertices = verticesOf(plan)
  const units: ShardUnit[] = []
  for (const component of componentsOf(vertices)) {
    const inside = new Set(component)
    let level = 0
    for (const { upstreams } of component)
      for (const each of upstreams)
        if (!inside.has(each)) level = Math.max(level, each.level + (each.atom === undefined ? 0 : 1))
    const hasAtoms = component.some(({ atom }) => atom !== undefined)
    for (const vertex of component) vertex.level = level + (hasAtoms && vertex.atom === undefined ? 1 : 0)
    const atoms = component.flatMap(({ atom }) => atom ?? [])
    if (hasAtoms) units.push({ atoms, level })
  }
  const order = new Map([...new Set(findAtoms(plan).values())].map(({ id }, index) => [id, index]))
  const place = (of: ShardUnit): number => order.get(of.atoms[0]?.id ?? '') ?? 0
  for (const unit of units) (unit.atoms as Atom[]).sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0))
  return units.toSorted((one, other) => one.level - other.level || place(one) - place(other))
}

function verticesOf(plan: Plan): Vertex[] {
  const atoms = findAtoms(plan)
  const byId = new Map<string, Vertex>()
  const vertices: Vertex[] = []
  const made = new Map<Atom, Vertex>()
  for (const { id } of plan.instances) {
    const atom = atoms.get(id)
    const known = atom && made.get(atom)
    const vertex = known ?? { atom, upstreams: [], tied: [], index: -1, low: 0, isOpen: false, level: 0 }
    byId.set(id, vertex)
    if (known !== undefined) continue
    vertices.push(vertex)
    if (atom !== undefined) made.set(atom, vertex)
  }
  for (const instance of plan.instances) {
    const vertex = byId.get(instance.id)
    if (vertex === undefined || vertex.upstreams.length > 0) continue
    const ids = vertex.atom === undefined ? upstreamsOf(instance) : upstreamIdsOf(vertex.atom)
    for (const id of ids) {
      const upstream = byId.get(id)
      if (upstream !== undefined && upstream !== vertex) vertex.upstreams.push(upstream)
    }
  }
  tie(vertices)
  tieRests(plan, byId)
  return vertices
}

function tie(vertices: readonly Vertex[]): void {
  const holders = new Map<string, Vertex>()
  const downstreams = new Map<Vertex, Vertex[]>()
  for (const vertex of vertices) {
    for (const upstream of vertex.upstreams) {
      const known = downstreams.get(upstream)
      if (known === undefined) downstreams.set(upstream, [vertex])
      else known.push(vertex)
    }
    for (const name of vertex.atom?.ties ?? []) {
      const first = holders.get(name)
      if (first === undefined) holders.set(name, vertex)
      else join(first, vertex)
    }
  }
  const seen = new Set<Vertex>()
  const open = vertices.filter(({ atom }) => atom?.changesFiles === true)
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    for (const later of downstreams.get(next) ?? []) {
      join(next, later)
      open.push(later)
    }
  }
}

/** What `cancel-rest` may end is where it is decided: no job can end an instance of another. */
function tieRests({ instances }: Plan, byId: ReadonlyMap<string, Vertex>): void {
  const inside = (id: string): Vertex[] =>
    instances.flatMap((each) => (each.id === id || each.id.startsWith(`${id}.`) ? (byId.get(each.id) ?? []) : []))
  for (const instance of instances) {
    const isQuorum = typeof instance.join === 'object' && instance.join.cancelRest
    const ended = instance.needs.filter(({ cancelRest }) => isQuorum || cancelRest === true)
    const [first, ...others] = [
      ...(ended.length === 0 ? [] : inside(instance.kind === 'gate' ? instance.group : instance.id)),
      ...ended.flatMap(({ from }) => inside(from)),
    ]
    if (first !== undefined) for (const other of others) if (other !== first) join(first, other)
  }
}

function join(one: Vertex, other: Vertex): void {
  one.tied.push(other)
  other.tied.push(one)
}

/** Strongly connected components, each after all that it needs: Tarjan's algorithm, without recursion, for plans are deep. */
function componentsOf(vertices: readonly Vertex[]): Vertex[][] {
  const components: Vertex[][] = []
  const path: Vertex[] = []
  let count = 0
  const enter = (vertex: Vertex): { readonly vertex: Vertex; readonly next: Iterator<Vertex> } => {
    vertex.index = vertex.low = count++
    vertex.isOpen = true
    path.push(vertex)
    return { vertex, next: [...vertex.upstreams, ...vertex.tied].values() }
  }
  for (const start of vertices) {
    if (start.index !== -1) continue
    const frames = [enter(start)]
    for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
      const { vertex } = frame
      const { value, done } = frame.next.next()
      if (done !== true) {
        if (value.index === -1) frames.push(enter(value))
        else if (value.isOpen) vertex.low = Math.min(vertex.low, value.index)
        continue
      }
      frames.pop()
      const parent = frames.at(-1)?.vertex
      if (parent !== undefined) parent.low = Math.min(parent.low, vertex.low)
      if (vertex.low !== vertex.index) continue
      const component = path.splice(path.lastIndexOf(vertex))
      for (const each of component) each.isOpen = false
      components.push(component)
    }
  }
  return components
}
