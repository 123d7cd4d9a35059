import { type PlannedShard } from '../core/shard.ts';
import type { Fragment } from '../journal/merge-fragments.ts';
/** What a fragment must be of. */
export interface ExpectedFragment {
    /** Of the nodes of the whole plan. */
    readonly ids: ReadonlySet<string>;
    /** See `digestOf`. */
    readonly digest: string;
    readonly commit: string | null;
    readonly simulated: boolean;
    /** Id of the run of the workflow, whose attempts are numbered; undefined outside of one. */
    readonly workflowRun: string | undefined;
    /** Of the job that asks, from 1: in a run of a workflow none is newer. */
    readonly attempt: number;
    /** All shards there should be, where that is known: none runs what is another one's. */
    readonly planned?: readonly PlannedShard[];
}
/** A fragment that is not taken, and why, as a clause. */
export interface RefusedFragment {
    /** The name of its shard, or where that is not known, of its directory. */
    readonly name: string;
    readonly refused: string;
}
/** The fragment in a run directory; undefined where its run was no shard. It is data that anybody may have made: what it may name and be about is looked at. */
export declare function readFragment(directory: string, expected: ExpectedFragment): Fragment | RefusedFragment | undefined;
