import type { PlacedThread, ReviewThread } from '../core/review-thread.ts';
import type { Commits } from '../worktree/change-commits.ts';
import type { ScratchGit } from '../worktree/scratch-git.ts';
/** Where lines are looked for that were removed. */
export interface RemovedOptions {
    readonly git: ScratchGit;
    readonly commits: Commits;
    /** Commits (hex): where the pull request leaves its base, and its head. */
    readonly base: string;
    readonly head: string;
    /** Number of the pull request; threads of others are found by their code alone. */
    readonly pull: number;
}
/**
 * Finds what became of lines that a pull request removes: whether it still does, through the diff of its base where that moved, and by the code itself
 * where git cannot tell or they stand elsewhere.
 */
export declare function followRemoved(threads: readonly ReviewThread[], options: RemovedOptions): Promise<PlacedThread[]>;
