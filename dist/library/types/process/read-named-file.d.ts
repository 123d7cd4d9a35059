/** The largest file that is read because a user named it. */
export declare const namedFileLimit: number;
/**
 * A file that a user named, whole: a regular one of at most `namedFileLimit` bytes. What is wrong with it is the rest of a sentence
 * that begins with its name; undefined when nothing is there.
 */
export declare function readNamedFile(path: string): Buffer | {
    readonly problem: string;
} | undefined;
/** The same as text; undefined where nothing is there. Throws an error that names the file and what is wrong with it. */
export declare function readTextIfThere(path: string): string | undefined;
/** The same as text; undefined where it cannot be had, for whatever reason. */
export declare function readNamedText(path: string): string | undefined;
