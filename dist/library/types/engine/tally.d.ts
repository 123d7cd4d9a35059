import type { InstanceEnded } from '../core/event.ts';
import { type Result } from '../core/outcome.ts';
import { type Group, type Node } from './node.ts';
import type { Progress } from './progress.ts';
/** Counts an ended node for the result of its group; the first failure in a fail-fast group ends the rest. */
export declare function countEnd(progress: Progress, node: Node, ended: Pick<InstanceEnded, 'result' | 'reason'>): void;
/** Failure if any failed, cancelled if any was, skipped if all were, else success. */
export declare function foldResults(tally: Readonly<Record<Result, number>>): Result;
/** A round was decided on: the results of the one before count no more. */
export declare function beginRound(node: Node, group: Group, round: number): void;
