/** Where a repository keeps what it knows, and the root of its working tree. */
export interface GitFolder {
    readonly path: string;
    readonly root: string;
}
/**
 * `.git` of the folder or of one above it; in a linked worktree and in a submodule a file that names the place. Layout:
 * gitrepository-layout(5). Git itself would also look at `core.worktree`, which whoever may write the configuration can set to anything.
 */
export declare function findGitFolder(folder: string): GitFolder | undefined;
/** The folder that all worktrees of a repository share; for most repositories the same. */
export declare function commonFolder(gitFolder: string): string;
