import type { MergedFinding } from '../core/finding.ts';
import { type SinceReview } from '../core/review-thread.ts';
/**
 * What a run found together with what the review before did, where agents were given only what changed since then and its code is as it was: they
 * could not have found that again. In the order of files and lines.
 */
export declare function withCarried(findings: readonly MergedFinding[], since: SinceReview | undefined): readonly MergedFinding[];
