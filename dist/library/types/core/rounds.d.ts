import type { Instance } from './instance.ts';
/**
 * The id that what has this one in the first round of a group has in another: `loop.fix` → `loop.fix#2`, `loop.checks.lint` →
 * `loop.checks#2.lint`. What is not inside the group, and its gate, is the same in all.
 */
export declare function idInRound(id: string, group: string, round: number): string;
/** The nodes of a later round of a group, from those of its first. */
export declare function instancesOfRound(first: readonly Instance[], group: string, round: number): Instance[];
