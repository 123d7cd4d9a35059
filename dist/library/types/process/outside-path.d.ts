/** A PATH without the entries that lead into a folder, and these. */
export interface OutsidePath {
    readonly path: string;
    readonly left: readonly string[];
}
/**
 * A PATH on which no program of this folder is found, be it named by a relative or empty entry or reached by a link: what a checkout brings
 * does not stand in for `git`.
 */
export declare function outsidePath(path: string, folder: string): OutsidePath;
/** Whether a path, with its links followed or not, is this folder or something in it. */
export declare function leadsInto(path: string, folder: string): boolean;
/** Whether a path is this folder or something in it, as both are written. */
export declare function isWithin(path: string, folder: string): boolean;
