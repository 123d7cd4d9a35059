import { type FileName } from './file-name.ts';
import type { ScratchGit } from './scratch-git.ts';
/** What stands at a path: git's mode (`100644`, `100755`, `120000`) and the name of the content. */
export interface Entry {
    readonly mode: string;
    readonly oid: string;
}
/** A path at which two trees differ. */
export interface Change {
    readonly name: FileName;
    readonly before: Entry | undefined;
    readonly after: Entry | undefined;
}
/** Whether the same stands in both places. */
export declare function isSame(one: Entry | undefined, other: Entry | undefined): boolean;
/** A regular file, executable or not. */
export declare function isFile(entry: Entry | undefined): entry is Entry;
/** What differs between two trees, in git's order. */
export declare function compareTrees(git: ScratchGit, before: string, after: string): Promise<Change[]>;
/** The files of a tree. */
export declare function listTree(git: ScratchGit, tree: string): Promise<Map<FileName, Entry>>;
/** A path for an index of its own, removed afterwards. */
export declare function withIndex<T>(git: ScratchGit, use: (index: string) => Promise<T>): Promise<T>;
/** The tree of some files. */
export declare function writeTree(git: ScratchGit, entries: Iterable<readonly [FileName, Entry]>): Promise<string>;
/** Reads the named files of a folder as they are, and stores their contents. They are files or links, and no parent of them is a link. */
export declare function readFiles(git: ScratchGit, folder: string, names: readonly FileName[]): Promise<Map<FileName, Entry>>;
