import { addTo } from '../core/group-by.ts'
import type { EarlierSpending } from '../core/earlier-spending.ts'
import type { Forecast } from '../core/forecast.ts'
import type { Budget, Edge, GateInstance, GroupInstance, Instance, ProcessInstance } from '../core/instance.ts'
import type { Plan } from '../core/plan.ts'
import { chooseVariant, type VariantChoice, type VariantFacts } from '../core/variant.ts'
import { worstCase, type WorstCase } from './worst-case.ts'
import { isConditional } from '../core/edges.ts'

/** An instance or group of a plan as a reader of the file knows it. */
export interface PlanNode {
  readonly id: string
  readonly instance: ProcessInstance | GroupInstance
  /** The gate whose edges and condition are this group's. */
  readonly gate: GateInstance | undefined
  /** Of an instance with variants: those that would run now; undefined where that is not known. */
  readonly choice: VariantChoice | undefined
  /** Members, in the plan's order. */
  readonly children: PlanNode[]
  /** Edges from other instances; those that only say what contains what are left out. */
  readonly needs: readonly Edge[]
  /** Whether it is part of a matrix whose cells are known only at run time: it stands for each of them. */
  readonly dynamic: boolean
  /** How many processes run one after the other until this one, itself included; of a group, of its first member. */
  firstLevel: number
  /** The same of its last member. */
  lastLevel: number
}

/** An edge between instances or groups. */
export interface PlanEdge {
  readonly from: string
  readonly to: string
  readonly edge: Edge
  /** Whether it asks for anything but success. */
  readonly conditional: boolean
}

/** What the views of a plan have in common. */
export interface PlanAnalysis {
  readonly plan: Plan
  readonly nodes: ReadonlyMap<string, PlanNode>
  /** Nodes that are in no group, in the plan's order. */
  readonly roots: readonly PlanNode[]
  readonly edges: readonly PlanEdge[]
  /** Ids of processes by level; the first level is index 0. */
  readonly levels: readonly (readonly string[])[]
  /** Processes along the longest way through the plan. */
  readonly criticalPath: readonly string[]
  readonly worstCase: WorstCase
  /** What it will likely cost and take; undefined where no run is known. */
  readonly forecast: Forecast | null | undefined
}

/** What may be known of earlier runs. */
export interface AnalysisOptions {
  /** Milliseconds by instance id. Without any, every process weighs the same on the critical path. */
  readonly durations?: ReadonlyMap<string, number>
  /** What earlier runs say of the next. */
  readonly forecast?: Forecast | null
  /** What earlier runs spent of a budget per day or week. */
  readonly earlier?: EarlierSpending
  /** The time, and the zone whose clocks `start-at` means. */
  readonly clock?: { readonly now: number; readonly timeZone: string }
  /** What variants are chosen by, if the run began now. */
  readonly variantFacts?: VariantFacts
  /** Ids of agents whose cost nobody will know: no budget in dollars holds what they spend. */
  readonly unpriced?: ReadonlySet<string>
}

/** Levels, critical path, edges and worst case of a plan. Cells of dynamic matrices stand once, as `id.*`. */
export function analyzePlan(plan: Plan, options: AnalysisOptions = {}): PlanAnalysis {
  const { instances, incoming, dynamic } = wholeGraph(plan)
  const { nodes, roots } = buildTree(instances, dynamic, options.variantFacts)
  const order = topologicalOrder(instances, incoming)
  const levels = assignLevels(order, incoming, nodes)
  return {
    plan,
    nodes,
    roots,
    edges: [...nodes.values()].flatMap(({ id, needs }) =>
      needs.map((edge) => ({ from: edge.from, to: id, edge, conditional: isConditional(edge) })),
    ),
    levels,
    criticalPath: longestPath(order, incoming, nodes, options.durations),
    worstCase: worstCase(plan.budget, roots, options.unpriced ?? new Set()),
    forecast: options.forecast,
  }
}

/** Budget of an instance or group, wherever it keeps it. */
export function budgetOf(instance: ProcessInstance | GroupInstance): Budget | undefined {
  return instance.kind === 'group' ? instance.budget : instance.process.budget
}

interface Graph {
  readonly instances: ReadonlyMap<string, Instance>
  readonly incoming: ReadonlyMap<string, readonly string[]>
  readonly dynamic: ReadonlySet<string>
}

/** The plan's nodes with the templates of dynamic matrices put in where their cells will stand. */
function wholeGraph(plan: Plan): Graph {
  const instances = new Map<string, Instance>()
  const incoming = new Map<string, string[]>()
  const dynamic = new Set<string>()
  const add = (instance: Instance, inTemplate: boolean): void => {
    if (instances.has(instance.id)) return
    instances.set(instance.id, instance)
    if (inTemplate) dynamic.add(instance.id)
    const from = incoming.get(instance.id) ?? []
    incoming.set(instance.id, [...from, ...instance.needs.map((edge) => edge.from)])
    if (instance.kind !== 'gate' || instance.expansion === undefined) return
    for (const node of instance.expansion.template) add(node, true)
    addTo(incoming, instance.group, `${instance.group}.*`)
  }
  for (const instance of plan.instances) add(instance, false)
  return { instances, incoming, dynamic }
}

