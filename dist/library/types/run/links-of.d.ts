import type { LinkedRun } from '../core/link.ts';
import type { RunOptions } from './run-options.ts';
/**
 * What the runs came to that the plan's links name, asked for once as the run begins; what a shard before found out is not asked again. Undefined where it has
 * none. `root` has the runs of a desk.
 */
export declare function linksOf({ plan, simulation, findRun, before, shard }: RunOptions, root: string): Promise<Readonly<Record<string, LinkedRun>> | undefined>;
