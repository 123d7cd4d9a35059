import { isTaken } from '../core/edges.ts'
import { isUnneeded } from '../core/outcome.ts'
import { applyEdge } from './edges.ts'
import { endOf, type Link, type Node } from './node.ts'
import type { Progress } from './progress.ts'

/** After a member of a group ended: decides the edges that ask for so many of the members, once they have them or no longer can. */
export function followQuorums(progress: Progress, member: Node): void {
  const { group } = member.parent ?? {}
  if (group === undefined || member.instance.kind === 'gate') return
  for (const link of group.quorums) followMember(progress, link, member)
}

/** Looks at what of a group has ended before an edge from it joined the plan. */
export function catchUp(progress: Progress, link: Link): void {
  for (const member of link.from.group?.members ?? [])
    if (member.state.status === 'ended') followMember(progress, link, member)
}

function followMember(progress: Progress, link: Link, member: Node): void {
  const { from, edge, count } = link
  const { atLeast = 0, when } = edge
  if (from.group === undefined || typeof when !== 'string' || link.state !== 'undecided') return
  count.ended++
  const end = endOf(member)
  if (isTaken(when, end) && !isUnneeded(end)) count.taken++
  const isWhole = progress.byId.get(from.group.instance.gate)?.state.status === 'ended'
  const open = from.group.members.length - count.ended
  if (count.taken >= atLeast) applyEdge(progress, link, true)
  else if (isWhole && count.taken + open < atLeast) applyEdge(progress, link, false)
}
