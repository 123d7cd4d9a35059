import { type FileName } from './file-name.ts';
import type { ScratchGit } from './scratch-git.ts';
/** The files of a folder at one moment. */
export interface Snapshot {
    readonly tree: string;
    /** Folders that are repositories of their own: their files are in the tree, what they know of their past is not. */
    readonly nested: readonly FileName[];
    /** Files that git cannot keep, for their names are those of its own files somewhere. */
    readonly left: readonly FileName[];
}
/**
 * Stores the files of a folder as they are, but those that are ignored. The index is brought up to date and makes the next look faster; it
 * holds no repository inside of the folder.
 */
export declare function takeSnapshot(git: ScratchGit, workTree: string, index: string): Promise<Snapshot>;
/** A list for people, not longer than they read. */
export declare function listFileNames(names: readonly FileName[]): string;
