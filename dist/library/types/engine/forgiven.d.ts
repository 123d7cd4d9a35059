import { type Node } from './node.ts';
/**
 * Whether a group around a node has failed and `continue-on-error` has made a success of that, or has come to another round since: what became of
 * the node matters to nobody outside.
 */
export declare function isForgiven(node: Node): boolean;
/** Leaves a forgiven group with what came before it, and one that was repeated with its last round: what other members came to goes no further. */
export declare function forgetMembers(node: Node): void;
