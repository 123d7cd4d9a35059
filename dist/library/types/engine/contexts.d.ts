import type { Reason, Result } from '../core/outcome.ts';
import { type Accounting } from '../core/usage.ts';
import type { Contexts, StatusFunctions } from '../expression/evaluate.ts';
import { type Node } from './node.ts';
import { type Progress } from './progress.ts';
/** How an instance is about to end; what `result` shows before its end is recorded. */
export interface Ending {
    readonly result: Result;
    readonly outcome: Result;
    readonly reason: Reason;
}
/**
 * The contexts of a node's expressions. Everything that costs is a getter: only what an expression touches is made.
 * With `ending` there is `result`, the node itself.
 */
export declare function contextsOf(progress: Progress, node: Node, ending?: Ending): Contexts;
/**
 * `success() failure() always() cancelled()` of a node's `if`: over its plain edges, and over all that came before it. In a run that was
 * interrupted only the last two hold.
 */
export declare function statusOf(progress: Progress, node: Node): StatusFunctions;
/** The same functions inside the expression of an edge: over its upstream alone. */
export declare function edgeStatusOf(upstream: Node): StatusFunctions;
/** All attempts of an instance, or of all that is in a group. */
export declare function accountingOf(node: Node): Accounting;
/** The gate around a node: what its group needs, its members may read. */
export declare function gateAround(progress: Progress, node: Node): Node | undefined;
