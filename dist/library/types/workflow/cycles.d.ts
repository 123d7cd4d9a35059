/** A graph over the numbers from 0: the edges of node `n` go to `targets[starts[n]]` … `targets[starts[n + 1] - 1]`. */
export interface Graph {
    readonly size: number;
    readonly starts: Uint32Array;
    readonly targets: Uint32Array;
}
/** A graph from pairs of numbers. */
export declare function createGraph(size: number, from: ArrayLike<number>, to: ArrayLike<number>): Graph;
/**
 * Cycles of a graph, each as a trail of nodes without the return to the first: for every knot the shortest one, then
 * the shortest among the edges that are left, until none is. The smallest number comes first in its trail.
 */
export declare function findCycles(graph: Graph): number[][];
