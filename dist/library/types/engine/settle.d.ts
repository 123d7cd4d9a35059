import { type Decision } from './decision.ts';
import type { Node } from './node.ts';
/** Looks at a node whose edges say something: skips it, opens it, or lets it wait for its time and its turn. */
export declare function settle(decision: Decision, node: Node): void;
