import { type FileName } from './file-name.ts';
import type { Repository } from './repository.ts';
import { type createScratchGit } from './scratch-git.ts';
type Scratch = Awaited<ReturnType<typeof createScratchGit>>;
/** A new worktree that has no files yet. */
export interface EmptyWorktree {
    readonly path: string;
    readonly commit: string;
    /** Of its own index; made here, so that git in the worktree need not read every file anew. */
    readonly ownIndex: string;
}
/**
 * Puts the files of a commit into a worktree as the repository's checkout has them: with its line ends, without what its sparse checkout leaves
 * out. No filter runs: where the attributes ask for one (Git LFS), the unchanged file of the repository is copied. Checked out submodules are
 * copied as plain files. `index` afterwards holds the files as they lie on the disk.
 */
export declare function populate(git: Scratch, repository: Repository, worktree: EmptyWorktree, index: string): Promise<{
    readonly submodules: readonly FileName[];
}>;
/** Copies files of the repository as they stand into a worktree; what is not there is removed there. */
export declare function bringUpToDate(git: Scratch, repository: Repository, workTree: string, index: string, names: readonly FileName[]): Promise<void>;
/** Brings a folder from the files of one tree to those of another. */
export declare function putTree(git: Scratch, folder: string, { from, to }: {
    readonly from: string;
    readonly to: string;
}): Promise<void>;
export {};
