import { type StopCause } from '../core/failure.ts';
import { type Decision } from './decision.ts';
import type { Node } from './node.ts';
/** After an interruption: asks all that runs to stop and ends all that waits, once. */
export declare function cancelRun(decision: Decision): void;
/** Carries out what was asked of single instances and groups. */
export declare function applyCancellations(decision: Decision): void;
/** Stops one running process, once, or ends what has not started. Groups end by their members. */
export declare function cancelNode(decision: Decision, node: Node, cause: StopCause, detail: string): void;
