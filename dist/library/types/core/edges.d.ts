import type { Edge, EdgeCondition, Instance, When } from './instance.ts';
import type { Reason, Result } from './outcome.ts';
/** How an upstream ended, before and after `continue-on-error`. */
export interface Ended {
    readonly result: Result | undefined;
    readonly outcome: Result | undefined;
}
/** Whether an edge with a plain word is taken after its upstream has ended. `success` looks behind `continue-on-error`. */
export declare function isTaken(when: Exclude<When, EdgeCondition>, upstream: Ended | undefined): boolean;
/** Whether an edge is taken whatever it asks for: it is `optional`, and no run counts for the link that it comes from. */
export declare function isWaived(optional: Edge['optional'], upstream: {
    readonly reason: Reason;
} | undefined): boolean;
/** Whether an edge only says what comes first: a plain one, where the `if` of its target asks for a status itself. */
export declare function onlyOrders(edge: Edge, { ifCalls }: Pick<Instance, 'ifCalls'>): boolean;
/**
 * Whether an instance is there to clean up: its `if` or an edge says `always()` or `cancelled()`, or an edge `when: always`. It runs although the
 * run has been interrupted.
 */
export declare function cleansUp({ ifCalls, needs }: Pick<Instance, 'ifCalls' | 'needs'>): boolean;
/** Whether an edge asks for anything but the success of its upstream. */
export declare function isConditional({ when, atLeast }: Edge): boolean;
