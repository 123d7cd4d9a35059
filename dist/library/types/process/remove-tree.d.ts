/**
 * Removes a directory that programs have written to, also where they left directories that may not be written to, as Go's module cache
 * is. What cannot be removed all the same stays; never rejects.
 */
export declare function removeTree(path: string): Promise<void>;
/** The same, for when nothing else is to be done: of a few files it takes a third of the time. Never throws. */
export declare function removeTreeSync(path: string): void;
