/** The lines that have come to a file since it was last looked at. */
export interface JsonlTail {
    /** Whole lines only; nothing of a file that cannot be read: it is the agent's, to do with as it likes. */
    next(): string[];
}
/** Follows a file that another process appends lines to, from a line that begins at so many bytes. */
export declare function openJsonlTail(path: string, start?: number): JsonlTail;
/** The files below a folder whose names match, in the order of their names. */
export declare function filesBelow(folder: string, name: RegExp): string[];
