/** Finds programs on a PATH and remembers what it found. */
export type FindProgram = (program: string, path: string | undefined) => string | undefined;
/**
 * A finder with an empty memory. On Windows a name without an extension is tried with those of `PATHEXT`, `.exe` by default: what has none cannot
 * be run there.
 */
export declare function createProgramFinder(pathExtensions: string | undefined, isWindows?: boolean): FindProgram;
