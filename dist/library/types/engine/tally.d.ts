import type { InstanceEnded } from '../core/event.ts';
import { type Result } from '../core/outcome.ts';
import { type Node } from './node.ts';
import type { Progress } from './progress.ts';
/** Counts an ended node for the result of its group; the first failure in a fail-fast group ends the rest. */
export declare function countEnd(progress: Progress, node: Node, ended: Pick<InstanceEnded, 'result' | 'reason'>): void;
/** The results of these members. */
export declare function tallyOf(members: readonly Node[]): Record<Result, number>;
/** Failure if any failed, cancelled if any was, skipped if all were, else success. */
export declare function foldResults(tally: Readonly<Record<Result, number>>): Result;
