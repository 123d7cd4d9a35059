import { applyEdge, fits } from './edges.ts'
import { endOf, type Group, type Link, type Node, type NodeEnd, type Quorum } from './node.ts'
import type { Progress } from './progress.ts'

/** After a member of a group ended: decides the edges that ask for so many of the members, once they have them or no longer can. */
export function followQuorums(progress: Progress, member: Node): void {
  const { group } = member.parent ?? {}
  const end = endOf(member)
  if (group === undefined || end === undefined || member.instance.kind === 'gate') return
  for (const quorum of group.quorums) countMember(progress, group, quorum, end)
}

/** Looks at what of a group has ended before an edge from it joined the plan. */
export function catchUp(progress: Progress, link: Link): void {
  const { group } = link.from
  const quorum = group?.quorums.find((each) => each.link === link)
  if (group === undefined || quorum === undefined) return
  for (const end of group.members.flatMap((member) => endOf(member) ?? [])) countMember(progress, group, quorum, end)
}

function countMember(progress: Progress, group: Group, quorum: Quorum, end: NodeEnd): void {
  const { link, atLeast } = quorum
  quorum.ended++
  if (fits(link, end)) quorum.taken++
  const isWhole = progress.byId.get(group.instance.gate)?.state.status === 'ended'
  const open = group.members.length - quorum.ended
  if (quorum.taken >= atLeast) applyEdge(progress, link, true)
  else if (isWhole && quorum.taken + open < atLeast) applyEdge(progress, link, false)
}
