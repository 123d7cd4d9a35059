import type { RunInterrupted } from '../core/event.ts';
import { type StopCause } from '../core/failure.ts';
import { type Decision } from './decision.ts';
import type { Node } from './node.ts';
/** After an interruption, and after each one that goes further: stops what runs and ends what waits, all but what cleans up. */
export declare function endRun(decision: Decision): void;
/** What has been asked to stop, and still runs, has had its time. */
export declare function killStopped({ progress, commands }: Decision): void;
/** Carries out what was asked of single instances and groups. */
export declare function applyCancellations(decision: Decision): void;
/** Stops one running process, once, or ends what has not started. Groups end by their members; one that is repeated has no further round. */
export declare function cancelNode(decision: Decision, node: Node, cause: StopCause, detail: string): void;
/** Ends a node that does not run, because the run is ending or someone asked for it. */
export declare function endCancelled(decision: Decision, node: Node, cause: RunInterrupted['cause'], detail: string): void;
