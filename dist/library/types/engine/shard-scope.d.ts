import type { PlannedShard, ShardPart, TakenFragment } from '../core/shard.ts';
/** What the engine knows of a run that runs only a part of its plan, or none of it. */
export interface Shard {
    readonly name: string | undefined;
    /** What it runs, by the id of an instance or of a group around it. */
    readonly own: ReadonlyMap<string, true>;
    /** What was run elsewhere, in the same way. */
    readonly taken: ReadonlyMap<string, TakenFragment>;
    readonly planned: ReadonlyMap<string, PlannedShard>;
}
/** What becomes known of it when the run starts. */
export declare function createShard({ name, only, taken, planned }: ShardPart): Shard;
