import type { Failure } from '../core/failure.ts';
import type { Redactor } from '../core/redactor.ts';
/** A git worktree that one attempt works in. */
export interface WorktreeWorkspace {
    /** Where in the worktree the run's workspace stands: they differ when that is a folder below the repository's root. */
    readonly path: string;
    /** Keeps the changes as a patch, applies them where asked, and removes the worktree. */
    finish(how: {
        readonly apply: ApplyWhen | undefined;
        readonly patchFile: string;
    }): Promise<Changes>;
    /** Removes the worktree with whatever is in it. */
    discard(): Promise<void>;
}
/** Settles when it is an attempt's turn to apply its changes; with a failure when they are not to be applied after all. */
export type ApplyWhen = () => Promise<Failure | undefined>;
/** What became of an attempt's changes. */
export interface Changes {
    /** Whether there were any, and the patch file was written. */
    readonly kept: boolean;
    /** Set when they could not be kept or applied. */
    readonly failure?: Failure;
    /** Set when the patch held a secret, which was masked: it can no longer be applied where it did. */
    readonly masked?: true;
}
/** Makes the worktrees of a run, and applies their changes one after the other. */
export interface Worktrees {
    /** `name` is unique in the repository. Rejects with git's own words. */
    open(name: string): Promise<WorktreeWorkspace>;
    /** Removes what is left. */
    remove(): Promise<void>;
}
/** Worktrees of the repository around `workspace`; `root` says below which directory they are made. */
export declare function createWorktrees(options: {
    readonly workspace: string;
    readonly root: () => string;
    readonly env: Readonly<Record<string, string>>;
    readonly redactor: Redactor;
}): Worktrees;
