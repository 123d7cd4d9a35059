import type { RunStarted } from '../core/event.ts'
import type { Instance } from '../core/instance.ts'
import { chooseVariant } from '../core/variant.ts'

/** What an edited plan keeps of an earlier run. */
export interface KeptInstances {
  /** Ids whose results still hold: the same definition, and all they come after are kept as well. */
  readonly kept: ReadonlySet<string>
  /** Ids that are in both plans and are done again. */
  readonly again: ReadonlySet<string>
}

/**
 * Compares two plans, node by node in the order of the graph. A definition is the same when nothing in it differs but where it stands and
 * how reports call it, and when the inputs and variables of the run that it reads are the same.
 */
export function findKept(before: RunStarted, after: RunStarted): KeptInstances {
  const old = new Map(before.plan.instances.map((node) => [node.id, node]))
  const nodes = new Map(after.plan.instances.map((node) => [node.id, node]))
  const isSameEnv = same(before.plan.env, after.plan.env)
  const changed = new Set(
    (['inputs', 'env'] as const).filter((name) => !same(before.context[name], after.context[name])),
  )
  const verdicts = new Map<string, boolean>()

  const isKept = (id: string): boolean => {
    const known = verdicts.get(id)
    if (known !== undefined) return known
    verdicts.set(id, false)
    const [was, is] = [old.get(id), nodes.get(id)]
    const text = is === undefined ? '' : definitionText(is) + chosenText(is, nodes, after)
    const verdict =
      was !== undefined &&
      is !== undefined &&
      definitionText(was) + chosenText(was, old, before) === text &&
      (is.kind !== 'process' || isSameEnv) &&
      ![...changed].some((name) => new RegExp(`\\b${name}\\b`, 'i').test(text)) &&
      is.needs.every(({ from }) => isKept(from))
    verdicts.set(id, verdict)
    return verdict
  }

  const kept = new Set<string>()
  const again = new Set<string>()
  for (const id of nodes.keys()) if (old.has(id)) (isKept(id) ? kept : again).add(id)
  return { kept, again }
}

function definitionText(node: Instance): string {
  const { at: _, label: __, ...definition } = node
  return JSON.stringify(definition)
}

/** Which variants a gate lets run: another commit may have chosen others. */
function chosenText(node: Instance | undefined, nodes: ReadonlyMap<string, Instance>, facts: RunStarted): string {
  const group = node?.kind === 'gate' ? nodes.get(node.group) : undefined
  const choice = group?.kind === 'group' ? chooseVariant(group, facts) : undefined
  return choice === undefined ? '' : choice.names.join()
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
