import type { Repeat } from '../core/instance.ts';
import { type Decision, type End } from './decision.ts';
import { type Group, type Node } from './node.ts';
/**
 * What follows from a round of a repeated group that has ended: another one (`again`), an end of the group that is not that of its
 * members, or (undefined) the end that its members have come to.
 */
export declare function judgeRound(decision: Decision, node: Node, group: Group, repeat: Repeat): 'again' | End | undefined;
