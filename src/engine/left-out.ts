import type { GroupInstance } from '../core/instance.ts'
import { listNames } from '../core/list-names.ts'
import type { SkipReason } from '../core/outcome.ts'
import { chooseVariant } from '../core/variant.ts'
import { record, type Decision } from './decision.ts'
import type { Node } from './node.ts'

/** Why a cell of a matrix, or the gate of the group that it is, does not run though its matrix does; undefined where it does. */
export function leftOut(
  { started }: Decision,
  node: Node,
): { readonly reason: SkipReason; readonly detail: string } | undefined {
  const cell = node.instance.kind === 'gate' ? node.parent : node
  const matrix = cell?.parent?.group?.instance
  if (cell === undefined || matrix === undefined) return undefined
  if (cell.beyond)
    return {
      reason: 'max-instances',
      detail: `beyond the first ${matrix.maxInstances} of its matrix (strategy.max-instances)`,
    }
  const choice = chooseVariant(matrix, started)
  if (choice === undefined || choice.names.includes(cell.instance.key)) return undefined
  return { reason: 'variant', detail: `${choice.why} (strategy.variant)` }
}

/** Says which of the variants of an instance run, and why. */
export function tellVariant(decision: Decision, group: GroupInstance | undefined): void {
  const choice = group && chooseVariant(group, decision.started)
  if (group === undefined || choice === undefined) return
  const which = `${listNames(choice.names, 20)} ${choice.names.length === 1 ? 'runs' : 'run'}`
  const message = `${which}, of ${group.members.length} variants: ${choice.why} (strategy.variant)`
  record(decision, { type: 'notice', level: 'notice', id: group.id, message })
}
