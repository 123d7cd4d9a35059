import { type Link, type Node, type NodeEnd } from './node.ts';
import type { Progress } from './progress.ts';
/** What a node's edges say: wait for more, run, or be skipped. */
export type Verdict = 'wait' | 'go' | 'skip';
/** What the decided edges of a node amount to; see "Edges and conditions" of the file's documentation. */
export declare function verdictOf(node: Node): Verdict;
/** After a node ended: decides its edges, leaving those with an expression to be asked. */
export declare function followEdges(progress: Progress, node: Node): void;
/** After the upstream of an edge ended: decides it, unless it has an expression. */
export declare function followEdge(progress: Progress, link: Link): void;
/** Marks an edge as decided, once, and lets its target be looked at again. */
export declare function applyEdge(progress: Progress, link: Link, taken: boolean): void;
/** When those members ended that count for an edge which asks for so many, in order. */
export declare function fittingEnds(link: Link): number[];
/** Whether the end of a member counts for an edge that asks for so many. */
export declare function fits({ edge: { when } }: Link, end: NodeEnd): boolean;
