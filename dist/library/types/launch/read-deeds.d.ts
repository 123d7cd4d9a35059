import type { Deed } from '../core/effect.ts';
import { type Allowed, type Answer } from './deed-reading.ts';
/** What to do, or why nothing of it may be done. */
export type ReadDeeds = {
    readonly deeds: readonly Deed[];
} | {
    readonly refused: string;
};
/**
 * What an instance asks for, held against what its file allows. An answer that is JSON asks by keys (`issue`, `comment`, `labels`, `close`, `dispatch`); one
 * that is text is the body of the issue, the comment and the pull request.
 */
export declare function readDeeds(id: string, { rules, bounds }: Allowed, answer: Answer, subject: number | undefined): ReadDeeds;
/** What deeds come to, for people: `issue "Nightly", labels bug on #3`. */
export declare function describeDeeds(deeds: readonly Deed[]): string;
