import type { Instance } from './instance.ts'
import { renameNode } from './rename-node.ts'

/**
 * The id that what has this one in the first round of a group has in another: `loop.fix` → `loop.fix#2`, `loop.checks.lint` →
 * `loop.checks#2.lint`. What is not inside the group, and its gate, is the same in all.
 */
export function idInRound(id: string, group: string, round: number): string {
  const inside = `${group}.`
  if (round === 1 || !id.startsWith(inside) || id.startsWith(`${inside}.`)) return id
  const dot = id.indexOf('.', inside.length)
  const end = dot === -1 ? id.length : dot
  return `${id.slice(0, end)}#${round}${id.slice(end)}`
}

/** The nodes of a later round of a group, from those of its first. */
export function instancesOfRound(first: readonly Instance[], group: string, round: number): Instance[] {
  return first.map((node) =>
    renameNode(
      node,
      (id) => idInRound(id, group, round),
      (renamed, from) => ({
        ...renamed,
        label: from.label === from.id ? renamed.id : `${from.label} #${round}`,
        ...(from.parent === group && from.kind !== 'gate' && { round }),
      }),
    ),
  )
}
