import { hasForgiven, isForgivable } from '../core/outcome.ts'
import type { Node } from './node.ts'

/** Whether a group around a node has failed and `continue-on-error` has made a success of that: what became of the node matters to nobody outside. */
export function isForgiven({ parent, ended }: Node): boolean {
  if (!isForgivable(ended?.reason ?? '')) return false
  return isForgivenWith(parent)
}

function isForgivenWith(parent: Node | undefined): boolean {
  return parent !== undefined && (hasForgiven(parent) || isForgivenWith(parent.parent))
}

/** Leaves a forgiven group with what came before it: what its members came to goes no further. */
export function forgetMembers(group: Node): void {
  if (group.instance.kind !== 'group' || !hasForgiven(group)) return
  const before = findUpstreams(group)
  group.ancestorFailed = before.some(({ ancestorFailed, result }) => ancestorFailed || result === 'failure')
  group.ancestorCancelled = before.some(({ ancestorCancelled, result }) => ancestorCancelled || result === 'cancelled')
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

function endedBefore(first: Node, second: Node): boolean {
  return first.ended !== undefined && second.ended !== undefined && first.ended.seq < second.ended.seq
}

function isInside({ parent }: Node, group: Node): boolean {
  return parent !== undefined && (parent === group || isInside(parent, group))
}
