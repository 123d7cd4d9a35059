/** A checkout of its own for one attempt. */
export interface Worktree {
    /** Absolute. */
    readonly path: string;
    /** The commit it was made from (hex); its changes are told against it, also those that were committed in it. */
    readonly base: string;
}
/** What became of applying a patch; `conflicts` are paths from the repository's root. Nothing is changed unless it was applied whole. */
export type PatchOutcome = {
    readonly applied: true;
} | {
    readonly applied: false;
    readonly conflicts: readonly string[];
    readonly detail: string;
};
/** Environment of the git commands: PATH and HOME at least. */
type Environment = Readonly<Record<string, string>>;
/**
 * Checks out the repository's HEAD (not what is uncommitted in it) at `path`, without a branch. Rejects with git's own words.
 */
export declare function addWorktree(repository: string, path: string, env: Environment): Promise<Worktree>;
/**
 * Writes everything that differs from the base to `patchFile`: changed, new (unless ignored), deleted and binary files, committed in the
 * worktree or not. The worktree and its index stay as they are. False, and no file, when nothing differs.
 */
export declare function collectPatch(worktree: Worktree, patchFile: string, env: Environment): Promise<boolean>;
/**
 * Applies a patch of `collectPatch` to the working tree of a repository, by a three-way merge where the context has moved; the index is
 * not touched. A patch that conflicts leaves every file as it was.
 */
export declare function applyPatch(repository: string, patchFile: string, env: Environment): Promise<PatchOutcome>;
/** Removes every worktree of the repository that lies under a directory, whatever state a killed run left it in, and the directory. */
export declare function removeWorktrees(repository: string, under: string, env: Environment): Promise<void>;
export {};
