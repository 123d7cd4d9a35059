import type { Finding } from '../core/finding.ts';
/**
 * A finding held against the lines of its file: where the code it quotes stands elsewhere, it moves to the occurrence nearest to its own lines; where
 * its lines are beyond the end of the file, it is about the whole file. Blanks do not matter, nor does the sign that a line has in a diff.
 */
export declare function locateFinding(finding: Finding, lines: readonly string[]): Finding;
