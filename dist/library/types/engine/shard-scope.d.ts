import type { PlannedShard, ShardPart, TakenFragment } from '../core/shard.ts';
/** What the engine knows of a run that runs only a part of its plan, or none of it. */
export interface Shard {
    readonly name: string | undefined;
    /** Whether it runs what has this id. */
    readonly isOwn: (id: string) => boolean;
    /** What was run elsewhere, see `ownersOf`. */
    readonly taken: ReadonlyMap<string, TakenFragment>;
    readonly planned: ReadonlyMap<string, PlannedShard>;
}
/** What becomes known of it when the run starts. */
export declare function createShard({ name, only, taken, planned }: ShardPart): Shard;
