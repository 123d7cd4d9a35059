import type { Finding } from '../core/finding.ts';
/** What findings are about, in a form in which any two can be compared. */
export interface Subjects {
    /** How alike two are by their words, from 0 to 1; by their places in the list. */
    likeness(a: number, b: number): number;
    /** Whether both name one symbol of the code: an identifier of several words. */
    sharesSymbol(a: number, b: number): boolean;
    /** The findings that share a word, for each word that at most `most` of them have; in the list's order. */
    holdersOfRareWords(most: number): Iterable<readonly number[]>;
}
/**
 * Reads what findings are about: the stems of their words, the parts of identifiers and each identifier whole, and, of their titles, pieces of
 * words. A term weighs the more the fewer findings have it, so that what a whole pull request is about tells nothing apart.
 */
export declare function readSubjects(findings: readonly Pick<Finding, 'title' | 'body' | 'rule'>[]): Subjects;
