import type { Noticed } from '../core/event.ts';
import type { LinkedRun } from '../core/link.ts';
import type { Plan } from '../core/plan.ts';
import type { ShardPart } from '../core/shard.ts';
import { type Fragment, type TakenEvent } from '../journal/merge-fragments.ts';
import { type ExpectedFragment } from './read-fragment.ts';
/** What a run is given that runs a part of its plan, or collects what other runs ran. */
export interface RunShard {
    readonly part: ShardPart;
    /** What others left of what it has to know, in order. */
    readonly events: TakenEvent[];
    /** Which fragments are not taken, and what several have run. */
    readonly notices: readonly Noticed[];
    /** Its own earlier attempt is among what it takes: what did not succeed there begins again. */
    readonly resumes: boolean;
    /** When the first shard began, epoch milliseconds; undefined where there is none. */
    readonly beganAt: number | undefined;
    /** What shards before it found out about links: all shards of a run go by the same. */
    readonly links: Readonly<Record<string, LinkedRun>>;
    /** Of a run that collects: the same whenever it collects the same. */
    readonly runId: string | undefined;
}
/** What is to be run or collected. */
export interface ShardRequest extends Omit<ExpectedFragment, 'ids'> {
    /** All of it. */
    readonly plan: Plan;
    /** Undefined collects. */
    readonly name: string | undefined;
    readonly only: readonly string[];
    /** Run directories that may hold fragments; absolute. */
    readonly directories: readonly string[];
    /** What of its own earlier attempt a shard goes on with; absent: it begins anew. */
    readonly carry?: (fragment: Fragment) => Fragment;
}
/** Takes what other shards left: what a shard needs of it, or, to collect, all of it. The order of the directories does not matter. */
export declare function openShard(request: ShardRequest): {
    readonly plan: Plan;
    readonly shard: RunShard;
};