function buildTree(
  instances: ReadonlyMap<string, Instance>,
  dynamic: ReadonlySet<string>,
  variantFacts: VariantFacts | undefined,
): { nodes: Map<string, PlanNode>; roots: PlanNode[] } {
  const nodes = new Map<string, PlanNode>()
  for (const instance of instances.values()) {
    if (instance.kind === 'gate') continue
    const gate = instance.kind === 'group' ? instances.get(instance.gate) : undefined
    const shown = gate ?? instance
    nodes.set(instance.id, {
      id: instance.id,
      instance,
      gate: gate?.kind === 'gate' ? gate : undefined,
      choice: variantFacts && instance.kind === 'group' ? chooseVariant(instance, variantFacts) : undefined,
      children: [],
      needs: shown.needs.filter((edge) => instances.get(edge.from)?.kind !== 'gate'),
      dynamic: dynamic.has(instance.id),
      firstLevel: 0,
      lastLevel: 0,
    })
  }
  const roots: PlanNode[] = []
  for (const node of nodes.values()) (nodes.get(parentOf(node) ?? '')?.children ?? roots).push(node)
  return { nodes, roots }
}

/** A template's root has no parent of its own: it stands inside the matrix that it is the cell of. */
function parentOf({ id, instance, dynamic }: PlanNode): string | undefined {
  return instance.parent ?? (dynamic && id.endsWith('.*') ? id.slice(0, -2) : undefined)
}

/** Kahn's algorithm; what is on a cycle (no compiled plan has one) comes last, in the plan's order. */
function topologicalOrder(
  instances: ReadonlyMap<string, Instance>,
  incoming: ReadonlyMap<string, readonly string[]>,
): Instance[] {
  const missing = new Map<string, number>()
  const outgoing = new Map<string, string[]>()
  for (const id of instances.keys()) {
    const from = (incoming.get(id) ?? []).filter((source) => instances.has(source))
    missing.set(id, from.length)
    for (const source of from) {
      const targets = outgoing.get(source)
      if (targets === undefined) outgoing.set(source, [id])
      else targets.push(id)
    }
  }
  const ordered = [...instances.keys()].filter((id) => missing.get(id) === 0)
  for (const id of ordered)
    for (const target of outgoing.get(id) ?? []) {
      const left = (missing.get(target) ?? 0) - 1
      missing.set(target, left)
      if (left === 0) ordered.push(target)
    }
  const seen = new Set(ordered)
  const all = [...ordered, ...[...instances.keys()].filter((id) => !seen.has(id))]
  return all.map((id) => instances.get(id)).filter((instance) => instance !== undefined)
}

function assignLevels(
  order: readonly Instance[],
  incoming: ReadonlyMap<string, readonly string[]>,
  nodes: ReadonlyMap<string, PlanNode>,
): string[][] {
  const depth = new Map<string, number>()
  for (const { id, kind } of order) {
    let before = 0
    for (const from of incoming.get(id) ?? []) before = Math.max(before, depth.get(from) ?? 0)
    depth.set(id, kind === 'process' ? before + 1 : before)
  }
  const levels: string[][] = []
  for (const node of nodes.values()) {
    node.lastLevel = depth.get(node.id) ?? 0
    node.firstLevel = node.gate === undefined ? node.lastLevel : (depth.get(node.gate.id) ?? 0) + 1
    node.firstLevel = Math.min(node.firstLevel, node.lastLevel)
    if (node.instance.kind !== 'process') continue
    const level = (levels[node.lastLevel - 1] ??= [])
    level.push(node.id)
  }
  return Array.from(levels, (level) => level ?? [])
}

function longestPath(
  order: readonly Instance[],
  incoming: ReadonlyMap<string, readonly string[]>,
  nodes: ReadonlyMap<string, PlanNode>,
  durations: ReadonlyMap<string, number> | undefined,
): string[] {
  const average = averageOf(durations)
  const best = new Map<string, { weight: number; before: string | undefined }>()
  let end: string | undefined
  for (const { id, kind } of order) {
    let weight = 0
    let before: string | undefined
    for (const from of incoming.get(id) ?? []) {
      const candidate = best.get(from)
      if (candidate !== undefined && (before === undefined || candidate.weight > weight)) {
        before = from
        weight = candidate.weight
      }
    }
    if (kind === 'process') weight += durations?.get(id) ?? average
    best.set(id, { weight, before })
    if (end === undefined || weight > (best.get(end)?.weight ?? 0)) end = id
  }
  const path: string[] = []
  for (let id = end; id !== undefined; id = best.get(id)?.before)
    if (nodes.get(id)?.instance.kind === 'process') path.push(id)
  return path.toReversed()
}

function averageOf(durations: ReadonlyMap<string, number> | undefined): number {
  if (durations === undefined || durations.size === 0) return 1
  let sum = 0
  for (const duration of durations.values()) sum += duration
  return sum / durations.size
}
