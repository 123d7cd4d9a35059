import type { ChangedFile } from '../core/changes.ts';
import type { Repository } from './repository.ts';
import type { ScratchGit } from './scratch-git.ts';
/** Files that differ between two trees, and their diff in the same order, one string of bytes (latin1) each. */
export interface ChangedFiles {
    readonly files: readonly Omit<ChangedFile, 'bytes'>[];
    /** Absent where it was not asked for. */
    readonly diffs?: readonly string[];
}
/**
 * Compares two trees. Which files are generated, and which are binary besides those whose content says so, is for the attributes of the first
 * one: what is to be looked at must not say that nobody needs to.
 */
export declare function compareFiles(git: ScratchGit, before: string, after: string, withDiff: boolean): Promise<ChangedFiles>;
/** The tree of the files as they lie in the repository now, but those that are ignored; as a commit would take them. */
export declare function treeOfFiles(git: ScratchGit, { root, gitFolder }: Repository): Promise<string>;
