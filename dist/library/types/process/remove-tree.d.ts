/**
 * Removes a directory that programs have written to, also where they left directories that may not be written to, as Go's module cache
 * is. What cannot be removed all the same stays; never rejects.
 */
export declare function removeTree(path: string): Promise<void>;
