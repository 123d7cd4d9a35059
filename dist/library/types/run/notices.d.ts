import type { Noticed } from '../core/event.ts';
import type { Plan } from '../core/plan.ts';
import { type ShardPart } from '../core/shard.ts';
/** What a plan asks for and this machine cannot give, one notice each: limits that cannot be enforced, secrets too short to be masked. */
export declare function noticesOf(plan: Plan, environment: Readonly<Record<string, string | undefined>>): Noticed[];
/** What the notices of a run that begins are made of. */
export interface BeginningRun {
    readonly plan: Plan;
    readonly environment: Readonly<Record<string, string | undefined>>;
    readonly simulation?: unknown;
    /** What is to be said besides. */
    readonly notes?: readonly string[];
    readonly shard?: {
        readonly part: ShardPart;
    };
    readonly changes: {
        readonly notices: readonly string[];
        readonly found?: {
            readonly past?: {
                readonly told?: string;
            };
        } | undefined;
    };
    readonly past: {
        readonly shared?: {
            readonly notices: readonly Noticed[];
        } | undefined;
    };
}
/** All that is said of a run that begins; what is in the way of its agents where models are really called. `now` is epoch milliseconds. */
export declare function noticesAtStart(run: BeginningRun, now: number): Promise<Noticed[]>;
/** The same of a run that goes on, perhaps on another machine: what was not said before, and that nothing could be looked for of what it had started. */
export declare function noticesOfResumed(plan: Plan, environment: Readonly<Record<string, string | undefined>>, said: readonly Pick<Noticed, 'message'>[]): Noticed[];
