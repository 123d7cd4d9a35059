import { type LastReview, type PlacedThread, type ReviewThread, type SinceReview } from '../core/review-thread.ts';
import type { Commits } from '../worktree/change-commits.ts';
import type { ScratchGit } from '../worktree/scratch-git.ts';
/** What it takes to tell what changed since a review. */
export interface SinceOptions {
    readonly git: ScratchGit;
    readonly commits: Commits;
    /** Commits (hex): where the pull request left its base, and its head. */
    readonly base: string;
    readonly head: string;
    readonly last: LastReview;
    /** Makes bytes of a part of the diff, masked. */
    readonly bytesOf: (diff: string) => Buffer;
    /** Follows threads to the head. */
    readonly follow: (threads: readonly ReviewThread[]) => Promise<readonly PlacedThread[]>;
}
/**
 * What a pull request does that it did not when it was last reviewed: the old head is brought to where the new one stands, file by file, so that what
 * its base has gained meanwhile (by a rebase, or a merge of it) is no change of it. A file for which that makes a conflict counts as a whole.
 * Undefined where git cannot have the commits any more.
 */
export declare function changesSince(options: SinceOptions): Promise<{
    readonly since: SinceReview;
    readonly diff: Buffer;
} | undefined>;
