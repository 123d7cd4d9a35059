import type { InstanceEnded } from '../core/event.ts';
import type { Node } from './node.ts';
import type { Progress } from './progress.ts';
/** Counts an ended node for the result of its group; the first failure in a fail-fast group ends the rest. */
export declare function countEnd(progress: Progress, { parent, instance }: Node, { result }: Pick<InstanceEnded, 'result'>): void;
