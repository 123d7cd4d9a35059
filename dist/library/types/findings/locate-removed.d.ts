import type { Finding } from '../core/finding.ts';
import { type HunkSides } from './diff-lines.ts';
/** A file that a change is about. */
export interface ChangedCode {
    /** The file as it is; undefined where it is not there any more. */
    readonly lines: readonly string[] | undefined;
    /** What the change did to it. */
    readonly hunks: readonly HunkSides[];
}
/**
 * A finding held against both sides of a change: one whose quote stands in removed lines, and not in the file, is about these (`left`), and so is every
 * finding in a file that was deleted. One on the left whose lines were not removed is about the same lines as they are now. What is on the left
 * quotes its code, and offers no replacement.
 */
export declare function locateInChange(finding: Finding, { lines, hunks }: ChangedCode): Finding;
/** A finding on the left whose lines are those of another diff, as one that quotes them: the numbers mean nothing elsewhere. */
export declare function withQuoteOf(finding: Finding, hunks: readonly HunkSides[]): Finding;
