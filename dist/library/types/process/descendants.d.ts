import { type Birth } from './newcomers.ts';
import { type Kinship } from './sweep.ts';
/** Whose descendants are meant. */
export interface Ancestor {
    readonly pid: number;
    readonly birth: Birth;
    readonly mark: string;
    /** Whose a process without a mark is, where that can be told. */
    readonly kinshipOf?: ((pid: number) => Kinship) | undefined;
}
/**
 * Ends what a process has left behind and resolves with how many there were: gives its group until `isTimeUp` when it was asked to end, then kills
 * what carries the mark, and what is left of the group even if it does not. Nothing was born since the process: nothing is left, which costs one system call to know.
 */
export declare function endDescendants(ancestor: Ancestor, isTimeUp: () => boolean): Promise<number>;
