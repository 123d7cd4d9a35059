import { type Decision } from './decision.ts';
import { type Node } from './node.ts';
/** Looks at a node that may go on: skips it, opens it, or lets it wait for its time and its turn. */
export declare function settle(decision: Decision, node: Node): void;
