/** Lines of one file that one hunk of a diff shows. */
export interface Hunk {
    /** Number of the first. */
    readonly start: number;
    /** Without the line feeds; changed lines and those around them. */
    readonly lines: readonly string[];
}
/** Both sides of a hunk. */
export interface HunkSides {
    /** The file before the change, and which of its lines (by number) were removed. */
    readonly old: Hunk & {
        readonly removed: ReadonlySet<number>;
    };
    /** The file after it, and which of its lines came. */
    readonly now: Hunk & {
        readonly added: ReadonlySet<number>;
    };
}
/** The hunks of the diff of one file. One that does not have the lines its header tells of, because something in it was masked, is left out. */
export declare function readHunks(diff: string): HunkSides[];
/** The lines of the new file that a diff of one file shows. A review on GitHub can be about these alone, and those removed ("line must be part of the diff"). */
export declare function shownLines(diff: string): Hunk[];
/** A stretch of lines that a comment can be about, and what they say. */
export interface Anchor {
    readonly start: number;
    readonly end: number;
    readonly text: string;
    /** Whether that is all that was meant: not cut to what the diff shows. */
    readonly isWhole: boolean;
}
/** The part of `first` to `last` that a diff shows in one hunk; undefined where it shows none of it. */
export declare function anchorOf(hunks: readonly Hunk[], first: number, last: number): Anchor | undefined;
/** The part of `first` to `last` of the old file from the first to the last line that one hunk removes; undefined where none is removed. */
export declare function removedAnchorOf(hunks: readonly HunkSides[], first: number, last: number): Anchor | undefined;
