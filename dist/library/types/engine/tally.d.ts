import type { Node } from './node.ts';
import type { Progress } from './progress.ts';
/** Counts an ended node for the results of the run and of its group; the first failure in a fail-fast group ends the rest. */
export declare function countEnd(progress: Progress, node: Node): void;
