/** Names of branches: the one that is checked out, and the one that work is compared with. */
export interface Branches {
    /** Undefined on a detached HEAD, and outside a repository. */
    readonly current: string | undefined;
    /** The default branch of `origin`, else `main` or `master` where there is one. */
    readonly base: string | undefined;
}
/** Reads them from the repository's files, without starting git. */
export declare function readBranches(folder: string): Branches;
