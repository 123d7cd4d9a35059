import type { ShardPart } from '../core/shard.ts';
import type { Plan } from '../core/plan.ts';
import type { EngineOptions } from '../engine/progress.ts';
/** What the engine is told of the machine and of earlier runs. */
export declare function engineOptions({ plan, maxParallel, environment, shard, }: {
    readonly plan: Plan;
    readonly maxParallel?: number;
    readonly shard?: {
        readonly part: ShardPart;
    };
    readonly environment: Readonly<Record<string, string | undefined>>;
}, durations: ReadonlyMap<string, number>): EngineOptions;
