import type { Expansion, GroupInstance } from '../core/instance.ts';
import { type Decision } from './decision.ts';
import type { Node } from './node.ts';
/** Makes the cells of a dynamic matrix when its gate opens; a matrix without meaning fails the group, an empty one skips it. */
export declare function expandGate(decision: Decision, gate: Node, group: GroupInstance, expansion: Expansion): void;
/** Says of a matrix that has more cells than it may run which of them are not. */
export declare function tellBeyond(decision: Decision, group: GroupInstance | undefined): void;
