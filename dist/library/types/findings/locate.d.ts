import type { Finding } from '../core/finding.ts';
/**
 * A finding held against the lines of its file: where the code it quotes stands elsewhere, it moves to the occurrence nearest to its own lines; where
 * its lines are beyond the end of the file, it is about the whole file. Blanks do not matter, nor does the sign that a line has in a diff.
 */
export declare function locateFinding(finding: Finding, lines: readonly string[]): Finding;
/**
 * First and last line of the occurrence nearest to `first` … `last` that `isMeant`, the upper one of two; undefined where it stands nowhere. Of a quote that is
 * a diff, the side is looked for.
 */
export declare function findQuote(quote: string, lines: readonly string[], first: number, last: number, { side, isMeant }?: QuoteOptions): readonly [start: number, end: number] | undefined;
/** What a quote is looked for in. */
export interface QuoteOptions {
    /** Whether the lines are those after a change or before it. */
    readonly side?: 'right' | 'left';
    /** Whether an occurrence, by its first and last line, may be the one. */
    readonly isMeant?: (start: number, end: number) => boolean;
}
