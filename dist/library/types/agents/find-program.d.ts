/** Finds programs on a PATH and remembers what it found. */
export type FindProgram = (program: string, path: string | undefined) => string | undefined;
/** A finder with an empty memory. On Windows the extensions of `PATHEXT` are tried, `.exe` by default. */
export declare function createProgramFinder(pathExtensions: string | undefined): FindProgram;
