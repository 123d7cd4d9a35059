import type { Noticed } from '../core/event.ts';
import type { Plan } from '../core/plan.ts';
import { type ShardPart } from '../core/shard.ts';
/** The job of GitHub that a run is, or is a part of. */
export interface RunJob {
    /** Absent: it runs all of its plan. */
    readonly shard?: ShardPart;
    /** The environment that the job was let into, as the workflow says. */
    readonly environment?: string;
}
/**
 * The plan as a job may run it. An instance with an `environment` is for jobs that GitHub lets begin by the rules of that: in any other job nobody has been asked, and it fails
 * instead of starting. A run that collects starts nothing, and keeps to what the jobs have said.
 */
export declare function holdToJob(plan: Plan, { shard, environment }: RunJob): Plan;
/** What a run of one job cannot give of what instances ask of theirs. */
export declare function noticesOfJob({ instances }: Plan, shard: ShardPart | undefined): Noticed[];
