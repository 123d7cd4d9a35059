import type { LinkedRun } from '../core/link.ts';
import { type ShardPart, type TakenFragment } from '../core/shard.ts';
import type { FragmentEvent } from './fragment-events.ts';
/** The journal of one shard, as far as others ask for it. */
export interface Fragment {
    /** Where its files are; absolute. */
    readonly directory: string;
    readonly runId: string;
    /** When its run began, epoch milliseconds. */
    readonly startedAt: number;
    readonly shard: ShardPart & {
        readonly name: string;
    };
    /** What became of the instances it ran, in the order of its journal. */
    readonly events: readonly FragmentEvent[];
    /** What it found out about links, by their ids. */
    readonly links?: Readonly<Record<string, LinkedRun>>;
}
/** An event that a run takes over, at its own time, and the fragment it is from. */
export interface TakenEvent extends FragmentEvent {
    readonly fragment: Fragment;
}
/** Several fragments as one journal. */
export interface MergedFragments {
    /** In the order of their names. */
    readonly taken: readonly TakenFragment[];
    readonly events: readonly TakenEvent[];
    /** Sentences on what several shards claim to have run. */
    readonly overlaps: readonly string[];
}
/**
 * Folds fragments into one journal, the same in whatever order they come. What became of an instance is told by one fragment alone: where several claim
 * it, by that of the newest attempt of its job. Events stand in the order of their times, then of the names of the shards.
 */
export declare function mergeFragments(given: readonly Fragment[]): MergedFragments;
