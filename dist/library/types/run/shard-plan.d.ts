import type { Instance } from '../core/instance.ts';
import type { JsonObject } from '../core/json.ts';
import type { Plan } from '../core/plan.ts';
/** What shards of one plan have in common: SHA-256 (hex) of the plan, as it was compiled, and of the values of its inputs. */
export declare function digestOf(plan: Plan, inputs: JsonObject): string;
/**
 * The part of a plan that a shard has to know: what it runs, all that this needs, and the groups around it. What is left out has no part in what the shard
 * decides, and would only be carried to and fro.
 */
export declare function planOfShard(plan: Plan, only: readonly string[]): Plan;
/** The group that it is a member, or the gate, of. */
export declare function groupOf(instance: Instance | undefined): string | undefined;
/** All that has to have ended before it may start, by its edges and by what it goes on with. */
export declare function upstreamsOf(instance: Instance): string[];
