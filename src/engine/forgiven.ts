import { hasForgiven, isForgivable, isUnneeded } from '../core/outcome.ts'
import { endedBefore, endOf, type Node } from './node.ts'
import { isSuperseded } from './rounds.ts'

/**
 * Whether a group around a node has failed and `continue-on-error` has made a success of that, or has come to another round since: what became of
 * the node matters to nobody outside.
 */
export function isForgiven(node: Node): boolean {
  if (isSuperseded(node)) return true
  return isForgivable(endOf(node)?.reason ?? '') && isForgivenWith(node.parent)
}

function isForgivenWith(parent: Node | undefined): boolean {
  return parent !== undefined && (hasForgiven(endOf(parent)) || isForgivenWith(parent.parent))
}

/** Leaves a forgiven group with what came before it, and one that was repeated with its last round: what other members came to goes no further. */
export function forgetMembers(node: Node): void {
  const { group } = node
  if (group === undefined) return
  const forgiven = hasForgiven(endOf(node))
  if (!forgiven && group.round === 1) return
  const before = findUpstreams(node)
  if (!forgiven) before.push(...group.members.filter((member) => !isSuperseded(member)))
  node.ancestorFailed = before.some((each) => each.ancestorFailed || endOf(each)?.result === 'failure')
  node.ancestorCancelled = before.some((each) => {
    const end = endOf(each)
    return each.ancestorCancelled || (end?.result === 'cancelled' && !isUnneeded(end))
  })
}

/** What a group and its members have waited for that is outside of it. */
function findUpstreams(group: Node): Node[] {
  const outside: Node[] = []
  const seen = new Set([group])
  for (const node of seen)
    for (const { from } of node.incoming)
      if (isInside(from, group)) seen.add(from)
      else if (endedBefore(from, node)) outside.push(from)
  return outside
}

function isInside({ parent }: Node, group: Node): boolean {
  return parent !== undefined && (parent === group || isInside(parent, group))
}
