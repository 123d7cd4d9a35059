import type { ThreadPlace } from '../core/review-thread.ts';
/** Lines of a file. */
export interface Stretch {
    readonly path: string;
    readonly line: number;
    readonly endLine: number;
}
/** Lines without the spaces around them and between their words: indented otherwise they are the same code. */
export declare function plainLines(text: string): string[];
/**
 * Where lines of the old file are in the new one, by the diff of that file: `same` when each is still there, be it indented otherwise, with nothing between them, else the
 * stretch between what is left around them (one line where it is empty).
 */
export declare function followLines(diff: string, line: number, endLine: number): Omit<ThreadPlace, 'path'>;
/** Lines of the new file that a diff of it brought, not counting those that differ in blanks alone. */
export declare function freshLines(diff: string): ReadonlySet<number>;
/**
 * Where code is in files: nearest to where it was expected, in its own file first, at a place that `isMeant`; undefined where it is nowhere, or says
 * too little.
 */
export declare function findCode(code: readonly string[], expected: Stretch, files: ReadonlyMap<string, readonly string[]>, isMeant?: (place: Stretch) => boolean): Stretch | undefined;
