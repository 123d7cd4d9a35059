import type { Node } from './node.ts';
/** Whether a group around a node has failed and `continue-on-error` has made a success of that: what became of the node matters to nobody outside. */
export declare function isForgiven({ parent, ended }: Node): boolean;
/** Leaves a forgiven group with what came before it: what its members came to goes no further. */
export declare function forgetMembers(group: Node): void;
