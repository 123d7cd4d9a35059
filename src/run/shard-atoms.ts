import { definitionsOf } from '../core/definitions.ts'
import { groupBy } from '../core/group-by.ts'
import type { GroupInstance, Instance } from '../core/instance.ts'
import type { Plan } from '../core/plan.ts'
import { groupOf, upstreamsOf } from './shard-plan.ts'

/** What cannot be split between machines: a process, or a group with all that is in it. */
export interface Atom {
  /** Of the process or group. */
  readonly id: string
  /** All nodes in it, in the order of the plan. */
  readonly nodes: readonly Instance[]
  /** Names of what it must share with others that have the same: those run on one machine, too. */
  readonly ties: readonly string[]
  /** It changes files of the repository, which only what runs on the same machine sees. */
  readonly changesFiles: boolean
}

/** The atoms of a plan by the ids of all nodes in them; gates and groups that can be split are in none. */
export function findAtoms(plan: Plan): ReadonlyMap<string, Atom> {
  const byId = new Map(plan.instances.map((instance) => [instance.id, instance]))
  const shared = new Set(
    plan.instances.flatMap((each) => (each.kind === 'process' ? (each.process.workspace.group ?? []) : [])),
  )
  const atomOf = (instance: Instance): string | undefined => {
    let atom = instance.kind === 'process' ? instance.id : undefined
    for (let at: Instance | undefined = instance; at !== undefined; at = byId.get(groupOf(at) ?? ''))
      if (at.kind === 'group' && (isWhole(at, byId) || shared.has(at.id))) atom = at.id
    return atom
  }
  const atoms = new Map<string, Atom>()
  for (const [id, nodes] of groupBy(plan.instances, atomOf)) {
    if (id === undefined) continue
    const atom = { id, nodes, ties: tiesOf(nodes, plan), changesFiles: nodes.some(changesFiles) }
    for (const node of nodes) atoms.set(node.id, atom)
  }
  return atoms
}

/** Whether what is in a group is made, bounded or chosen while it runs, or the first failure ends it; cells of a matrix may be apart, as they may be where Actions runs them. */
function isWhole(group: GroupInstance, byId: ReadonlyMap<string, Instance>): boolean {
  const { repeat, budget, maxParallel, maxInstances, variant, form, failFast } = group
  const gate = byId.get(group.gate)
  return (
    [repeat, budget, maxParallel, maxInstances, variant].some((rule) => rule !== undefined) ||
    (form === 'parallel' && failFast) ||
    (gate?.kind === 'gate' && gate.expansion !== undefined)
  )
}

function tiesOf(nodes: readonly Instance[], plan: Plan): string[] {
  const ties = new Set<string>()
  for (const { definition } of definitionsOf(nodes)) {
    if (definition.session !== undefined) ties.add(`session of ${definition.session.from}`)
    if (definition.effects !== undefined && plan.effects !== undefined) ties.add('effects')
  }
  for (const node of nodes) {
    if (node.kind !== 'process') continue
    if (node.process.keepsSession === true) ties.add(`session of ${node.id}`)
    if (node.concurrency !== undefined) ties.add(`concurrency ${node.concurrency.group}`)
  }
  return [...ties]
}

function changesFiles(node: Instance): boolean {
  return [...definitionsOf([node])].some(({ definition: { workspace } }) => workspace.apply)
}

/** Ids that an atom needs outside of itself. */
export function upstreamIdsOf({ nodes }: Atom): Set<string> {
  const own = new Set(nodes.map(({ id }) => id))
  return new Set(nodes.flatMap(upstreamsOf).filter((id) => !own.has(id)))
}
