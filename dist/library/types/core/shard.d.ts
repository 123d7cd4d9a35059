import type { Instance } from './instance.ts';
/** What a shard of a plan came to, taken over by a run that does not run it itself: the journal of that shard is a fragment of the whole. */
export interface TakenFragment {
    /** Of the shard. */
    readonly name: string;
    /** Of the job that ran it, from 1. */
    readonly attempt: number;
    /** Of the run that left it. */
    readonly runId: string;
    /** Ids of instances, and of groups with all that is in them, whose events are taken from it. */
    readonly only: readonly string[];
}
/** What of a plan a run runs itself, where other jobs run the rest. */
export interface ShardPart {
    /** Undefined: it runs nothing, it collects what the shards have left. */
    readonly name?: string;
    /** Of the job, from 1: of two that ran the same the newer counts. */
    readonly attempt: number;
    /** Ids of instances, and of groups with all that is in them, that it runs. */
    readonly only: readonly string[];
    /** SHA-256 (hex) of the whole plan and the values of its inputs: shards of another are none of this. */
    readonly digest: string;
    /** Whose results it begins with. */
    readonly taken: readonly TakenFragment[];
    /** All shards there should be, where it is known. */
    readonly planned?: readonly PlannedShard[];
}
/** What a shard may be called: it stands in the name of an artifact. */
export declare const shardName: RegExp;
/** A shard as it was planned. */
export interface PlannedShard {
    readonly name: string;
    readonly only: readonly string[];
}
/** What others left has been recorded: whatever of theirs has not ended by now was lost. */
export interface FragmentsTaken {
    readonly type: 'fragments.taken';
}
/** What an id is in a list that names instances, and groups for all that is in them: its own entry, or that of a group around it. */
export declare function findCovering<T>(covered: ReadonlyMap<string, T> | undefined, id: string): T | undefined;
/** The same for several lists: which of them an id is in is found by `findCovering`. */
export declare function ownersOf<T extends {
    readonly only: readonly string[];
}>(parts: readonly T[]): Map<string, T>;
/** Whether ids are in such a list. */
export declare function createIsIn(only: readonly string[]): (id: string) => boolean;
/** What of a plan is run here: all of it, what a shard runs, or, where results are collected, nothing. */
export declare function ownInstances({ instances }: {
    readonly instances: readonly Instance[];
}, shard: ShardPart | undefined): readonly Instance[];
