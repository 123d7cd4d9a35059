import { type FileName } from './file-name.ts';
/** A path that leads through something that is no folder: a link, above all, which may lead anywhere. */
export declare class BlockedPath extends Error {
    readonly name = "BlockedPath";
    /** The part of the path that is no folder. */
    readonly at: FileName;
    constructor(at: FileName);
}
/**
 * Calls `act` with a path of the file whose folder was reached from the root without following a link; undefined where there is no such
 * folder, unless it is to be made. Throws BlockedPath.
 */
export declare function atPlace<T>(root: string, name: FileName, how: 'find' | 'make', act: (leaf: string | Buffer) => T): T | undefined;
/** What stands at a path. */
export type Standing = 'nothing' | 'file' | 'link' | 'folder' | 'other';
/** Looks at a path without following a link. Throws BlockedPath. */
export declare function lookAt(root: string, name: FileName): Standing;
/** Removes the folders above a path that have become empty, but not the root. */
export declare function removeEmptyFolders(root: string, name: FileName): void;
/** The code of an error of the file system. */
export declare function codeOf(error: unknown): string;
