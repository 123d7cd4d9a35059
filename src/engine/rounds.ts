import type { Group, Node } from './node.ts'

/** Whether another round has come since in a repeated group around a node. */
export function isSuperseded(node: Node): boolean {
  const { parent } = node
  if (parent === undefined) return false
  const { round } = node.instance
  return (round !== undefined && round < (parent.group?.round ?? round)) || isSuperseded(parent)
}

/** What is directly in a group in one of its rounds; all of it where the group is not repeated. */
export function membersInRound({ instance, members }: Group, round: number): readonly Node[] {
  return instance.repeat === undefined ? members : members.filter((member) => member.instance.round === round)
}
