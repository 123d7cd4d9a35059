import type { PlannedShard, ShardPart, TakenFragment } from '../core/shard.ts'

/** What the engine knows of a run that runs only a part of its plan, or none of it. */
export interface Shard {
  readonly name: string | undefined
  /** What it runs, by the id of an instance or of a group around it. */
  readonly own: ReadonlyMap<string, true>
  /** What was run elsewhere, in the same way. */
  readonly taken: ReadonlyMap<string, TakenFragment>
  readonly planned: ReadonlyMap<string, PlannedShard>
}

/** What becomes known of it when the run starts. */
export function createShard({ name, only, taken, planned = [] }: ShardPart): Shard {
  return {
    name,
    own: new Map(only.map((id) => [id, true])),
    taken: new Map(taken.flatMap((fragment) => fragment.only.map((id) => [id, fragment]))),
    planned: new Map(planned.flatMap((shard) => shard.only.map((id) => [id, shard]))),
  }
}
