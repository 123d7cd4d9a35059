/**
 * The commit (hex) that a folder's repository stands on; null outside a repository, before its first commit, and where the
 * repository keeps its refs in a format other than files. Reads what `git rev-parse HEAD` would, without starting git: that
 * would cost more than the rest of a short run. Layout: gitrepository-layout(5), gitglossary(7) "worktree".
 */
export declare function readHeadCommit(folder: string): string | null;
/** The commit (hex) of a full ref such as `refs/heads/main`; null where there is none. */
export declare function refCommit(gitFolder: string, shared: string, ref: string): string | null;
