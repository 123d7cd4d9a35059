import type { ChangedFile } from '../core/changes.ts';
import type { PlacedThread, ReviewThread } from '../core/review-thread.ts';
import type { Commits } from '../worktree/change-commits.ts';
import type { ScratchGit } from '../worktree/scratch-git.ts';
/** Where the code of threads is looked for. */
export interface FollowOptions {
    readonly git: ScratchGit;
    readonly commits: Commits;
    /** Commits (hex): where the pull request leaves its base, and its head, to which they are followed. */
    readonly base: string;
    readonly head: string;
    /** Number of its pull request; threads of others are found by their code alone. */
    readonly pull: number;
    /** What the pull request changes. */
    readonly files: readonly Pick<ChangedFile, 'path' | 'status' | 'binary' | 'generated'>[];
}
/** Finds where the code of threads is in the head, through the diff from where each was put, and by the code itself where it was moved; and which removed lines still are. */
export declare function followThreads(all: readonly ReviewThread[], options: FollowOptions): Promise<PlacedThread[]>;
