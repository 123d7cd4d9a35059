import type { GroupInstance } from '../core/instance.ts';
import type { SkipReason } from '../core/outcome.ts';
import { type Decision } from './decision.ts';
import type { Node } from './node.ts';
/** Why a cell of a matrix, or the gate of the group that it is, does not run though its matrix does; undefined where it does. */
export declare function leftOut({ started }: Decision, node: Node): {
    readonly reason: SkipReason;
    readonly detail: string;
} | undefined;
/** Says which of the variants of an instance run, and why. */
export declare function tellVariant(decision: Decision, group: GroupInstance | undefined): void;
