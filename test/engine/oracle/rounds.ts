import type { Result } from '../../../src/core/outcome.ts'
import { chainOf, type Seen, type World } from './world.ts'

/** What is directly in a group; of a repeated one in that round, else in the newest. */
export function membersOf({ seen, rounds }: World, id: string, round = rounds.get(id)): Seen[] {
  return [...seen.values()].filter(
    ({ instance }) =>
      instance.parent === id && instance.kind !== 'gate' && (round === undefined || instance.round === round),
  )
}

/** Whether a later round of a repeated group around it has begun. */
export function isSuperseded(world: World, id: string): boolean {
  return chainOf(world, id).some(
    ({ instance }) => (instance.round ?? Infinity) < (world.rounds.get(instance.parent ?? '') ?? 0),
  )
}

/** Failure before cancelled before success; skipped when nothing ran. */
export function fold(members: readonly Seen[]): Result {
  const order = ['failure', 'cancelled', 'success'] as const
  const ends = new Set(members.map(({ ended }) => (ended?.reason === 'not-needed' ? undefined : ended?.result)))
  return order.find((result) => ends.has(result)) ?? 'skipped'
}
