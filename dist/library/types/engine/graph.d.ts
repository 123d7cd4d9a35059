import type { Edge, Instance } from '../core/instance.ts';
import { type Link, type Node } from './node.ts';
import type { Progress } from './progress.ts';
/** Puts instances into the graph with their edges, parents and weights; those without edges may be settled at once. */
export declare function addNodes(progress: Progress, instances: readonly Instance[]): Node[];
/** An edge between two nodes that are in the graph; an upstream that is not there is left out. */
export declare function linkEdge(progress: Progress, edge: Edge, to: Node): Link | undefined;
/** Everything that must run for these nodes to run: their upstreams, and the members of groups among them. */
export declare function selectClosure(progress: Progress, only: readonly string[]): void;
