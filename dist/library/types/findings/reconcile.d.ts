import type { MergedFinding } from '../core/finding.ts';
import type { PlacedThread } from '../core/review-thread.ts';
/** A finding that stands in a thread already. */
export interface SaidAgain {
    readonly thread: PlacedThread;
    readonly finding: MergedFinding;
}
/** What earlier threads and the findings of a new run make of each other. Every finding and every thread of the pull request is in one list. */
export interface Reconciliation {
    /** Nobody has said it yet. */
    readonly fresh: readonly MergedFinding[];
    /** It stands in an open thread, be it elsewhere by now. */
    readonly open: readonly SaidAgain[];
    /** Somebody who may said that it is none. */
    readonly dismissed: readonly SaidAgain[];
    /** It is back: its thread, which was closed by us, is to be opened again. */
    readonly returned: readonly SaidAgain[];
    /** It is back, and its thread is not ours alone any more. */
    readonly left: readonly SaidAgain[];
    /** Threads to close: their code changed, who reported it looked again, and did not find it. */
    readonly fixed: readonly PlacedThread[];
    /** Threads that stay as they are without being reported again. */
    readonly kept: readonly PlacedThread[];
}
/**
 * Holds what a run found against the threads of earlier runs. They are one by their code: the same lines, wherever they are now, or the few that took
 * their place, and the same category or rule, whatever the words. Else likeness of words decides as between two reviewers. A
 * dismissal holds only as long as the code is the same. `looked` says whether any of these instances has looked again.
 */
export declare function reconcile(threads: readonly PlacedThread[], findings: readonly MergedFinding[], looked: (agents: readonly string[]) => boolean): Reconciliation;
