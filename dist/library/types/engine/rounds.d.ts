import type { Group, Node } from './node.ts';
/** Whether another round has come since in a repeated group around a node. */
export declare function isSuperseded(node: Node): boolean;
/** What is directly in a group in one of its rounds; all of it where the group is not repeated. */
export declare function membersInRound({ instance, members }: Group, round: number): readonly Node[];
