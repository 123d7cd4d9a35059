import type { Edge, Instance } from '../core/instance.ts';
import { type Node } from './node.ts';
import type { Progress } from './progress.ts';
/** Puts instances into the graph with their edges and parents; those without edges may be settled at once. */
export declare function addNodes(progress: Progress, instances: readonly Instance[]): Node[];
/** An edge between two nodes that are in the graph; an upstream that is not there is left out. */
export declare function linkEdge(progress: Progress, edge: Edge, to: Node): void;
/** Selects all that must run for these nodes to run: their upstreams, which for a group are its members. */
export declare function selectClosure(progress: Progress, only: readonly string[]): void;
/** Finds the longest way to the end through each new node, from the end backwards; groups and gates weigh nothing. */
export declare function weigh(progress: Progress, fresh: readonly Node[]): void;
/** How long nodes are expected to run: as they did before, what is new as long as the mean of those; groups and gates take no time. */
export declare function estimateDurations({ options: { durations } }: Progress): (node: Node) => number;
