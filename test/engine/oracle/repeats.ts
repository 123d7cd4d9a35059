import type { InstanceEnded, PlanExpanded } from '../../../src/core/event.ts'
import type { GroupInstance } from '../../../src/core/instance.ts'
import { isUnneeded } from './edges.ts'
import { fold, isSuperseded, membersOf } from './rounds.ts'
import { chainOf, type Seen, type World } from './world.ts'

/** What is to follow from a round that has ended. */
function dueAfterRound(world: World, group: GroupInstance): 'round' | 'exhausted' | 'error' | 'fold' | 'cancelled' {
  const { seen, selected, ending, rounds } = world
  const { id, repeat, gate } = group
  if (repeat === undefined || seen.get(gate)?.ended?.result !== 'success' || !selected.has(id)) return 'fold'
  const members = membersOf(world, id)
  const held = holds(world, group, repeat.until)
  if (held === 'error') return 'error'
  if (held) return 'fold'
  const outcome = fold(members)
  const one = seen.get(id)
  const isStopped =
    chainOf(world, id).some((at) => at.cancelled) ||
    isFailedFastOutside(world, id) ||
    (one !== undefined && isUnneeded(world, one))
  if (ending > 0 || isStopped) return outcome === 'success' || outcome === 'skipped' ? 'cancelled' : 'fold'
  if (members.some((member) => isDenied(world, member))) return 'fold'
  return (rounds.get(id) ?? 1) < repeat.max ? 'round' : 'exhausted'
}

/** What is wrong with another round that is decided on. */
export function* wrongRound(world: World, event: PlanExpanded): Generator<string> {
  const { seen, rounds } = world
  const group = seen.get(event.group)?.instance
  if (group?.kind !== 'group' || event.round === undefined) return yield 'is no repeated group'
  if (membersOf(world, group.id).some(({ ended }) => ended === undefined))
    yield 'begins a round before the end of another'
  if (seen.get(group.id)?.ended !== undefined) yield 'begins a round after its end'
  const due = dueAfterRound(world, group)
  if (due !== 'round') yield `begins a round although there is to be ${due}`
  if (event.round !== (rounds.get(group.id) ?? 1) + 1) yield `begins round ${event.round} after ${rounds.get(group.id)}`
  const first = membersOf(world, group.id, 1).map(({ instance }) => `${instance.id}#${event.round}`)
  if (first.join() !== event.members.join()) yield `repeats ${event.members.join()}`
  for (const { id, needs } of event.instances) {
    if (seen.has(id)) yield `repeats ${id}, which there is`
    for (const { from } of needs)
      if (seen.has(from) && isSuperseded({ ...world, rounds: new Map([...rounds, [group.id, event.round]]) }, from))
        yield `lets ${id} wait for ${from}`
  }
}

/** What is wrong with the end of a group, by its members. */
export function* wrongFold(world: World, group: GroupInstance, event: InstanceEnded): Generator<string> {
  const due = dueAfterRound(world, group)
  if (due === 'round') yield 'ended although another round is due'
  const expected = { exhausted: 'failure', error: 'failure', cancelled: 'cancelled' } as const
  if (due === 'fold' || due === 'round') {
    const members = [world.seen.get(group.gate), ...membersOf(world, group.id)]
    if (members.some((member) => member?.ended?.result === 'failure') !== (event.outcome === 'failure'))
      yield 'folded wrongly'
  } else if (event.outcome !== expected[due]) yield `ended in ${event.outcome} although ${due}`
  const isTold = due === 'fold' && membersOf(world, group.id).some(({ ended }) => ended?.reason === 'exhausted')
  if ((event.reason === 'exhausted') !== (due === 'exhausted') && !isTold)
    yield `ended with ${event.reason} although ${due}`
  if (due === 'exhausted' && group.repeat?.onExhausted === 'success' && event.result !== 'success')
    yield 'is exhausted, and that is not forgiven'
}

/** One of `untils`, over the newest round. */
function holds(world: World, group: GroupInstance, until: string): boolean | 'error' {
  const members = membersOf(world, group.id)
  const round = world.rounds.get(group.id) ?? 1
  const named = /needs\.(s\d)\.(result|outcome) == '(\w+)'/.exec(until)
  if (named !== null) {
    const member = members.find(({ instance }) => instance.key === named[1])?.ended
    return member?.[named[2] === 'result' ? 'result' : 'outcome'] === named[3]
  }
  if (until === "previous-round.result == 'failure'")
    return round > 1 && fold(membersOf(world, group.id, round - 1)) === 'failure'
  if (until === 'success()') return fold(members) === 'success'
  if (until === 'failure()') return fold(members) === 'failure'
  return until === 'true' || (until === 'false' ? false : 'error')
}

/** Whether something in it did not do its work for want of budget, quota or a key, or because we cannot do it. */
function isDenied(world: World, { instance, ended }: Seen): boolean {
  if (ended === undefined || ended.result === 'success') return false
  if (['budget', 'quota', 'auth', 'unsupported'].includes(ended.reason)) return true
  return instance.kind === 'group' && membersOf(world, instance.id).some((member) => isDenied(world, member))
}

/** Whether a group further out has failed fast. */
function isFailedFastOutside(world: World, id: string): boolean {
  return chainOf(world, id).some(
    ({ instance }) =>
      instance.id !== id &&
      instance.kind === 'group' &&
      instance.failFast &&
      membersOf(world, instance.id).some(({ ended, stands }) => ended?.result === 'failure' && !stands),
  )
}
