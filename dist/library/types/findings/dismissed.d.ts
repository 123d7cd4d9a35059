import type { MergedFinding } from '../core/finding.ts';
import type { EarlierReview, PlacedThread } from '../core/review-thread.ts';
/** Findings that count, and those that people have dismissed before. */
export interface Weighed {
    readonly findings: readonly MergedFinding[];
    readonly dismissed: readonly MergedFinding[];
}
/** Takes out what people who may have dismissed where the code is the same as then. */
export declare function withoutDismissed(findings: readonly MergedFinding[], earlier: EarlierReview<PlacedThread> | undefined): Weighed;
