import type { CommitChange, PatchEffect, WorktreeState } from '../core/effect.ts';
import type { Failure } from '../core/failure.ts';
import type { Redactor } from '../core/redactor.ts';
/** A git worktree that one attempt works in. */
export interface WorktreeWorkspace {
    /** Where in the worktree the run's workspace stands: they differ when that is a folder below the repository's root. */
    readonly path: string;
    /** Keeps the changes as a patch, applies them where asked, and removes the worktree. */
    finish(how: {
        readonly apply: Apply | undefined;
        readonly patchFile: string;
        /** Its changes are to leave as a commit. */
        readonly leave?: Leave;
    }): Promise<Changes>;
    /** What it holds now, for whoever must make it anew. */
    state(): Promise<WorktreeState>;
    /** Keeps the changes so far as a patch. */
    keep(patchFile: string): Promise<Changes>;
    /** Removes the worktree with whatever is in it. */
    discard(): Promise<void>;
}
/** How an attempt's changes are applied. */
export interface Apply {
    /** Filters of the protected files that may be changed. */
    readonly allowPaths: readonly string[];
    /** Settles when it is the attempt's turn; with a failure when its changes are not to be applied after all. */
    readonly when: () => Promise<Failure | undefined>;
    /** Told when all is known and nothing is done yet; when it says no, nothing is. */
    readonly announce: (effect: PatchEffect) => boolean;
}
/** Which of an attempt's changes may leave as a commit: filters of the protected files that may be in it, and of all files; each of `paths` holds. */
export interface Leave {
    readonly allowPaths: readonly string[];
    readonly paths: readonly (readonly string[])[];
    readonly maxBytes: number;
}
/** What became of an attempt's changes. */
export interface Changes {
    /** Whether there were any, and the patch file was written. */
    readonly kept: boolean;
    /** Set when they could not be kept or applied. */
    readonly failure?: Failure;
    /** What the user should know of them. */
    readonly notices: readonly string[];
    /** What is to become a commit, where that was asked for and there is any; or why it may not. */
    readonly leaving?: CommitChange | {
        readonly refused: string;
    };
}
/** Makes the worktrees of a run, and applies their changes one after the other. */
export interface WorktreeWorkspaces {
    /** `name` is unique in the run. Rejects with git's own words. */
    open(name: string): Promise<WorktreeWorkspace>;
    /** The one of a group, which its members share: made by the first that asks, or anew after it was closed or lost. */
    openShared(group: string, name: string): Promise<WorktreeWorkspace>;
    /** Does the rest of an effect that an orchestrator before us announced; answers with what keeps it from being done. */
    complete(effect: PatchEffect): Promise<Failure | undefined>;
    /** Removes what is left. */
    remove(): Promise<void>;
}
/** Worktrees of the repository around `workspace`; `root` says below which directory they are made. */
export declare function createWorktreeWorkspaces(options: {
    readonly workspace: string;
    readonly root: () => string;
    readonly env: Readonly<Record<string, string>>;
    readonly redactor: Redactor;
    /** What an earlier process of this run applied. */
    readonly applied: readonly PatchEffect[];
    /** What an earlier process of this run left in the worktrees of groups. */
    readonly shared: ReadonlyMap<string, WorktreeState>;
    /** Files that the run was made of. */
    readonly obeys?: readonly string[];
}): WorktreeWorkspaces;
