import { isConditional } from '../core/edges.ts'
import { isTaken, isWaived, onlyOrders } from '../core/edges.ts'
import type { Edge, Instance } from '../core/instance.ts'
import type { InstanceState, RunState } from '../core/run-state.ts'

/** An edge as a reader of the file knows it: between instances and groups, gates left out. */
export interface ReportEdge {
  readonly from: string
  readonly to: string
  /** `success`, `failure` …, or the expression as `${{ … }}`. */
  readonly when: string
  /** Whether anything but plain success is asked for. */
  readonly conditional: boolean
  /** Null while the upstream has not ended. */
  readonly taken: boolean | null
}

/**
 * The edges of a run with what became of them. An edge into a group's gate is shown as one into the group;
 * those from a gate to its members and from members to their group are containment, not edges.
 */
export function collectEdges(state: RunState): ReportEdge[] {
  const planned = state.started?.plan.instances ?? []
  const instances = new Map<string, Instance>(planned.map((instance) => [instance.id, instance]))
  for (const gate of state.gates.values()) instances.set(gate.id, gate)
  for (const { instance } of state.instances.values()) instances.set(instance.id, instance)
  const edges: ReportEdge[] = []
  for (const instance of instances.values()) {
    if (instance.kind === 'group') continue
    const to = instance.kind === 'gate' ? instance.group : instance.id
    for (const edge of instance.needs) {
      const source = instances.get(edge.from)
      if (source === undefined || source.kind === 'gate') continue
      const decided = state.edges.size === 0 ? undefined : state.edges.get(`${edge.from} → ${instance.id}`)
      edges.push({
        from: edge.from,
        to,
        when: typeof edge.when === 'string' ? edge.when : `\${{ ${edge.when.expression} }}`,
        conditional: isConditional(edge),
        taken:
          edge.atLeast === undefined
            ? wasTaken(edge, instance, state.instances.get(edge.from), decided)
            : hasQuorum(edge, edge.atLeast, state),
      })
    }
  }
  return edges
}

/** Whether so many members of a group have ended as the edge asks. */
function hasQuorum({ from, when }: Edge, atLeast: number, state: RunState): boolean | null {
  const fit = [...state.instances.values()].filter(
    ({ instance, status, result, outcome }) =>
      instance.parent === from && status === 'ended' && typeof when === 'string' && isTaken(when, { result, outcome }),
  )
  if (fit.length >= atLeast) return true
  return state.instances.get(from)?.status === 'ended' ? false : null
}

/** Edges decided by expression are in the journal, the others follow from how the upstream ended. */
function wasTaken(
  edge: Edge,
  to: Instance,
  from: InstanceState | undefined,
  decided: boolean | undefined,
): boolean | null {
  if (decided !== undefined) return decided
  if (from === undefined || from.status !== 'ended') return null
  if (onlyOrders(edge, to) || isWaived(edge.optional, from)) return true
  return typeof edge.when === 'string' ? isTaken(edge.when, from) : null
}
