import type { Instance } from '../core/instance.ts';
import type { SkipReason } from '../core/outcome.ts';
import { type Decision } from './decision.ts';
import type { Node } from './node.ts';
import type { Progress } from './progress.ts';
/** Why a cell of a matrix, or the group that it is, does not run though its matrix does; undefined where it does. */
export declare function leftOut({ started }: Progress, { beyond, parent, instance }: Node): {
    readonly reason: SkipReason;
    readonly detail: string;
} | undefined;
/** Says which of the variants of an instance run, and why. */
export declare function tellVariant(decision: Decision, group: Instance | undefined): void;
